#!/bin/bash
# Goal: every page kind is clean in a real browser: axe-core without a violation or an open question at three widths in
# light and dark, no sideways scroll, one request, one A4 side for the day; and correct HTML by the Nu checker.
set -u
. "$DISCERN_ROOT/tests/browser/prepare.sh"
tool=$DISCERN_BUILD/tests/unit.render.test_formats
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/o"
"$tool" "$DISCERN_ROOT/tests/golden/digest/sample.json" "$work/o" || exit 1
cp "$work/o/index.html" "$work/o/day-page.html"
python3 - "$work/o" <<'P'
import email, email.policy, sys
at = sys.argv[1]
message = email.message_from_binary_file(open(at + '/digest.eml', 'rb'), policy=email.policy.default)
open(at + '/mail.html', 'w').write(message.get_body(('html',)).get_content())
P
"$DISCERN_BUILD/tests/unit.render.test_site" "$DISCERN_ROOT/tests/golden/digest/sample.json" "$work/o" || exit 1
cd "$work/o" || exit 1
pages="day-page.html days-index.html mail.html find.html t/spacing.html i/k7f3.html"
for folder in e p s sources az; do # by what stands behind it, phase, subject, source, letter
  page=$(ls "$folder"/*.html | head -n 1)
  pages="$pages $page"
done
out=$(for page in $pages; do echo "$work/o/$page"; done | xargs node "$DISCERN_ROOT/tests/browser/pages.cjs" 2>&1)
echo "$out" | grep -v '^pages'
read -r _ passed failed < <(echo "$out" | grep '^pages' || echo 'pages 0 1')
if command -v java >/dev/null; then
  for page in $pages; do
    said=$(java -jar "$NODE_PATH/vnu-jar/build/dist/vnu.jar" --errors-only "$work/o/$page" 2>&1)
    if [ -z "$said" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $page: $said"; fi
  done
fi
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
