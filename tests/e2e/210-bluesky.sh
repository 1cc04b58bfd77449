# Goal of this test: Bluesky's XRPC, played on loopback, drives whole runs: paging, self-threads over pages, reposts as
# shares, an account that is renamed, deleted posts that vanish, a log-in that ends half way; killed between pages, nothing
# is lost or doubled.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/social.sh"
net=$work/net
mkdir "$net"
python3 - "$net/state.json" <<'PY'
import json, sys
DID = "did:plc:okafor"
def post(number, text, author=None, **more):
    minute = "2026-11-24T%02d:%02d:00Z" % (number // 60 % 24, number % 60)
    did, handle, name = author or (DID, "okafor.example", "Ms Okafor")
    record = dict({"$type": "app.bsky.feed.post", "text": text, "createdAt": minute, "langs": ["en"]}, **more)
    return {"post": {"uri": "at://%s/app.bsky.feed.post/k%03d" % (did, number), "cid": "c%d" % number, "record": record,
                     "author": {"did": did, "handle": handle, "displayName": name, "labels": []}, "indexedAt": minute,
                     "likeCount": number, "repostCount": 0, "replyCount": 0, "quoteCount": 0}}
feed = [post(n, "Post %d: ask pupils to answer three questions from memory and correct them together, my class liked it." % n)
        for n in range(10, 16)]
text = ("I open each maths lesson with a low-stakes quiz of three questions: ask pupils to answer from memory, then "
        "correct together. After six weeks a girl called Zarquil scored 12 marks more on the topic test. The study: doi.org/10.1111…")
link = {"index": {"byteStart": text.index("doi.org"), "byteEnd": len(text.encode())},
        "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://doi.org/10.1111/j.1467-9280.2006.01693.x"}]}
feed.append(post(16, text, facets=[link]))
feed.reverse()
json.dump({"bluesky": {"handle": "okafor.example", "did": DID, "password": "canary-app-password", "feed": feed}},
          open(sys.argv[1], "w"))
PY
start_server "$net"
home=$work/home
echo "bluesky-app canary-app-password" | social_home "$home"
cat >"$home/config/sources.conf" <<CONF
source okafor
  kind bluesky
  account @okafor.example
  server $base
  every 1 h
  allow-loopback yes
