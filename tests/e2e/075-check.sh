#!/bin/bash
# Goal of this test: one link is checked: a page, a post, a page that cites what was retracted, a page that is hostile, one
# that is not there, and one on this machine that nobody allowed; in words, as a page and as JSON.
. "$DISCERN_ROOT/tests/e2e/lib.sh"
home=$work/home
make_home "$home"
mkdir "$work/registry" "$work/site"
python3 "$DISCERN_ROOT/tests/e2e/registry.py" "$work/registry" &
registry=$!
cat >"$work/pages.py" <<'PY'
"""Pages and a Mastodon status on loopback; each request's path goes to FOLDER/log."""
import http.server, json, pathlib, sys
FOLDER = pathlib.Path(sys.argv[1])
WORDS = ("I open each maths lesson with a low-stakes quiz of three questions: ask pupils to answer from memory, then "
         "correct together. We did it with two Year 8 classes for six weeks, and they kept more of the topic. ") * 6


def page(title, more, head=""):
    return ("<!doctype html><html lang=en><head><title>%s</title><meta name=author content='Ama Okafor'>%s</head><body>"
            "<article><h1>%s</h1><p>By Ama Okafor</p><p>%s</p>%s</article></body></html>" % (title, head, title, WORDS, more)).encode()


PAGES = {
    "/quizzes": page("Quizzes at the start", "<p>A study found the same: <a href='https://doi.org/10.5555/found'>"
                     "https://doi.org/10.5555/found</a>. See also <a href='https://doi.org/10.5555/synthesis'>a review</a>.</p>"),
    "/music": page("Music while they work", "<p>The trial: <a href='https://doi.org/10.5555/retracted'>here</a>; its "
                   "materials: <a href='https://doi.org/10.5555/corrected'>there</a>.</p>"),
    "/nothing": page("Do this tomorrow", "<p>Research shows that it always works for every child.</p>"),
    "/hostile": page("<script>alert(1)</script>\x1b[31mred", "<p>%s</p>" % ("<b>" * 3000),
                     "<meta property='og:title' content='\"><img src=x onerror=alert(1)>\x1b]0;x\x07 \u202egnp'>"),
    "/unsure": page("Quizzes in June", "", "<meta property=og:site_name content=Schoolwork>"
                    "<meta property=article:modified_time content=2026-06-01>").replace(b"<p>By Ama Okafor</p>", b"").replace(b"Ama Okafor", b"Schoolwork"),
    "/deep": b"<!doctype html><p>" + b"<div>" * 400000 + b"x",
    "/robots.txt": b"User-agent: *\nDisallow: /closed\n",
    "/closed": page("Closed", ""),
}
STATUS = {"id": "123", "uri": "https://s.example/users/okafor/statuses/123", "url": "%s/@okafor/123",
          "created_at": "2026-11-20T08:00:00.000Z", "visibility": "public", "language": "en",
          "content": "<p>We start Year 8 maths with three questions from last month, and my class keeps more of it. "
                     "<a href=\"%s/quizzes\">the whole story</a></p>",
          "account": {"id": "9", "acct": "okafor", "username": "okafor", "display_name": "Ms Okafor", "url": "%s/@okafor"},
          "media_attachments": [], "mentions": [], "tags": [], "favourites_count": 3, "reblogs_count": 1, "replies_count": 0}


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        with open(FOLDER / "log", "a") as log:
            log.write(self.path + "\n")
        own = "http://" + self.headers["Host"]
        if self.path == "/api/v1/statuses/123":
            status = {k: v % own if k == "url" else v % own if k == "content" else v for k, v in STATUS.items()}
            status["account"] = dict(STATUS["account"], url=STATUS["account"]["url"] % own)
            return self.give(200, json.dumps(status).encode(), "application/json")
        if self.path.startswith("/xrpc/app.bsky.feed.getPosts?uris=at%3A%2F%2Fokafor.example%2Fapp.bsky.feed.post%2F3k7"):
            post = {"uri": "at://did:plc:okafor/app.bsky.feed.post/3k7", "cid": "x", "indexedAt": "2026-11-20T08:00:00Z",
                    "author": {"did": "did:plc:okafor", "handle": "okafor.example", "displayName": "Ms Okafor"},
                    "record": {"$type": "app.bsky.feed.post", "createdAt": "2026-11-20T08:00:00Z", "langs": ["en"],
                               "text": "Rosenshine (2012) says it: review what was taught before you go on. My class does. Here",
                               "facets": [{"index": {"byteStart": 83, "byteEnd": 87}, "features": [{"$type": "app.bsky.richtext.facet#link", "uri": own + "/nothing"}]}]}}
            return self.give(200, json.dumps({"posts": [post]}).encode(), "application/json")
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.2:%d/quizzes" % self.server.server_port)
            self.end_headers()
            return None
        body = PAGES.get(self.path)
        return self.give(404, b"<p>No.</p>", "text/html") if body is None else self.give(
            200, body, "text/plain" if self.path == "/robots.txt" else "text/html; charset=utf-8")

    def give(self, status, body, kind):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
