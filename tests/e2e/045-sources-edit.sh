# Goal of this test: what to follow is found behind an address and shown before it is kept; lists of subscriptions come in
# and go out, and nothing that a person wrote is lost.
. "$(dirname "$0")/lib.sh"
home=$work/home
make_home "$home"
discern() { "$DISCERN_BIN" --home "$home" "$@"; }
conf=$home/config/sources.conf
cp "$conf" "$work/before.conf"

mkdir -p "$work/site/blog"
make_feed "$work/site/blog/feed.xml" "Blog of the English department" \
    "$(feed_item 1 'Reading aloud, every day' 'We read aloud for ten minutes.')"
cat >"$work/site/index.html" <<'HTML'
<!doctype html><title>English at Northfield</title>
<link rel="alternate" type="application/rss+xml" title="English blog" href="/blog/feed.xml"><p>Welcome.</p>
HTML
echo '<!doctype html><title>Nothing here</title><p>No feed.</p>' >"$work/site/none.html"
python3 - "$work/site" "$work/port" <<'PY' &
import functools, http.server, sys
class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=sys.argv[1]))
open(sys.argv[2], "w").write(str(server.server_port))
server.serve_forever()
PY
server=$!
for _ in $(seq 200); do [ -s "$work/port" ] && break; sleep 0.05; done
at=http://127.0.0.1:$(cat "$work/port")

check "this machine is not asked unless told so" status 1 discern sources add "$at/"
check "a page's feed is found" status 0 discern sources add "$at/" --local
check "with its title" grep -q 'Blog of the English department' "$work/out"
check "and its posts" grep -q 'Reading aloud, every day' "$work/out"
check "and the lines for the file" grep -q "url $at/blog/feed.xml" "$work/out"
check "nothing is written" cmp -s "$conf" "$work/before.conf"
check "a feed's own address works too" status 0 discern sources add "$at/blog/feed.xml" --local --name english --save
check "it is in the file" grep -q '^source english$' "$conf"
check "behind what was there" sh -c "head -c \$(wc -c <'$work/before.conf') '$conf' | cmp -s - '$work/before.conf'"
check "and is asked like any other" status 0 discern pull --source english
check "and judged" status 0 discern judge
check "its post is there" status 0 discern search aloud
check "by its words" grep -q 'english/g-1' "$work/out"
check "the name is taken now" status 1 discern sources add "$at/" --local --name english
check "what is read already is said to be" status 0 discern sources add "$at/" --local
check "with its name" grep -q "It is read already, as 'english'" "$work/out"
check "and is not added once more" status 1 discern sources add "$at/blog/feed.xml" --local --save
check "which is said in one line" one_line "is read already, as 'english'"
check "it stands there once" test "$(grep -c "url $at/blog/feed.xml" "$conf")" -eq 1
check "a page without a feed has nothing" status 1 discern sources add "$at/none.html" --local
check "which is said in one line" one_line 'nothing to follow'
check "no address is no address" status 1 discern sources add 'nothing of the kind'
kill "$server" 2>/dev/null
wait "$server" 2>/dev/null

cat >"$work/list.opml" <<'OPML'
<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Maths"><outline type="rss" text="Ms Wu teaches" xmlUrl="https://wu.example/feed" htmlUrl="https://wu.example/"/>
<outline type="rss" text="Ms Wu teaches" xmlUrl="https://wu.example/other"/></outline>
<outline type="rss" text="kind feed&#10;source evil" xmlUrl="https://odd.example/feed"/></body></opml>
OPML
check "a list comes in" status 0 discern sources import "$work/list.opml"
check "three of it" grep -q '^3 sources added, 0 there already' "$work/out"
check "folders are kept" grep -q '^  folder Maths$' "$conf"
check "a title makes no block" sh -c "! grep -q '^source evil' '$conf'"
check "the file still holds" status 0 discern sources list
check "again: all are there" status 0 discern sources import "$work/list.opml"
check "and nothing is added" grep -q '^0 sources added, 3 there already' "$work/out"
check "and out it goes" status 0 discern sources export
check "as OPML with folders" python3 - "$work/out" <<'PY'
import sys, xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
urls = {o.get("xmlUrl") for o in root.iter("outline") if o.get("xmlUrl")}
assert {"https://wu.example/feed", "https://wu.example/other", "https://odd.example/feed"} <= urls, urls
assert any(o.get("text") == "Maths" and len(o) == 2 for o in root.iter("outline"))
PY
check "what is no list is refused" status 1 discern sources import "$conf"
finish
