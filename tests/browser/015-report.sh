#!/bin/bash
# Goal: the report on sources and the check of a link are clean in a real browser, at three widths in light and dark, and
# print on A4 with nothing over the edge.
set -u
. "$DISCERN_ROOT/tests/browser/prepare.sh"
export DISCERN_NOW=1795590000 # 2026-11-25 06:20 UTC
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
home=$work/home
mkdir -p "$home/config/rules" "$work/o"
cp "$DISCERN_ROOT"/config/rules/*.rules "$home/config/rules/"
cp "$DISCERN_ROOT"/config/urls.conf "$DISCERN_ROOT"/config/prompts.conf "$home/config/"
printf 'school Northfield Academy\ncontact cpd@northfield.example\nreader all-staff\n  title All staff\nnetwork\n  follow-links no\n  look-up-works no\n  look-up-copies no\n' >"$home/config/discern.conf"
python3 - "$work" <<'PY' >"$home/config/sources.conf"
import sys
TEXTS = ["I gave my Year 8 class a quiz of three questions at the start of each lesson. After six weeks they scored 12 marks more. See Roediger and Karpicke (2006): https://doi.org/10.1111/j.1467-9280.2006.01693.x",
         "Every teacher must teach to pupils’ learning styles: visual learners need pictures. Research proves that it always works.",
         "Use code TERM24 at the till: my course on feedback is on sale now. Disclosure: I am paid by the publisher.",
         "Show a worked example, then give pupils the same problem with the last step missing: for a term my class made fewer mistakes."]
for name, count in (("okafor", 60), ("patel", 24), ("wu", 7)):
    with open("%s/%s.xml" % (sys.argv[1], name), "w") as feed:
        feed.write("<rss version='2.0'><channel><title>x</title><link>https://%s.example/</link><description>x</description>" % name)
        for i in range(count):
            feed.write("<item><guid>g%d</guid><title>Number %d, on what %s did in the last lesson before the holidays with a class</title><link>https://%s.example/%d</link>"
                       "<pubDate>%02d %s 2026 08:00:00 GMT</pubDate><description>%s</description></item>" % (
                           i, i, name, name, i, i % 28 + 1 if i % 3 else i % 20 + 1, ("Sep", "Oct", "Nov")[i % 3], TEXTS[(i * 7 + count) % 4]))
        feed.write("</channel></rss>")
    print("source %s\n  kind feed\n  title The blog of %s\n  file %s/%s.xml" % (name, name.title(), sys.argv[1], name))
PY
discern() { "$DISCERN_BIN" --home "$home" "$@"; }
discern --quiet run || exit 1
item=$(discern --json sources report okafor | python3 -c 'import json,sys; print(json.load(sys.stdin)["sources"][0]["newest"]["myth"][0]["item"])')
discern --quiet sources mark-wrong "$item" myth || exit 1
discern sources report okafor --html >"$work/o/sides-okafor.html" || exit 1
discern sources report wu --days 0 --html >"$work/o/sides-wu.html" || exit 1
discern sources report --html >"$work/o/sides-all.html" || exit 1
discern check --html https://127.0.0.1/nothing >"$work/o/side-unread.html" 2>/dev/null
# A page that rests on more than is looked at, that claims, sells and is known in our own sources.
mkdir "$work/site"
python3 - "$work/site/long.html" <<'PY'
import sys
words = ("Research shows that it always works. I open each maths lesson with a low-stakes quiz of three questions: ask pupils to answer from memory, then "
         "correct together. We did it with two Year 8 classes of 60 pupils for six weeks, and they scored 12 marks more, an effect of d = 0.4. Buy my course "
         "with code TERM24. A meta-analysis by Smith (2014) and a randomised controlled trial by Jones (2019) found the same. It did not help in spelling. ")
refs = "".join("<p>Okafor and Patel (20%02d): <a href='https://doi.org/10.5555/found%d'>A study of quizzes in the classroom with a rather long title, number %d</a>.</p>"
               % (i % 25 + 1, i, i) for i in range(45))
open(sys.argv[1], "w").write("<!doctype html><html lang=en><head><title>Quizzes at the start of every lesson of the week</title><meta name=author content='Ama Okafor'>"
    "</head><body><article><h1>Quizzes at the start of every lesson of the week</h1>" + ("<p>%s</p>" % words) * 4 + refs + "</article></body></html>")
PY
python3 -u -m http.server --bind 127.0.0.1 --directory "$work/site" 0 >"$work/site.out" 2>/dev/null &
site=$!
trap 'kill "$site" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 200); do grep -qs 'port [0-9]' "$work/site.out" && break; sleep 0.05; done
at=http://127.0.0.1:$(grep -oE 'port [0-9]+' "$work/site.out" | cut -d' ' -f2)
python3 - "$work/us.xml" "$at/long.html" <<'PY'
import sys
items = "".join("<item><guid>u%d</guid><title>Have you read what Ms Okafor writes on quizzes, number %d of our reading list?</title><link>https://us.example/%d</link>"
                "<pubDate>20 Nov 2026 08:00:00 GMT</pubDate><description>&lt;a href=&quot;%s&quot;&gt;here&lt;/a&gt; it is</description></item>" % (n, n, n, sys.argv[2]) for n in range(20))
open(sys.argv[1], "w").write("<rss version='2.0'><channel><title>x</title><link>https://us.example/</link><description>x</description>%s</channel></rss>" % items)
PY
printf 'source us\n  kind feed\n  title Our own reading list\n  file %s/us.xml\nsource here\n  kind feed\n  url %s/feed\n  paused yes\n  allow-loopback yes\n' "$work" "$at" >>"$home/config/sources.conf"
discern --quiet pull --source us || exit 1
discern check --html "$at/long.html" >"$work/o/side-check.html" || exit 1
for words in 'Questions to ask of it' 'In our own sources' 'number 20 of our\|number 19 of our' ' more</li>'; do
  grep -q "$words" "$work/o/side-check.html" || { echo "FAILED: the check does not say '$words'"; exit 1; }
done
out=$(ls "$work"/o/*.html | xargs node "$DISCERN_ROOT/tests/browser/pages.cjs" 2>&1; ls "$work"/o/*.html | xargs node "$DISCERN_ROOT/tests/browser/paper.cjs" 2>&1)
[ -n "${SHOTS:-}" ] && cp "$work"/o/*.html "$SHOTS"
echo "$out" | grep -v '^pages'
passed=0 failed=0
while read -r _ good bad; do passed=$((passed + good)) failed=$((failed + bad)); done < <(echo "$out" | grep '^pages' || echo 'pages 0 1')
if command -v java >/dev/null; then
  for page in "$work"/o/*.html; do
    said=$(java -jar "$NODE_PATH/vnu-jar/build/dist/vnu.jar" --errors-only "$page" 2>&1)
    if [ -z "$said" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $page: $said"; fi
  done
fi
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
