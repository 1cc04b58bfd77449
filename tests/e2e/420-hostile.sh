#!/bin/bash
# Goal: whatever stands in a post, a name, a title, a topic or an address, it reaches a page, mail, feed or file as text
# and nothing else. The lists of the shared material beside our own; every output is parsed back by other parsers.
set -u
tool=$DISCERN_BUILD/tests/unit.render.test_formats
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lists=()
for list in "$DISCERN_SHARED"/data/bad/text/blns.json "$DISCERN_SHARED"/data/bad/xss/*.txt; do
  [ -r "$list" ] && [[ $list != *LICENSE* ]] && lists+=("$list")
done
read -r texts digests < <(python3 "$DISCERN_ROOT/tests/e2e/hostile.py" make "$work" "${lists[@]}")
failed=0
for digest in "$work"/[0-9][0-9][0-9].json; do
  "$tool" "$digest" "${digest%.json}" || { echo "FAILED: $digest was not rendered"; failed=$((failed + 1)); }
done
python3 "$DISCERN_ROOT/tests/e2e/hostile.py" check "$work" || failed=$((failed + 1))
echo "$texts hostile texts in $digests digests, every format"
echo "$((digests + 1 - failed)) passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
