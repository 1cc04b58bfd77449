#!/bin/bash
# Goal: links die. A page that was read keeps its title, author and date, and where an archive keeps a copy of it, or of
# one that was gone before it could be read, its address is kept and shown; the archive is asked once a page, politely,
# only where the school lets it be asked, and whatever it answers disturbs no run.
. "$DISCERN_ROOT/tests/e2e/lib.sh"
home=$work/home
make_home "$home"
mkdir "$work/site" "$work/registry"
cat >"$work/site.py" <<'PY'
"""Pages on loopback: those whose names stand in FOLDER/alive are there, those in FOLDER/soft answer that all is well
and say that there is no such page, those in FOLDER/shut that nobody may read it, all others are gone."""
import http.server, pathlib, sys
folder = pathlib.Path(sys.argv[1])
class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args): pass
    def do_GET(self):
        name = self.path.strip("/")
        alive = name in (folder / "alive").read_text().split()
        body = b"gone"
        if name.endswith(".xml"):
            alive, body = True, (folder / name).read_bytes()
        elif alive:
            body = ("<html><head><title>Quizzes that last</title><meta name=author content='Ama Okafor'>"
                    "<meta property='article:published_time' content='2026-11-20T08:00:00Z'></head><body><article>"
                    "<h1>Quizzes that last</h1>" + "<p>Ask pupils to write down what they remember of the last lesson "
                    "before you begin, and correct it together, so that each sees what is still missing.</p>" * 9 +
                    "</article></body></html>").encode()
        soft = not alive and name in (folder / "soft").read_text().split()
        if soft:
            body = (b"<html><head><title>Page not found | A blog</title></head><body><h1>Page not found</h1>"
                    b"<p>The page you were looking for is not here. Try the search.</p></body></html>")
        shut = not alive and not soft and name in (folder / "shut").read_text().split()
        if shut:
            body = b"<html><head><title>Access denied</title></head><body><h1>Access denied</h1></body></html>"
        away = name == "away" and not alive
        if away:
            body = b"<html><head><title>Maintenance</title></head><body><p>Briefly unavailable for scheduled maintenance." \
                   b" Check back in a minute.</p></body></html>"
        self.send_response(200 if alive or soft or shut or away else 410 if name == "copied" else 404)
        self.send_header("Content-Type", "application/xml" if name.endswith(".xml") else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
(folder / "port.new").write_text(str(server.server_port))
(folder / "port.new").rename(folder / "port")
server.serve_forever()
PY
echo alive later closed >"$work/site/alive"
echo soft >"$work/site/soft"
: >"$work/site/shut"
python3 "$work/site.py" "$work/site" &
site=$!
python3 "$DISCERN_ROOT/tests/e2e/registry.py" "$work/registry" &
registry=$!
trap 'kill "$site" "$registry" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 200); do [ -s "$work/registry/address" ] && [ -s "$work/site/port" ] && break; sleep 0.05; done
at=http://localhost:$(cat "$work/site/port")
archive=$(cat "$work/registry/address")
log=$work/registry/log
first=$DISCERN_NOW
day=$(date -u -d "@$first" +%Y%m%d%H%M%S)
names=(alive copied no-copy copied-error elsewhere busy odd soft later closed away)
make_feed "$work/site/one.xml" "Ms Okafor teaches" "$(
    feed_item 2 'Whole-class feedback in ten minutes' 'Read the books, write one sheet of feedback for the class, and ask pupils to improve one paragraph. I tried it with my Year 10 class and the second drafts were clearer.' |
        sed "s|https://blog.example/2|$at/copied|"
    for i in 1 3 4 5 6 7 8 9 10 11; do
        feed_item "$i" "Idea $i: a quiz before the lesson" "I open each lesson with a low-stakes quiz of three questions: ask pupils to answer from memory. My Year 8 class scored 12 marks more on the topic test." |
            sed "s|https://blog.example/$i|$at/${names[$((i - 1))]}|"
    done
)"
sed -i "s|^  file $work/feeds/one.xml|  url $at/one.xml\n  allow-loopback yes|" "$home/config/sources.conf"
sed -i "s|^  follow-links no|  follow-links yes|; s|^  look-up-copies no|  look-up-copies yes\n  archive $archive\n  spacing 0 s|" "$home/config/discern.conf"

run() { "$DISCERN_BIN" --home "$home" --quiet run; }
is() { [ "$1" = "$2" ] || { echo "got '$1', wanted '$2'"; return 1; }; }
page() { "$DISCERN_BIN" --home "$home" --json why "one/g-$1" | jq -r ".page.$2"; }
asked() { grep -c "^/wayback/available?url=http%3A%2F%2Flocalhost%3A[0-9]*%2F$1&timestamp=$day " "$log"; }

