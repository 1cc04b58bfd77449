#!/bin/bash
# discern parse: the contract's lines, its exit status, hostile documents, and the shared material where it is.
set -u
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0 skipped=0

ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "FAILED: $1"; }
check() { # NAME, then a command that must succeed
    local name=$1
    shift
    if "$@" >"$scratch/said" 2>&1; then ok; else bad "$name"; head -5 "$scratch/said"; fi
}
# field FILE-OF-LINES LINE PYTHON-EXPRESSION-OF-d
field() { python3 -c "
import json, sys
d = json.loads(open(sys.argv[1], encoding='utf-8').read().splitlines()[int(sys.argv[2])])
sys.exit(0 if eval(sys.argv[3]) else print(json.dumps(d)[:400]) or 1)" "$@"; }

cat >"$scratch/good.xml" <<'END'
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Staff room</title><link>https://school.example/</link>
<item><title>Exit tickets &amp; recall</title><link>/a?x=1&amp;y=2</link><guid isPermaLink="false">a1</guid>
<pubDate>Tue, 03 Mar 2026 08:30:00 +0100</pubDate>
<description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</description></item></channel></rss>
END
printf '<html><body>no feed</body></html>' >"$scratch/page.html"
printf '<?xml version="1.0" encoding="shift_jis"?><rss version="2.0"><channel><title>\x8e\xf6\x8b\xc6</title></channel></rss>' >"$scratch/sjis.xml"

"$DISCERN_BIN" parse "$scratch/good.xml" "$scratch/page.html" "$scratch/none.xml" "$scratch/sjis.xml" >"$scratch/out" 2>"$scratch/err"
status=$?
check "a file that cannot be read makes the status 1" test "$status" = 1
check "one line a file" test "$(wc -l <"$scratch/out")" = 4
check "a feed is read" field "$scratch/out" 0 "d['ok'] and d['error'] is None and d['kind'] == 'feed' and d['format'] == 'rss20' and not d['repaired']"
check "its item is read" field "$scratch/out" 0 "d['items'][0]['title'] == 'Exit tickets & recall' and d['items'][0]['url'] == 'https://school.example/a?x=1&y=2' and d['items'][0]['published'] == '2026-03-03T07:30:00Z' and d['items'][0]['text'] == 'One\n\nTwo' and d['items'][0]['updated'] is None"
check "a web page gets one clear line" field "$scratch/out" 1 "not d['ok'] and 'web page' in d['error']"
check "a missing file gets one clear line" field "$scratch/out" 2 "not d['ok'] and 'opened' in d['error']"
check "an encoding whose table lies in a file is read behind the walls" field "$scratch/out" 3 "d['ok'] and d['feed']['title'] == '授業' and d['encoding'] == 'shift_jis'"

"$DISCERN_BIN" parse --base-url https://b.example/x/ --content-type 'text/xml; charset=utf-8' - <"$scratch/good.xml" >"$scratch/out"
check "standard input is read" test $? = 0
check "the base is used" field "$scratch/out" 0 "d['items'][0]['url'] == 'https://b.example/a?x=1&y=2'"
"$DISCERN_BIN" parse --kind nonsense "$scratch/good.xml" >/dev/null 2>"$scratch/err"
check "an unknown kind is wrong usage" test $? = 2
"$DISCERN_BIN" parse >/dev/null 2>"$scratch/err"
check "no file at all is wrong usage" test $? = 2
"$DISCERN_BIN" parse "$scratch/good.xml" >"$scratch/one" && "$DISCERN_BIN" parse "$scratch/good.xml" | cmp -s - "$scratch/one"
check "the same bytes give the same line" test $? = 0

# Hostile documents: each costs seconds and one line, and the good one behind them is read.
python3 - "$scratch" <<'END'
import sys
to = sys.argv[1]
def write(name, text):
    open(to + "/" + name, "w", encoding="utf-8").write(text)
write("h1.xml", "<rss><channel><item " + " ".join("a%d=''" % i for i in range(100000)) + "/></channel></rss>")
write("h2.xml", "<rss><channel>" + "<a>" * 100000)
declared = "".join("<a" + "".join(" xmlns:p%d='u'" % (d * 990 + i) for i in range(990)) + ">" for d in range(100))
tag = "<p0:x %s/>" % " ".join("p0:a%d='1'" % i for i in range(900))
write("h3.xml", "<rss version='2.0'><channel>" + declared + tag * 300 + "</a>" * 100 + "</channel></rss>")
write("h4.xml", "<!DOCTYPE rss [" + "".join("<!ENTITY e%d '&e%d;&e%d;'>" % (i + 1, i, i) for i in range(60)) + "]><rss><channel><title>&e60;</title></channel></rss>")
write("h5.xml", "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><title>&x;</title></channel></rss>")
write("h6.xml", "<rss><channel><item><description>" + "<![CDATA[" * 200000)
write("h7.xml", "<rss><channel>" + "<item><title>t</title></item>" * 200000 + "</channel></rss>")
write("h8.json", "[" * 200000)
END
start=$(date +%s)
"$DISCERN_BIN" parse "$scratch"/h?.* "$scratch/good.xml" >"$scratch/out" 2>"$scratch/err"
took=$(($(date +%s) - start))
check "nine lines for nine files" test "$(wc -l <"$scratch/out")" = 9
check "all hostile documents together take no longer than a minute" test "$took" -lt 60
check "a tag of 100,000 attributes is refused" field "$scratch/out" 0 "not d['ok'] and 'attributes' in d['error']"
check "endless nesting is refused or flattened" field "$scratch/out" 1 "not d['ok'] or d['items'] == []"
check "what takes too long is ended" field "$scratch/out" 2 "not d['ok'] and 'seconds' in d['error']"
check "nested entities stay unexpanded" field "$scratch/out" 3 "d['ok'] and len(d['feed']['title']) < 100"
check "no entity reaches a file" field "$scratch/out" 4 "d['ok'] and 'root' not in d['feed']['title']"
check "endless items are cut short" field "$scratch/out" 6 "d['ok'] and len(d['items']) == 5000 and d['problems']"
check "deep JSON is refused" field "$scratch/out" 7 "not d['ok']"
check "the good one behind them is read" field "$scratch/out" 8 "d['ok'] and len(d['items']) == 1"

: >"$scratch/nothing"
printf ' \n\n' >"$scratch/blank"
"$DISCERN_BIN" parse "$scratch/nothing" "$scratch/blank" >"$scratch/out" 2>"$scratch/err"
check "a file with nothing in it is no feed" test $? = 1
check "and has its line" field "$scratch/out" 0 "not d['ok'] and 'neither a feed' in d['error']"
check "nor is one of blanks" field "$scratch/out" 1 "not d['ok'] and 'neither a feed' in d['error']"

# Material of others, where it is.
shared=$DISCERN_SHARED
if [ -f "$shared/tools/score_feeds.py" ] && [ -f "$shared/data/feed-cases/cases.jsonl" ]; then
    python3 "$shared/tools/score_feeds.py" --discern "$DISCERN_BIN" "$shared/data/feed-cases/cases.jsonl" --jobs 2 >"$scratch/score"
    check "97 of 100 conformance cases" python3 -c "
import re, sys
sys.exit(0 if float(re.search(r'= ([0-9.]+)%', open(sys.argv[1]).read().splitlines()[-1]).group(1)) >= 97 else 1)" "$scratch/score"
else skipped=$((skipped + 1)); fi
if [ -d "$shared/data/feeds" ]; then
    "$DISCERN_BIN" parse "$shared"/data/feeds/*.xml "$shared"/data/feeds/*.json >"$scratch/out"
    check "every feed of the collection is read, lists of feeds are told" python3 -c "
import json, sys
for line in open(sys.argv[1], encoding='utf-8'):
    d = json.loads(line)
    if not d['ok'] and 'OPML' not in d['error']: sys.exit(d['file'] + ': ' + d['error'])
    if d['ok'] and not any(i['title'] or i['text'] for i in d['items']): sys.exit(d['file'] + ': no words')" "$scratch/out"
else skipped=$((skipped + 1)); fi
if [ -d "$shared/data/bad" ]; then
    "$DISCERN_BIN" parse "$shared"/data/bad/*/* >"$scratch/out" 2>/dev/null
    check "nothing bad kills it" python3 -c "
import json, sys
died = [d['file'] for d in map(json.loads, open(sys.argv[1], encoding='utf-8')) if not d['ok'] and 'died' in d['error']]
sys.exit(', '.join(died) if died else 0)" "$scratch/out"
else skipped=$((skipped + 1)); fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
