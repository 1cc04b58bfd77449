# Goal of this test: a single post of X, Bluesky or Mastodon is checked by its address alone: asked of its network with the
# school's key and within the month's money; what is missing for that is said in one line, and costs nothing.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/social.sh"
net=$work/net
mkdir "$net"
python3 - "$net/state.json" <<'PY'
import json, sys
quote = "2070000000000000002"
posts = [
    {"id": "2070000000000000001", "author_id": "11", "lang": "en", "created_at": "2026-11-24T08:00:00Z", "conversation_id": "2070000000000000001",
     "edit_history_tweet_ids": ["2070000000000000001"],
     "text": "We start Year 8 maths with three questions from memory, as Rosenshine (2012) says. My class kept more of it. https://t.co/a",
     "entities": {"urls": [{"url": "https://t.co/a", "expanded_url": "https://doi.org/10.5555/found", "display_url": "doi.org"}]},
     "public_metrics": {"like_count": 4, "retweet_count": 1, "reply_count": 0, "quote_count": 0},
     "referenced_tweets": [{"type": "quoted", "id": quote}]},
    {"id": "2070000000000000005", "author_id": "11", "protected": True, "text": "x"}]
others = [{"id": quote, "author_id": "22", "lang": "en", "created_at": "2026-11-23T08:00:00Z", "text": "Quizzes help, says a study."}]
users = {"11": {"username": "OkaforTeaches", "name": "Ms Okafor"}, "22": {"username": "HalloranReads", "name": "H"}}
sky = {"handle": "okafor.example", "did": "did:plc:okafor", "feed": [{"post": {
    "uri": "at://okafor.example/app.bsky.feed.post/3k7", "cid": "x", "indexedAt": "2026-11-20T08:00:00Z",
    "author": {"did": "did:plc:okafor", "handle": "okafor.example", "displayName": "Ms Okafor"},
    "record": {"$type": "app.bsky.feed.post", "createdAt": "2026-11-20T08:00:00Z", "langs": ["en"],
               "text": "Rosenshine (2012) says it: review what was taught before you go on. My class does."}}}]}
account = {"id": "9", "acct": "okafor", "username": "okafor", "display_name": "Ms Okafor", "url": "{{BASE}}/@okafor"}
house = {"account": account, "statuses": [
    {"id": "123", "uri": "{{BASE}}/users/okafor/statuses/123", "url": "{{BASE}}/@okafor/123", "created_at": "2026-11-20T08:00:00.000Z",
     "visibility": "public", "language": "en", "content": "<p>Three questions from memory open each lesson; my class keeps more of it.</p>",
     "account": account, "media_attachments": [], "mentions": [], "tags": [], "favourites_count": 3, "reblogs_count": 1, "replies_count": 0}]}
json.dump({"x": {"token": "canary-token-of-x", "posts": posts, "others": others, "users": users}, "bluesky": sky, "mastodon": house},
          open(sys.argv[1], "w"))
PY
start_server "$net"
home=$work/home
echo "x-token canary-token-of-x" | social_home "$home"
cat >"$home/config/sources.conf" <<CONF
source maths-teachers
  kind x
  list 4242
  secret x-token
  server $base
  allow-loopback yes
source okafor-sky
  kind bluesky
  account okafor.example
  server $base
  allow-loopback yes
source okafor
  kind mastodon
  account @okafor@s.example
  server $base
  allow-loopback yes
CONF
post=https://x.com/OkaforTeaches/status/2070000000000000001
run() { "$DISCERN_BIN" --home "$home" "$@"; }
json() { jq -r "$1" "$work/out"; }
spent() { rows 'select coalesce(sum(cost_micro), 0) from spending'; }

# --- X
check "a post of X is checked" status 0 run --json check "$post"
check "as a post" is "$(json .kind)" post
check "of its author, whoever stands in its address" is "$(json '.questions[0].found[0]')" "Ms Okafor"
check "with what it rests on" is "$(json '[.references[].id]|index("10.5555/found") != null')" true
check "and what it names" is "$(json '[.references[]|select(.kind=="citation").text]|any(test("Rosenshine"))')" true
check "one request was all" is "$(wc -l <"$net/log")" 1
check "for the same fields as a run asks for" grep -q 'tweets/2070000000000000001?tweet.fields=created_at,lang,public_metrics,entities' "$net/log"
check "the post, what it quotes and its author are booked: 0.02 dollars" is "$(spent)" 20000
check "the key is told nobody" sh -c "! grep -q canary-token '$work/out' '$work/err'"
check "any of its addresses does" status 0 run check "https://mobile.twitter.com/anybody/status/2070000000000000001?s=20"
check "and says who it really is" grep -q 'Ms Okafor' "$work/out"