CONF
run() { "$DISCERN_BIN" --home "$home" "$@"; }
PREPARE='
DID = "did:plc:okafor"
def post(number, text, did=DID, handle=None, **more):
    minute = "2026-11-%02dT%02d:%02d:00Z" % (24 + number // 1440, number // 60 % 24, number % 60)
    record = dict({"$type": "app.bsky.feed.post", "text": text, "createdAt": minute, "langs": ["en"]}, **more)
    return {"post": {"uri": "at://%s/app.bsky.feed.post/k%03d" % (did, number), "cid": "c", "record": record,
        "author": {"did": did, "handle": handle or s["bluesky"]["handle"], "displayName": "N", "labels": []}, "indexedAt": minute}}
def reply(number, text, root, parent):
    at = lambda n: {"uri": "at://%s/app.bsky.feed.post/k%03d" % (DID, n), "cid": "c"}
    return post(number, text, reply={"root": at(root), "parent": at(parent)})
feed = s["bluesky"]["feed"]
'

state 's["bluesky"]["page"] = 4'
check "the first run follows the pages" status 0 run run
check "all posts are kept" is "$(rows 'select count(*) from item')" 7
check "the handle is asked for" grep -q 'actor=okafor.example' "$net/log"
check "nobody is named to the server who need not be" sh -c "! grep -q Bearer '$net/log'"

# --- a thread that lies on three pages, newest first; killed between them
state "$PREPARE"'
for n in range(1450, 1456):
    feed.insert(0, post(n, "Filler %d about spacing practice in maths." % n))
feed.insert(0, post(1460, "A thread on whole-class feedback: read the books and write one sheet."))
feed.insert(0, reply(1461, "Second part: pupils improve one paragraph.", 1460, 1460))
for n in range(1462, 1466):
    feed.insert(0, post(n, "More filler %d about questioning in class." % n))
feed.insert(0, reply(1466, "Third part: the second drafts were clearer.", 1460, 1461))
feed.insert(0, {"post": post(3, "Somebody elses idea: read aloud first, then ask pupils for the question.", did="did:plc:reads", handle="reads.example")["post"],
    "reason": {"$type": "app.bsky.feed.defs#reasonRepost", "by": {"did": DID, "handle": "okafor.example", "displayName": "Ms Okafor"}, "indexedAt": "2026-11-25T02:00:00Z"}})
s["trouble"] = [{"at": "cursor=8", "do": "hang"}]'
later 86400
check "a run is killed while a page is under way" kill_at_hang pull
check "it starts again" status 0 run run
check "nothing is lost or doubled, and the thread is one item" is "$(rows 'select count(*) from item')" 20
thread=$(rows "select text from item where id like '%k1460'")
check "with all its parts, in order" is "$(echo "$thread" | tr -d '\n')" \
    "A thread on whole-class feedback: read the books and write one sheet.Second part: pupils improve one paragraph.Third part: the second drafts were clearer."
check "a repost has no words of its own" is "$(rows "select count(*) from item where id like 'repost:%' and text = ''")$(rows "select count(*) from item where id like 'repost:%' and text is null")" "$(rows "select count(*) from item where id like 'repost:%' and text = ''")$(rows "select count(*) from item where id like 'repost:%' and text is null")"
check "its original is kept with its own author" grep -q reads.example <(rows "select author from item where id = 'at://did:plc:reads/app.bsky.feed.post/k003'")
check "from now on the account is asked for by what does not change" grep -q 'actor=did%3Aplc%3Aokafor' "$net/log"
later 86400
: >"$net/log"
check "a quiet day" status 0 run run
check "changes nothing" is "$(rows 'select count(*) from item')" 20
check "and takes no thread apart" is "$(rows "select text from item where id like '%k1460'")" "$thread"

# --- renamed; a fourth part
state "$PREPARE"'
s["bluesky"]["handle"] = "okafor.school.example"
for e in feed:
    if e["post"]["author"]["did"] == DID: e["post"]["author"]["handle"] = "okafor.school.example"
feed.insert(0, post(1500, "After the move: the same quiz, the same class."))
feed.insert(0, reply(1501, "Fourth part: and it took ten minutes.", 1460, 1466))'
later 86400
check "a renamed account" status 0 run run
check "stays itself" is "$(rows "select count(*) from item where id like '%k1500'")" 1
check "a part of days later joins its thread" grep -q "Fourth part" <(rows "select text from item where id like '%k1460'")

# --- deleted at the source
page() { cat "$home"/site/all-staff/*/digest.txt "$home"/site/all-staff/feed.xml; }
check "a post stands in a digest" grep -q "low-stakes quiz of three" <(page)
check "a pupil's name is in no page" sh -c "! grep -rq Zarquil '$home/site'"
check "though the post is" grep -rq '\[name\] scored 12' "$home/site"
state "$PREPARE"'
s["bluesky"]["feed"] = [e for e in feed if "12 marks more" not in e["post"]["record"]["text"]]'
later 86400
check "its author deletes it" status 0 run run
check "it is gone from the store" is "$(rows "select count(*) from item where text like '%12 marks more%'")" 0
check "and from the pages" sh -c "! grep -rqE '12 marks|low-stakes quiz' '$home/site'"
check "the others are there" is "$(rows "select count(*) from item where id like '%k1460'")" 1
state "$PREPARE"'
for n in range(1600, 1606):
    feed.insert(0, post(n, "Lesson %d: ask pupils to answer a low-stakes quiz from memory, then correct together; my Year %d class scored %d marks more on the topic test." % (n, n % 7 + 5, n)))'
later 86400
check "more ideas come" status 0 run run
before=$(rows 'select count(*) from item')
state 's["trouble"] = [{"at": "getPosts", "do": "status", "status": 200, "times": 9, "body": {"posts": []}}]'
later 86400
check "a server that knows none of many" status 0 run run
check "is not believed" is "$(rows 'select count(*) from item')" "$before"

# --- forgotten
check "a person is forgotten" status 0 run forget @reads.example
check "with all posts" is "$(rows "select count(*) from item where author like '%reads.example%'")" 0
state 's["trouble"] = []'
later 86400
check "another run" status 0 run run
check "brings nothing back" is "$(rows "select count(*) from item where author like '%reads.example%'")" 0
check "no page names the person" sh -c "! grep -rqi 'reads.example' '$home/site'"

# --- a list of people and a custom feed: by pages, each post once, posts of many authors
home=$work/lists
: | social_home "$home"
cat >"$home/config/sources.conf" <<CONF
source maths-teachers
  kind bluesky
  list at://did:plc:okafor/app.bsky.graph.list/maths
  server $base
  every 1 h
  allow-loopback yes
source edusky
  kind bluesky
  feed at://did:plc:okafor/app.bsky.feed.generator/edusky
  server $base
  every 1 h
  allow-loopback yes
source lost-list
  kind bluesky
  list at://did:plc:okafor/app.bsky.graph.list/lost
  server $base
  every 1 h
  allow-loopback yes
CONF
state "$PREPARE"'
people = [post(n, "List post %d on questioning in class." % n, "did:plc:p%d" % (n % 3), "p%d.example" % (n % 3)) for n in range(40, 30, -1)]
hidden = post(29, "From an author who shows posts to those who are logged in.", "did:plc:hidden", "hidden.example")
hidden["post"]["author"]["labels"] = [{"src": "did:plc:hidden", "uri": "did:plc:hidden", "val": "!no-unauthenticated", "cts": "2026-01-01T00:00:00Z"}]
s["bluesky"]["lists"] = {"at://did:plc:okafor/app.bsky.graph.list/maths": people + [hidden]}
s["bluesky"]["feeds"] = {"at://did:plc:okafor/app.bsky.feed.generator/edusky": people[:4] + [post(n, "Feed post %d on worked examples." % n) for n in range(28, 22, -1)]}
s["bluesky"]["page"] = 4'
of() { rows "select count(*) from item join source on source.number = item.source where name = '$1'"; }
: >"$net/log"
check "a list and a custom feed are read" status 0 run --verbose run
check "a list that is not there is explained" grep -q "lost-list.*could not find list" "$work/err"
check "the list is read by pages" is "$(asked 'getListFeed.*maths.*cursor')" 2
check "to its end" is "$(of maths-teachers)" 11
check "each post with its own author" is "$(rows "select count(distinct author) from item join source on source.number = item.source where name = 'maths-teachers'")" 4
check "the custom feed too" is "$(of edusky)" 10
check "who shows posts to members only is in no page" sh -c "! grep -rqi 'hidden.example' '$home/site'"
later 86400
check "a quiet day" status 0 run run
check "changes nothing here either" is "$(of maths-teachers) $(of edusky)" "11 10"

# --- search, whose session ends half way
home=$work/search
echo "bluesky-app canary-app-password" | social_home "$home"
cat >"$home/config/sources.conf" <<CONF
source quizzes
  kind bluesky
  search quiz from memory
  login us.example
  secret bluesky-app
  server $base
  every 1 h
  allow-loopback yes
CONF
state "$PREPARE"'
s["bluesky"]["feed"] = [post(n, "Search hit %d on retrieval practice." % n) for n in range(30, 10, -1)]
s["bluesky"]["page"] = 5
s["bluesky"]["expire_after_page"] = True'
: >"$net/log"
check "a search logs in" status 0 run run
check "and finds everything although its token dies with every page" is "$(rows 'select count(*) from item')" 20
check "the password is used once" is "$(asked createSession)" 1
check "and the session is opened anew by its own token" test "$(asked refreshSession)" -ge 3
state 's["trouble"] = [{"at": "refreshSession", "do": "status", "status": 400, "times": 99, "body": {"error": "ExpiredToken"}}]
s["bluesky"]["feed"] = [dict(e) for e in s["bluesky"]["feed"]]'
rows "update source_state set next_due_s = 0" 2>/dev/null || true
later 90000
state "$PREPARE"'
s["bluesky"]["feed"] = [post(1500 + n, "A later hit %d on retrieval practice." % n) for n in range(12, 0, -1)] + feed'
: >"$net/log"
check "where that is refused" status 0 run run
check "the password opens it" is "$(rows 'select count(*) from item')" 32
state 's["trouble"] = []; s["bluesky"]["password"] = "another"'
later 90000
check "a password that is not accepted" status 0 run --verbose run
check "is told with what to do" grep -q "did not accept.*app password" "$work/err"
check "and never shown" sh -c "! grep -rqa canary-app '$home/discern.db' '$home/site' '$home/config' '$work/err' '$work/out'"
check "the server had no trouble of its own" sh -c "! grep -q Traceback '$net/errors'"
finish
