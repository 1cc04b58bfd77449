#!/bin/bash
# Goal: every page and every form of `discern serve` is used with the keyboard alone and without scripts; every page is
# clean for axe-core at three widths in light and dark and never scrolls sideways; the sheets print on A4 and A5.
. "$DISCERN_ROOT/tests/browser/prepare.sh"
. "$DISCERN_ROOT/tests/e2e/lib.sh"
home=$work/home
make_home "$home"
make_feed "$work/feeds/four.xml" "More ideas" \
    "$(feed_item 6 'Exit tickets that tell me what to teach next' 'At the end of each lesson ask pupils one question and sort the answers in three piles. I did it with my Year 9 class for a term and taught the middle pile again.')" \
    "$(feed_item 7 'A vocabulary routine for science' 'Say the word, break it up, use it in a sentence, then ask pupils to explain it to a partner. A systematic review of vocabulary teaching is at https://doi.org/10.1002/rrq.163 .')" \
    "$(feed_item 8 'Model the essay live' 'Write one paragraph in front of the class, say aloud what you think, then ask pupils to write the next one. I tried it with my Year 11 class and their openings got clearer.')"
touch -d @1795500000 "$work/feeds/four.xml"
printf 'source four\n  kind feed\n  title Source four\n  file %s/feeds/four.xml\n' "$work" >>"$home/config/sources.conf"
# A source with enough posts for rates and plots, and a page on loopback that may be checked.
python3 - "$work/feeds/five.xml" <<'PY'
import os, sys
TEXTS = ["I gave my Year 8 class a quiz of three questions at the start of each lesson. After six weeks they scored 12 marks more. See Roediger and Karpicke (2006): https://doi.org/10.1111/j.1467-9280.2006.01693.x",
         "Every teacher must teach to pupils’ learning styles: visual learners need pictures. Research proves that it always works.",
         "Use code TERM24 at the till: my course on feedback is on sale now. Disclosure: I am paid by the publisher."]
with open(sys.argv[1], "w") as feed:
    feed.write("<rss version='2.0'><channel><title>x</title><link>https://five.example/</link><description>x</description>")
    for i in range(45):
        feed.write("<item><guid>g%d</guid><title>Number %d of the term</title><link>https://five.example/%d</link><pubDate>%02d %s 2026 08:00:00 GMT"
                   "</pubDate><description>%s</description></item>" % (i, i, i, i % 20 + 1, ("Sep", "Oct", "Nov")[i % 3], TEXTS[i * 7 % 3]))
    feed.write("</channel></rss>")
os.utime(sys.argv[1], (1795500000, 1795500000))
PY
printf 'source five\n  kind feed\n  title Source five\n  file %s/feeds/five.xml\n' "$work" >>"$home/config/sources.conf"
mkdir "$work/site"
cat >"$work/site/quizzes.html" <<'HTML'
<!doctype html><html lang="en"><head><title>Quizzes at the start</title><meta name="author" content="Ama Okafor"></head><body><article>
<h1>Quizzes at the start</h1><p>Research shows that it always works. I open each maths lesson with a low-stakes quiz of three questions: ask
pupils to answer from memory, then correct together. We did it with two Year 8 classes for six weeks, and they kept more of the topic.
Roediger and Karpicke (2006) found the same: <a href="https://doi.org/10.1111/j.1467-9280.2006.01693.x">their study</a>.</p></article></body></html>
HTML
python3 -u -m http.server --bind 127.0.0.1 --directory "$work/site" 0 >"$work/site.out" 2>/dev/null &
site=$!
trap 'kill "$site" "$server" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 200); do grep -qs 'port [0-9]' "$work/site.out" && break; sleep 0.05; done
checked=http://127.0.0.1:$(grep -oE 'port [0-9]+' "$work/site.out" | cut -d' ' -f2)/quizzes.html
printf 'source here\n  kind feed\n  url %s\n  paused yes\n  allow-loopback yes\n' "${checked%/*}/feed" >>"$home/config/sources.conf"
printf 'reader maths\n  title Mathematics department\n  subjects maths\n' >>"$home/config/discern.conf"
"$DISCERN_BIN" --home "$home" --quiet run || exit 1
# Ideas wait, as in the weeks of a focus: an earlier one held them back.
"$DISCERN_BIN" --home "$home" focus start "Homework" --topics homework --reader all-staff >/dev/null
"$DISCERN_BIN" --home "$home" focus start "Oracy" --topics oracy --reader all-staff >/dev/null
"$DISCERN_BIN" --home "$home" --quiet digest >/dev/null
"$DISCERN_BIN" --home "$home" focus close F1 stop --because "made room" >/dev/null
"$DISCERN_BIN" --home "$home" focus close F2 stop --because "made room" >/dev/null
sqlite3 "$home/discern.db" "DELETE FROM focus_event; DELETE FROM focus; DELETE FROM sqlite_sequence WHERE name = 'focus'"
"$DISCERN_BIN" --home "$home" --quiet digest >/dev/null
"$DISCERN_BIN" --home "$home" serve --port 0 >"$work/serve.out" 2>"$work/serve.err" &
server=$!
for _ in $(seq 200); do grep -q 'http://' "$work/serve.out" && break; sleep 0.05; done
address=$(grep -oE '127\.0\.0\.1:[0-9]+' "$work/serve.out" | head -1)

count() {
    local out good bad
    out=$(node "$DISCERN_ROOT/tests/browser/serve.cjs" "$@" 2>&1)
    echo "$out" | grep -v '^serve' >&2
    read -r _ good bad < <(echo "$out" | grep '^serve' || echo 'serve 0 1')
    passed=$((passed + good)) failed=$((failed + bad))
}

count "$address" use "$checked" "$work/result"
code=$(grep -ohE 'Code [a-z0-9]{4}' "$home"/site/all-staff/*/digest.txt | head -1 | cut -c6-)
# A log that is as full as one gets.
long='What was done in this lesson took more words than anybody will read, and they go on for some time, because there was much to say about the three questions and the answers that came, and about the time it took in the end, which was too long.'
for step in plan try evaluate refine again decide; do
    "$DISCERN_BIN" --home "$home" focus $step F1 >/dev/null
    for n in 1 2 3; do
        "$DISCERN_BIN" --home "$home" focus note F1 --group "8B maths" --did "$step $n: $long" --saw "$long" --change "$long" --with "Ms Okafor" >/dev/null
    done
done
count "$address" read / /archive /search '/search?q=class&level=1' /focus /focus/F1 /log /parked /marks /sources /sources/two /sources/five \
    /check "$(cat "$work/result")" \
    /rules /rules/retrieval-practice /templates/lesson-study /r/maths "/i/$code" /n/1 /nowhere /log/card.html /log/half-term.html
check "the server is still well" test ! -s "$work/serve.err"
kill -TERM "$server"
wait "$server"
check "and ends well" test $? -eq 0
finish
