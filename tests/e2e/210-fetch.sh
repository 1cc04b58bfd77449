# Goal of this test: whatever servers do, each costs one line, the others nothing, and the run ends on time; what moved,
# what is gone and what is silent is told once, and an unchanged source costs a header.
. "$(dirname "$0")/lib.sh"
home=$work/home
make_home "$home"
discern() { "$DISCERN_BIN" --home "$home" "$@"; }
conf=$home/config/sources.conf
printf '  deadline 60 s\n  timeout 12 s\n  connect-timeout 8 s\n' >>"$home/config/discern.conf"

mkdir -p "$work/site"
make_feed "$work/site/good.xml" "A good blog" "$(feed_item 1 'Three questions at the start' 'We ask three questions about last week.')"
make_feed "$work/site/new.xml" "A blog that moved" "$(feed_item 2 'Reading aloud' 'We read aloud for ten minutes.')"
python3 - "$work" <<'PY'
import json, sys
feed = open(sys.argv[1] + "/site/good.xml").read()
latin = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>L</title><item><guid>l</guid><title>Caf\u00e9 corner</title><description>Words about a caf\u00e9 for pupils.</description></item></channel></rss>'
answers = {
    "/good": {"file": "good.xml"},
    "/moved": {"status": 301, "headers": [["Location", "/new.xml"]]},
    "/moved-twice": {"status": 308, "headers": [["Location", "/moved"]]},
    "/for-now": {"status": 302, "headers": [["Location", "/new.xml"]]},
    "/gone": [{"file": "good.xml"}, {"status": 410}],
    "/flaky": [{"status": 500}, {"status": 500}, {"status": 500}, {"status": 500}, {"file": "good.xml"}],
    "/page": {"headers": [["Content-Type", "text/html"]], "body": "<!doctype html><title>Log in</title><p>Please log in."},
    "/page-as-feed": {"headers": [["Content-Type", "application/rss+xml"]], "body": "<html><head><title>Oops</title></head><body>Nothing</body></html>"},
    "/half": {"body": feed, "cut": len(feed) // 2},
    "/empty": {"body": ""},
    "/wrong-charset": {"headers": [["Content-Type", "application/xml; charset=utf-16"]], "body": latin},
    "/plain": [{"body": feed}, {"body": feed}, {"body": feed.replace("Three", "Four")}, {"body": feed.replace("Three", "Four")}],
    "/kept": {"body": feed, "headers": [["Cache-Control", "max-age=36000"]]},
    "/later": {"status": 429, "headers": [["Retry-After", "50000"]]},
    "/out": {"status": 503, "headers": [["Retry-After", "99999999"]]},
}
json.dump(answers, open(sys.argv[1] + "/script.json", "w"))
PY
mkfifo "$work/hold"
python3 -Wignore "$DISCERN_ROOT/tests/server/bad_server.py" --root "$work/site" --script "$work/script.json" \
    <"$work/hold" >"$work/port" &
server=$!
exec 9>"$work/hold"
for _ in $(seq 200); do [ -s "$work/port" ] && break; sleep 0.05; done
at=http://127.0.0.1:$(cat "$work/port")
ask() { python3 -c 'import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1]).read().decode())' "$at/$1"; }

source_at() { printf 'source %s\n  kind feed\n  url %s%s\n  allow-loopback yes\n  every 1 h\n' "$1" "$at" "$2"; }
# Each is bad in its own way, and says so in words.
bad="status-404=/status/404:no.feed.at.this.address status-401=/status/401:refuses status-418=/status/418:418
status-500=/status/500:500 cut=/cut?size=90000&sent=5000:broke.off liar=/liar?size=100&say=90000:broke.off|slow
half=/half:broke.off|too.slow chunks=/chunked?size=90000&cut=1:broke.off bomb=/bomb?mib=30:unpacks
zstd-bomb=/bomb?mib=30&coding=zstd:unpacks endless=/chunked?endless=1:larger
cut-gzip=/coded?coding=gzip&size=50000&cut=20:broke.off|before.its.end unpacked=/unpacked:not.what|coding|packed
odd-coding=/encoding?name=x-squish:coding|packed loop=/loop:redirects hops=/hops/9:redirects stall=/stall?size=9000:slow
drip=/drip?bytes=9000&ms=200:slow closed=/close:closed|without.an.answer garbage=/garbage:web.server
headers=/headers?count=500:header long-headers=/headers?count=20&size=9000:header page=/page:page.*not.a.feed|not.a.feed|web.page
page-as-feed=/page-as-feed:page.*not.a.feed|not.a.feed|web.page empty=/empty:empty|nothing
file-redirect=/redirect?to=file:///etc/passwd:redirects.to|only.addresses inner=/redirect?to=http://10.0.0.1/:not.a.public
later=/later:left.alone out=/out:left.alone check=/challenge:bot.check"
for word in $bad; do
    rest=${word#*=}
    source_at "${word%%=*}" "${rest%:*}"
done >"$conf"
{
    source_at good /good
    source_at moved-twice /moved-twice
    source_at for-now /for-now
    source_at gone /gone
    source_at flaky /flaky
    source_at kept /kept
    source_at coded "/coded?coding=gzip&text=$(python3 -c 'import sys, urllib.parse; print(urllib.parse.quote(open(sys.argv[1]).read()))' "$work/site/good.xml")"
    source_at wrong-charset /wrong-charset
} >>"$conf"

start=$(date +%s)
check "thirty bad servers do not stop a run" status 0 discern --verbose pull
took=$(($(date +%s) - start))
cp "$work/err" "$work/first.err"
check "and it ends soon ($took s)" test "$took" -lt 55
for word in $bad; do
    name=${word%%=*} rest=${word#*=}
    check "$name is told in words" grep -qE "source '$name': .*(${rest##*:})" "$work/first.err"
done
for name in good gone kept coded wrong-charset moved-twice for-now; do
    check "$name is read all the same" grep -qE "source '$name': 1 posts, 1 new" "$work/first.err"
done
check "what was read is judged" status 0 discern judge
check "what was announced wrongly is found rightly" status 0 discern search "Café"
check "its letters too" grep -q 'Café corner' "$work/out"
check "a secret place was not read" sh -c "! grep -q root: '$work/first.err'"
check "a single failure is no news" sh -c "! grep -qE 'needs? a look:' '$work/first.err'"

# ---- gone, moved, failing: day by day, with the other sources away ----
{ for name in good moved-twice for-now gone flaky later kept; do source_at $name /$name; done; } >"$conf"
printf 'reader leads\n  title Leads\n  lead yes\n' >>"$home/config/discern.conf"
day() { # N: the run of that day
    DISCERN_NOW=$((1795590000 + $1 * 86400)) "$DISCERN_BIN" --home "$home" run >"$work/day.out" 2>"$work/day.err"
    echo $? >"$work/day.status"
    cp "$work/day.err" "$work/day$1.err"
}
day 1
check "a source that is gone is told" grep -q "'gone': .*gone for good" "$work/day1.err"
check "and a person must act" grep -q 1 "$work/day.status"
day 2
day 3
check "the third failure running is told" grep -q "'flaky': .*500" "$work/day2.err"
check "and once" sh -c "! grep -q \"'flaky'\" '$work/day1.err' '$work/day3.err'"
check "one that said when to come back is not a failure before" sh -c "! grep -q \"'kept'\" '$work/day1.err' '$work/day2.err'"
check "gone is told once" sh -c "! grep -q \"'gone'\" '$work/day2.err'"
ask reset >/dev/null
day 4
ask stats >"$work/stats"
check "and never asked again" sh -c "! grep -q '/gone' '$work/stats'"
check "the report to the lead names it once" sh -c "cd '$home/site/leads' && cat */digest.txt | grep -c 'gone for good' | grep -qx 1"
check "the others get no such lines" sh -c "! grep -rq 'gone for good' '$home/site/all-staff'"
for n in 5 6 7; do day $n; done
ask reset >/dev/null
day 8
ask stats >"$work/stats"
check "a move that held is remembered" sh -c "! grep -q '/moved-twice' '$work/stats' && grep -q '/new.xml' '$work/stats'"
check "one for now is not" grep -q '/for-now' "$work/stats"
check "it stays so" sh -c "! grep -q 'moved' '$work/day8.err'"
day 9
ask stats >"$work/stats"
check "after eight days of 'unchanged' the whole is asked for once" python3 - "$work/stats" <<'PY'
import json, sys
asked = ["if-none-match" in headers for _, path, headers in json.load(open(sys.argv[1]))["log"] if path == "/good"]
assert asked == [True, False], asked
PY
check "for good" sh -c "! grep -q '/moved-twice' '$work/stats'"
export DISCERN_NOW=$((1795590000 + 9 * 86400))
check "sources check names what needs a person" status 1 discern sources check
check "the move" grep -q 'moved-twice .*moved for good to' "$work/out"
check "the loss" grep -q 'gone .*gone for good' "$work/out"
check "sources list says when and why" status 0 discern sources list
check "in words" grep -qE 'good +feed .*(changes|rhythm|come back|keeps)' "$work/out"
mv "$work/site/new.xml" "$work/site/away.xml"
for n in 10 11; do day $n; done
mv "$work/site/away.xml" "$work/site/new.xml"
ask reset >/dev/null
day 12
ask stats >"$work/stats"
check "when the new place fails the old one is asked again" grep -q '/moved-twice' "$work/stats"

# ---- a server that knows no validators ----
source_at plain /plain >"$conf"
written() { python3 "$DISCERN_ROOT/tests/e2e/commits.py" "$home/discern.db" "$@"; }
export DISCERN_NOW=$((1795590000 + 15 * 86400))
check "a feed comes without validators" status 0 discern --verbose pull
check "and is read" said "'plain': 1 posts, 1 new"
export DISCERN_NOW=$((DISCERN_NOW + 86400))
check "the same bytes come again" status 0 written "$DISCERN_BIN" --home "$home" --verbose pull
check "and are not read again" said 'pull: 1 sources asked, 1 unchanged, 0 failed'
check "what is written is the check, at once" sh -c "grep -qx 'COMMITS 1' '$work/out' && grep -qx 'source 1' '$work/out' && ! grep -qE '^(item|article)' '$work/out'"
export DISCERN_NOW=$((DISCERN_NOW + 86400))
check "other bytes" status 0 discern --verbose pull
check "are read" said "'plain': 1 posts, 0 new"
check "and kept" status 0 sh -c "sqlite3 '$home/discern.db' 'SELECT title FROM item' | grep -q 'Four questions'"
echo '  need questions' >>"$conf"
export DISCERN_NOW=$((DISCERN_NOW + 86400))
check "the source's configuration changes" status 0 discern --verbose pull
check "and the same bytes are read by it" said "'plain': 1 posts, 0 new"
export DISCERN_NOW=$((DISCERN_NOW + 86400))
check "once" sh -c "'$DISCERN_BIN' --home '$home' --verbose pull 2>&1 | grep -q ' 1 unchanged'"
source_at good /good >"$conf"
check "a feed with validators" status 0 discern pull
printf '  need three\n' >>"$conf"
export DISCERN_NOW=$((DISCERN_NOW + 86400))
ask reset >/dev/null
check "is asked for the whole" status 0 discern --verbose pull
check "once its configuration changed" said "'good': 1 posts, 0 new"
ask stats >"$work/stats"
check "without them" sh -c "! grep -q if-none-match '$work/stats'"

# ---- ids that churn; the same address twice; a sister's posts; silence ----
make_feed "$work/site/churn.xml" "Churn" "$(for i in 1 2 3 4 5; do feed_item $i "Lesson idea number $i for the week" "Words about lesson idea number $i, for pupils in Year $i."; done)"
source_at churn /churn.xml >"$conf"
export DISCERN_NOW=$((1795590000 + 25 * 86400))
check "a feed is read" status 0 discern --verbose pull
sed -i 's/g-/http-renamed-/g; s/<item><guid>http-renamed-1/<item><guid>http-renamed-0<\/guid><title>A sixth idea, quite new<\/title><link>https:\/\/blog.example\/0<\/link><\/item>&/' "$work/site/churn.xml"
export DISCERN_NOW=$((DISCERN_NOW + 86400))
check "all its ids change overnight" status 0 discern --verbose pull
check "only what is new is new" said "'churn': 6 posts, 1 new"
make_feed "$work/site/sister.xml" "Sister" "$(for i in 1 2 3 4 5; do feed_item $i "Lesson idea number $i for the week" "Words about lesson idea number $i, for pupils in Year $i."; done)"
make_feed "$work/site/soon.xml" "Soon" "$(for i in 1 2 3 4 5 6; do printf '<item><guid>s%s</guid><title>Post %s</title><link>https://soon.example/%s</link><description>Coming soon!</description></item>' $i $i $i; done)"
{ source_at sister /sister.xml; source_at again /churn.xml; source_at soon /soon.xml; } >>"$conf"
check "other sources come" status 0 discern pull
check "and are looked at" status 1 discern sources check
check "one has another's posts" grep -qE "sister .*had been in 'churn' before" "$work/out"
check "one has another's address" grep -qE "again .*same address as 'churn'" "$work/out"
check "one only promises" grep -qE "soon .*placeholders" "$work/out"
echo 'phrase nothing of this kind' >"$home/config/placeholders.conf"
check "the words that promise are the school's own" sh -c "! '$DISCERN_BIN' --home '$home' sources check | grep -q placeholders"
echo 'phrse coming soon' >"$home/config/placeholders.conf"
check "a slip in them is told with its place" status 2 discern sources check
check "and what was meant" said "did you mean 'phrase'"
rm "$home/config/placeholders.conf"
export DISCERN_NOW=$((DISCERN_NOW + 60 * 86400))
check "weeks of silence" sh -c "'$DISCERN_BIN' --home '$home' pull 2>'$work/silent'; grep -q \"'churn': nothing new for\" '$work/silent'"
check "are told once" sh -c "DISCERN_NOW=$((DISCERN_NOW + 86400)) '$DISCERN_BIN' --home '$home' pull 2>'$work/silent'; ! grep -q churn '$work/silent'"
exec 9>&-
wait "$server" 2>/dev/null
finish