(FOLDER / "address.new").write_text("http://127.0.0.1:%d" % server.server_port)
(FOLDER / "address.new").rename(FOLDER / "address")
server.serve_forever()
PY
python3 "$work/pages.py" "$work/site" &
site=$!
trap 'kill "$registry" "$site" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 200); do [ -s "$work/site/address" ] && [ -s "$work/registry/address" ] && break; sleep 0.05; done
at=$(cat "$work/site/address")
registry_at=$(cat "$work/registry/address")
sed -i "s|^  look-up-works no|  look-up-works yes\n  timeout 3 s\n  crossref $registry_at\n  datacite $registry_at|" "$home/config/discern.conf"
discern() { "$DISCERN_BIN" --home "$home" "$@"; }
is() { [ "$1" = "$2" ] || { echo "got '$1', wanted '$2'"; return 1; }; }
json() { jq -r "$1" "$work/out"; }

# Nobody allowed this machine: it is not even asked.
check "a page on this machine is refused" status 1 discern check "$at/quizzes"
check "in one line that says why" one_line '127\.0\.0\.1 is not a public address'
check "what is known is shown all the same" grep -q 'It could not be read' "$work/out"
check "it was not asked" test ! -e "$work/site/log"
check "nor is localhost" status 1 discern check "http://localhost:${at##*:}/quizzes"
check "no address is wrong usage" status 2 discern check "not an address"
check "nor is a file" status 2 discern check "file:///etc/passwd"
check "one address at a time" status 2 discern check "$at/quizzes" "$at/music"
check "still nobody was asked" test ! -e "$work/site/log"

cat >>"$home/config/sources.conf" <<CONF
source okafor
  kind mastodon
  account @okafor@s.example
  server $at
  allow-loopback yes
CONF
cat >>"$home/config/sources.conf" <<CONF
source okafor-sky
  kind bluesky
  account okafor.example
  server $at
  allow-loopback yes
CONF
check "an allowed one is read" status 0 discern --json check "$at/quizzes"
check "as a page" is "$(json .kind)" page
check "with its title" is "$(json .title)" "Quizzes at the start"
check "and author" is "$(json '.pages[0].authors[0]')" "Ama Okafor"
check "what it rests on is looked up" is "$(json '[.references[]|select(.id=="10.5555/found")|.title,.year,.state,.notice]|join("|")')" \
    "Spaced quizzes in Year 8 mathematics|2019|found|none"
check "a review is known for one" is "$(json '.references[]|select(.id=="10.5555/synthesis").synthesis')" true
check "which is level 4" is "$(json .evidence.level)" 4
check "no retraction is known, and of how many works" is "$(json .retractions)" "None known for the 2 works that were looked up."
check "each work was asked for once" is "$(grep -c '^/works/10.5555%2Ffound' "$work/registry/log")" 1
check "again, nothing is asked of the registry" status 0 discern check "$at/quizzes"
check "for it is kept" is "$(grep -c '^/works/10.5555%2Ffound' "$work/registry/log")" 1
check "in words, too" grep -q '^    DOI: Journal of Classroom Enquiry, 2019' "$work/out"

