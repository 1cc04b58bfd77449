#!/bin/bash
# Goal: of the texts that run when a page holds them raw, none runs from a page, mail, feed or rendered Markdown of ours,
# even without the content policy.
set -u
. "$DISCERN_ROOT/tests/browser/prepare.sh"
tool=$DISCERN_BUILD/tests/unit.render.test_formats
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lists=()
for list in "$DISCERN_SHARED"/data/bad/text/blns.json "$DISCERN_SHARED"/data/bad/xss/*.txt; do
  [ -r "$list" ] && [[ $list != *LICENSE* ]] && lists+=("$list")
done
HOSTILE_PER_DIGEST=120 python3 "$DISCERN_ROOT/tests/e2e/hostile.py" make "$work" "${lists[@]}"
for digest in "$work"/[0-9][0-9][0-9].json; do "$tool" "$digest" "${digest%.json}" || exit 1; done
python3 - "$work" <<'P'
import email, email.policy, glob, re, sys, zipfile
for at in glob.glob(sys.argv[1] + '/*/digest.eml'):
    message = email.message_from_binary_file(open(at, 'rb'), policy=email.policy.default)
    open(at.replace('digest.eml', 'mail.html'), 'w').write(message.get_body(('html',)).get_content())
    book = zipfile.ZipFile(at.replace('digest.eml', 'week.epub'))
    name = next(one for one in book.namelist() if re.search(r'/[0-9-]+\.xhtml$', one))
    open(at.replace('digest.eml', 'book.html'), 'wb').write(book.read(name))
P
out=$(node "$DISCERN_ROOT/tests/browser/hostile.cjs" "$work" 2>&1)
echo "$out" | grep -v '^hostile'
read -r _ passed failed < <(echo "$out" | grep '^hostile' || echo 'hostile 0 1')
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
