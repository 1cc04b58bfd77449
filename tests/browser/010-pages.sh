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
# The same day after a holiday: the focus says where it stood, another was left for long, and one that was kept comes back.
mkdir "$work/back"
python3 - "$DISCERN_ROOT/tests/golden/digest/sample.json" "$work/back.json" <<'P'
import json, sys
day = json.load(open(sys.argv[1]))
day['previous'] = '2026-10-23T00:00:00Z'
first = dict(day['focus'][0], back_from='the autumn half term', to_change='Ask the third question of everybody, on paper, before anyone speaks')
left = dict(first, id='F2', title='Whole-class feedback on one page', silent_weeks=6, prompt=None, back_from=None, to_change=None)
kept = dict(left, id='F3', title='Exit tickets', silent_weeks=0, return_weeks=5, week=0, weeks=0, step='embedded',
            prompt='What has crept in, and what has dropped out since you decided? Ask a colleague who sees your lessons.')
day['focus'] = [first, left, kept]
json.dump(day, open(sys.argv[2], 'w'))
P
"$tool" "$work/back.json" "$work/back" || exit 1
cp "$work/back/index.html" "$work/o/day-back.html"
for file in index.html digest.txt digest.md digest.eml; do
  words=$(tr '\n' ' ' <"$work/back/$file" | sed 's/= //g' | tr -s ' ')
  for said in 'First list after the autumn half term' 'Ask the third question of everybody' 'its clock stands still' 'Did you keep it? 5 school weeks on'; do
    case "$words" in *"$said"*) ;; *) echo "FAILED: $file does not say '$said'"; left_out=1 ;; esac
  done
done
python3 - "$work/o" <<'P'
import email, email.policy, sys
at = sys.argv[1]
message = email.message_from_binary_file(open(at + '/digest.eml', 'rb'), policy=email.policy.default)
open(at + '/mail.html', 'w').write(message.get_body(('html',)).get_content())
P
"$DISCERN_BUILD/tests/unit.render.test_site" "$DISCERN_ROOT/tests/golden/digest/sample.json" "$work/o" || exit 1
cd "$work/o" || exit 1
pages="day-page.html day-back.html days-index.html mail.html find.html t/spacing.html i/k7f3.html"
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
[ -z "${left_out:-}" ] && passed=$((passed + 1)) || failed=$((failed + 1))
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