check "an author and a day that the page only hints at" status 0 discern check "$at/unsure"
check "are not told as facts" grep -q '^Schoolwork (not certain) . Schoolwork . last changed 1 June 2026' "$work/out"
check "as JSON" status 0 discern --json check "$at/unsure"
check "it says how sure they are" is "$(json '.pages[0].surety | .authors < 0.6 and .published < 0.6 and .title > 0.8')" true

check "what was retracted" status 0 discern check "$at/music"
check "is said" grep -q 'RETRACTED' "$work/out"
check "is to be checked first" grep -q '^Check first' "$work/out"
check "what was corrected as well" grep -q 'Corrected after it appeared' "$work/out"
check "and counted" grep -q '1 retracted or under doubt, 1 corrected, of 2 works' "$work/out"

check "a page with nothing behind it" status 0 discern --json check "$at/nothing"
check "rests on nothing" is "$(json '.references|length')" 0
check "misses a link to a source" is "$(json '.evidence.missing|index("a link to a source") != null')" true
check "and claims too much: in its own words" is "$(json '[.questions[]|select(.question=="Does it claim too much?").found[]|select(test("Research shows"))]|length > 0')" true

check "and what it claims is said in one sentence of its own" is "$(json '.questions[]|select(.question|test("claim, in its own")).found[0]')" "“Research shows that it always works for every child.”"

check "a post is asked of its network" status 0 discern --json check "$at/@okafor/123"
check "as a post" is "$(json .kind)" post
check "with the page behind it" is "$(json '.pages[0].title')" "Quizzes at the start"
check "and what that rests on" is "$(json '[.references[].id]|index("10.5555/found") != null')" true
check "one of Bluesky too" status 0 discern --json check "https://bsky.app/profile/okafor.example/post/3k7"
check "as a post" is "$(json .kind)" post
check "of its author" is "$(json '.questions[0].found[0]')" "Ms Okafor"
check "it cannot lead to this machine" is "$(json '.pages[0].problem')" "127.0.0.1: 127.0.0.1 is not a public address"
check "with what it names" is "$(json '[.references[]|select(.kind=="citation").text]|any(test("Rosenshine"))')" true
check "what is no status is read as a page" status 1 discern check "$at/@okafor/999"

check "a hostile page is read" status 0 discern check "$at/hostile"
check "no escape sequence comes out" sh -c "! grep -qP '\\x1b|\\x07|\\x{202e}' '$work/out'"
check "nor markup" status 0 discern check --html "$at/hostile"
check "that is not escaped" python3 - "$work/out" <<'PY'
import html.parser, sys
class Page(html.parser.HTMLParser):
    seen, bad = [], []
    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        if tag in ("script", "img", "iframe", "object") or any(k.startswith("on") for k, _ in attrs):
            self.bad.append((tag, attrs))
page = Page()
page.feed(open(sys.argv[1], encoding="utf-8").read())
assert not page.bad, page.bad
assert "main" in page.seen
PY
check "one of 400,000 open elements ends soon" timeout 20 "$DISCERN_BIN" --home "$home" --json check "$at/deep"
check "what is not there" status 1 discern check "$at/gone"
check "is said" one_line 'is not there'
check "what robots.txt closes stays closed" status 1 discern check "$at/closed"
check "and says so" one_line 'robots'
check "nobody leads on to another machine" status 1 discern check "$at/away"
check "which is said" one_line 'not a public address'

# Who of our own sources posted it.
make_feed "$work/feeds/one.xml" "Ms Okafor teaches" "<item><guid>g-1</guid><title>Read this on quizzes</title><link>https://blog.example/1</link><pubDate>Tue, 24 Nov 2026 01:00:00 GMT</pubDate><description>&lt;a href=&quot;$at/quizzes&quot;&gt;here&lt;/a&gt; is how we do it</description></item>"
check "our own posts are pulled" status 0 discern pull --source one
check "the page is checked" status 0 discern --json check "$at/quizzes"
check "and our own source that led to it is named" is "$(json '.in_our_sources[0].item')" one/g-1