check "a run ends well whatever the archive answers" status 0 run
check "and says nothing" is "$(cat "$work/err")" ""
check "a page that is there is read" is "$(page 1 title)" "Quizzes that last"
check "and the archive is not asked for it" is "$(grep -c alive "$log")" 0
check "one that is gone is asked for, of about the day the post came" is "$(asked copied)" 1
check "by the agent's name" is "$(grep -c 'agent=discern/.*cpd@northfield.example' "$log")" "$(wc -l <"$log")"
check "its copy is kept" is "$(page 2 archive_url)" "https://web.archive.org/web/$day/$at/copied"
check "where there is no copy there is none" is "$(page 3 archive_url)" null
check "a copy of an error is none" is "$(page 4 archive_url)" null
check "nobody else's address is believed" is "$(page 5 archive_url)" null
check "an archive that is out of order gives none" is "$(page 6 archive_url)" null
check "nor does one that answers something else" is "$(page 7 archive_url)" null
check "a page that only says that it is gone is asked for as well" is "$(asked soft)" 1
check "and its copy is kept" is "$(page 8 archive_url)" "https://web.archive.org/web/$day/$at/soft"
check "with what the page says" is "$(page 8 problem)" "the page says that there is nothing at this address"
check "why says it in words" grep -q "a copy: https://web.archive.org/" <("$DISCERN_BIN" --home "$home" why one/g-2)

check "the digest leads to the copy" grep -rqF "\"archive_url\":\"https://web.archive.org/web/$day/$at/copied\"" "$home/site/all-staff" --include=*.json
check "and says what it is" grep -rqF "its page is gone: this is an archive's copy" "$home/site/all-staff" --include=*.txt

check "a page that says that its site is out of order" is "$(page 11 problem)" "the page says that the site is out of order for a while"
check "is not taken for the text" is "$(page 11 read)" null

before=$(wc -l <"$log")
check "a second run" status 0 run
check "asks nothing again" is "$(wc -l <"$log")" "$before"
export DISCERN_NOW=$((DISCERN_NOW + 3 * 86400))
echo alive later closed away >"$work/site/alive"
check "three days later" status 0 run
check "it is asked for again and read" is "$(page 11 title)" "Quizzes that last"
check "what failed is asked again, and nothing else" is "$(($(wc -l <"$log") - before)) $(asked busy) $(asked odd)" "2 2 2"

# A page that was read dies.
: >"$work/site/alive"
echo soft later >"$work/site/soft"
echo closed >"$work/site/shut"
export DISCERN_NOW=$((DISCERN_NOW + 30 * 86400))
check "a month later what was read is looked at again" status 0 run
check "it is found to be gone" is "$(page 1 status)" 404
check "it keeps its title" is "$(page 1 title)" "Quizzes that last"
check "and its date" is "$(page 1 published)" "2026-11-20T08:00:00Z"
check "and when it was read" is "$(page 1 read)" "$(date -u -d "@$first" +%FT%TZ)"
check "and its copy of that day stands beside it" is "$(page 1 archive_url)" "https://web.archive.org/web/$day/$at/alive"

check "so does one whose address answers all the same" is "$(page 9 title)" "Quizzes that last"
check "which is known to be gone by its words" is "$(page 9 problem)" "the page says that there is nothing at this address"
check "with its copy" is "$(page 9 archive_url)" "https://web.archive.org/web/$day/$at/later"
check "one that is only not given out is not gone" is "$(page 10 problem) $(page 10 archive_url) $(asked closed)" "null null 0"
check "each was asked for once" is "$(asked soft) $(asked later)" "1 1"
before=$(wc -l <"$log")
check "the day after" status 0 env DISCERN_NOW=$((DISCERN_NOW + 86400)) "$DISCERN_BIN" --home "$home" --quiet run
check "no copy is asked for again" is "$(wc -l <"$log")" "$before"

check "the check of a page that only says that it is gone names the copy" grep -qF "https://web.archive.org/web/20260101000000/$at/soft" <("$DISCERN_BIN" --home "$home" check "$at/soft" 2>&1)
check "the check of a link that is gone names the copy" grep -qF "https://web.archive.org/web/20260101000000/$at/copied" <("$DISCERN_BIN" --home "$home" check "$at/copied" 2>&1)
sed -i 's/^  look-up-copies yes/  look-up-copies no/' "$home/config/discern.conf"
before=$(wc -l <"$log")
check "where the school forbids it" grep -q "not there" <("$DISCERN_BIN" --home "$home" check "$at/copied" 2>&1)
check "the archive is not asked" is "$(wc -l <"$log")" "$before"
finish