state 's["x"]["vocabulary"] = "posts"'
before=$(spent)
check "a network that wants the other words" status 0 run --json check "$post"
check "is asked in them" is "$(json '.questions[0].found[0]')" "Ms Okafor"
check "and what it refused costs nothing" is "$(($(spent) - before))" 15000
state 's["x"]["vocabulary"] = "tweets"'

before=$(spent)
check "a post that is not there" status 1 run check https://x.com/OkaforTeaches/status/2070000000000000009
check "is said to be none in one line" one_line 'has no such post'
check "one that is not shown to everybody" status 1 run check https://x.com/OkaforTeaches/status/2070000000000000005
check "as well" one_line 'X does not give this out'
check "neither costs anything" is "$(spent)" "$before"
check "the web page of a post is never asked for" sh -c "! grep -qv ' /2/' '$net/log'"

state 's["trouble"] = [{"at": "/2/tweets/", "do": "status", "status": 429, "times": 1, "headers": {"x-rate-limit-reset": "'$((DISCERN_NOW + 900))'"}}]'
check "a network that is asked too much" status 75 run check "$post"
check "is told of" one_line 'could not be read'
check "and costs nothing" is "$(spent)" "$before"
state 's["trouble"] = [{"at": "/2/tweets/", "do": "cut", "times": 1}]'
check "an answer that breaks off" status 75 run check "$post"
check "may have been charged, and stays booked" test "$(spent)" -gt "$before"
state 's["trouble"] = []'

# What our own source kept is not paid for again.
state 's["x"]["list"] = [dict(s["x"]["posts"][0])]'
check "our own source reads it" status 0 run pull --source maths-teachers
: >"$net/log"
check "it is checked again" status 0 run --json check "$post"
check "from what is kept" is "$(json '.in_our_sources[0].item')" maths-teachers/2070000000000000001
check "without a question to X" is "$(asked /2/)" 0

# Money and key.
: >"$net/log"
sed -i 's/^x-budget .*/x-budget 0.02/' "$home/config/discern.conf"
check "no money left" status 1 run check https://x.com/HalloranReads/status/2070000000000000002
check "is said, with what to do" one_line 'budget for X is used up'
sed -i '/^x-budget/d' "$home/config/discern.conf"
check "no money at all" status 1 run check https://x.com/HalloranReads/status/2070000000000000002
check "as well" one_line 'give `x-budget DOLLARS` .a month. in discern.conf'
sed -i '/^source maths/,/^source okafor-sky/{/^source okafor-sky/!d}' "$home/config/sources.conf"
: >"$home/secrets"
check "no key" status 1 run check https://x.com/HalloranReads/status/2070000000000000002
check "is one line that says where to put it, and the money" one_line "put a line 'x-token VALUE' into the secrets file.*x-budget DOLLARS.*check the page that the post links to"
check "X was asked nothing" is "$(asked /2/)" 0

check "what was not read is not judged" sh -c "! grep -q 'No source given' '$work/out' && grep -q 'nothing is said about them' '$work/out'"
check "nor in a page" status 1 run check --html https://x.com/HalloranReads/status/2070000000000000002
check "there" sh -c "! grep -q 'Questions to ask' '$work/out' && grep -q 'nothing is said about them' '$work/out'"

# --- the networks that are free
check "a post of Bluesky" status 0 run --json check https://bsky.app/profile/okafor.example/post/3k7
check "is read with nothing but its address" is "$(json '.kind + " " + .questions[0].found[0]')" "post Ms Okafor"
check "one that is not there" status 1 run check https://bsky.app/profile/okafor.example/post/none
check "is told in one line" one_line 'could not be read'
check "a status of Mastodon" status 0 run --json check "$base/@okafor/123"
check "as well" is "$(json '.kind + " " + .questions[0].found[0]')" "post Ms Okafor"
check "under its other address" status 0 run --json check "$base/users/okafor/statuses/123"
check "too" is "$(json .kind)" post
check "the server had no trouble of its own" sh -c "! grep -q Traceback '$net/errors'"
finish