# A post of a network that gives nothing out is known when one of our own sources kept it.
printf '%s\n' '{"id":"1860000000000000003","text":"Rosenshine (2012) says it: review what was taught. My class does.","created_at":"2026-11-20T10:00:00.000Z","author_id":"7","author":{"id":"7","username":"okafor","name":"Ms Okafor"}}' >"$work/tweets.jsonl"
check "a saved post is taken in" status 0 discern import "$work/tweets.jsonl"
check "and checked by its address" status 0 discern --json check https://x.com/okafor/status/1860000000000000003
check "as a post" is "$(json .kind)" post
check "that we have" is "$(json '.in_our_sources[0].item')" imported-twarc/1860000000000000003
check "under any of its addresses" status 0 discern --json check https://mobile.twitter.com/okafor/statuses/1860000000000000003
check "so does why" status 0 discern judge
check "that has it as well" status 0 discern why https://twitter.com/okafor/status/1860000000000000003

check "the page" status 0 discern check --html "$at/quizzes"
check "has what it rests on, missing and found" sh -c "for w in 'What it rests on' 'Retractions and corrections' 'Questions to ask of it' 'In our own sources'; do grep -q \"\$w\" '$work/out' || exit 1; done"
check "the same call gives the same bytes" sh -c "cp '$work/out' '$work/first'; '$DISCERN_BIN' --home '$home' check --html '$at/quizzes' | cmp - '$work/first'"
# The same in the browser: by a form alone.
"$DISCERN_BIN" --home "$home" serve --port 0 >"$work/serve.out" 2>"$work/serve.err" &
web=$!
for _ in $(seq 200); do grep -qs 'http://' "$work/serve.out" && break; sleep 0.05; done
check "a form asks for the check; nothing else does" python3 - "$(grep -oE '127\.0\.0\.1:[0-9]+' "$work/serve.out")" "$at" "$work/site/log" <<'PY'
import http.client, re, sys, urllib.parse
address, site, log = sys.argv[1:]

def ask(method, path, fields=None):
    connection = http.client.HTTPConnection(address, timeout=60)
    connection.request(method, path, urllib.parse.urlencode(fields) if fields else None,
                       {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://" + address} if fields else {})
    answer = connection.getresponse()
    page = answer.read().decode("utf-8")
    if answer.status == 303:
        return ask("GET", answer.getheader("Location"))
    return answer.status, page

def token():
    return re.search(r'name="token" value="([0-9a-f]+)"', ask("GET", "/check")[1]).group(1)

asked = len(open(log).read())
status, page = ask("GET", "/check?url=" + urllib.parse.quote(site + "/quizzes"))
assert status == 200 and len(open(log).read()) == asked, "a link from anywhere asks for a page"
assert ask("POST", "/check", {"token": "0" * 32, "url": site + "/quizzes"})[0] == 403
assert len(open(log).read()) == asked, "a made-up token asks for a page"
status, page = ask("POST", "/check", {"token": token(), "url": site + "/quizzes"})
assert status == 200 and "Spaced quizzes in Year 8 mathematics" in page and "Retractions and corrections" in page, (status, page[:2000])
status, page = ask("POST", "/check", {"token": token(), "url": "http://10.0.0.1/<script>"})
assert status in (200, 400) and "<script>" not in page, page
status, page = ask("POST", "/check", {"token": token(), "url": "nonsense"})
assert status == 400 and "no web address" in page, (status, page[:2000])
PY
kill -TERM "$web"
wait "$web"
check "its policy lets its own style in" python3 - "$work/first" <<'PY'
import base64, hashlib, re, sys
text = open(sys.argv[1], "rb").read()
style = re.search(rb"<style>(.*?)</style>", text, re.S).group(1)
assert base64.b64encode(hashlib.sha256(style).digest()) in text, "the style sheet is not the one that the policy names"
PY
finish
