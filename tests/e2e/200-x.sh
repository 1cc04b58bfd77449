# Goal of this test: X's API v2, played on loopback, drives whole runs: paging, since_id, both vocabularies, partial
# errors, rate limits and the budget obeyed across runs, keys explained in words; killed between pages, nothing is lost
# or doubled.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/social.sh"
net=$work/net
mkdir "$net"
python3 - "$net/state.json" <<'PY'
import json, sys
def post(number, text, author="11", **more):
    return dict({"id": str(2070000000000000000 + number), "author_id": author, "text": text, "lang": "en",
                 "created_at": "2026-11-24T%02d:%02d:00Z" % (number // 60 % 24, number % 60), "conversation_id":
                 str(2070000000000000000 + number), "edit_history_tweet_ids": [str(2070000000000000000 + number)],
                 "public_metrics": {"like_count": number, "retweet_count": 1, "reply_count": 0, "quote_count": 0}}, **more)
posts = [post(n, "Starter %d: ask pupils to answer three questions from memory, then correct together. It worked in my "
              "Year 8 class after week %d." % (n, n)) for n in range(1, 6)]
json.dump({"x": {"token": "canary-token-of-x", "posts": posts, "others": [], "users": {
    "11": {"username": "OkaforTeaches", "name": "Ms Okafor"}, "22": {"username": "HalloranReads", "name": "H"},
    "33": {"username": "ThirdTeacher", "name": "T"}}}}, open(sys.argv[1], "w"))
PY
start_server "$net"
home=$work/home
echo "x-token canary-token-of-x" | social_home "$home"
cat >"$home/config/sources.conf" <<CONF
source okafor
  kind x
  user @OkaforTeaches
  secret x-token
  server $base
  every 1 h
  allow-loopback yes
CONF
run() { "$DISCERN_BIN" --home "$home" "$@"; }

check "the first run reads the timeline" status 0 run run
check "all posts are kept" is "$(rows 'select count(*) from item')" 5
check "the key goes to the network" grep -q "Bearer canary-token-of-x" "$net/log"
check "but into no file of ours" sh -c "! grep -rqa canary-token '$home/discern.db' '$home/site' '$home/config'"
check "five posts and one user are booked: 0.035 dollars" is "$(rows 'select sum(cost_micro) from spending')" 35000

# --- walks on from what was seen; killed between two pages
state 's["x"]["page"] = 5
for n in range(6, 26):
    p = dict(s["x"]["posts"][0]); p["id"] = str(2070000000000000000 + n); p["text"] = "Later post %d: a quiz from memory helped my class." % n
    p["edit_history_tweet_ids"] = [p["id"]]; p["conversation_id"] = p["id"]; s["x"]["posts"].append(p)
s["trouble"] = [{"at": "pagination_token=10", "do": "hang"}]'
later 86400
: >"$net/log"
check "a run is killed while the third page is under way" kill_at_hang pull
check "what came before is kept" is "$(rows 'select count(*) from item')" 15
check "it starts again" status 0 run pull
check "and nothing is lost" is "$(rows 'select count(*) from item')" 25
check "nor doubled" is "$(rows 'select count(distinct id) from item')" 25
check "it asked for what is newer only" sh -c "grep -q 'since_id=2070000000000000005' '$net/log'"
run doctor >"$work/doctor" 2>&1
check "the doctor tells what it has cost" sh -c "cat '$work/doctor'; grep -qE 'X has cost [01]\.[0-9]+ of [0-9]+\.[0-9]+ dollars' '$work/doctor'"
check "the user was not asked for again" is "$(asked by/username)" 0
later 86400
: >"$net/log"
check "another run" status 0 run pull
check "asks from the newest on" is "$(asked since_id=2070000000000000025)" 1
check "and finds nothing" is "$(rows 'select count(*) from item')" 25

# --- a rate limit is obeyed across runs
state 's["trouble"] = [{"at": "/tweets", "do": "status", "status": 429, "headers": {"x-rate-limit-limit": "900", "x-rate-limit-remaining": "0", "x-rate-limit-reset": str(s.get("now", 1795590000) + 900)}, "body": {"title": "Too Many Requests"}}]'
later 86400
state "s['now'] = $DISCERN_NOW; s['trouble'][0]['headers']['x-rate-limit-reset'] = str($DISCERN_NOW + 900)"
: >"$net/log"
check "a limit is no trouble" status 0 run pull
check "it is asked once" is "$(asked /tweets)" 1
later 300
check "before the reset" status 0 run pull
check "nothing is asked" is "$(asked /tweets)" 1
check "nor by name" status 0 run pull --source okafor
check "in any way" is "$(asked /tweets)" 1
later 90000
check "after it" status 0 run pull
check "it goes on" is "$(asked /tweets)" 2

# --- what the key may read in a month is used up: that needs a person, and is no limit of minutes
state 's["trouble"] = [{"at": "/tweets", "do": "status", "status": 429, "body": {"title": "UsageCapExceeded", "detail": "Usage cap exceeded: Monthly product cap", "period": "Monthly", "scope": "Product", "type": "https://api.twitter.com/2/problems/usage-capped"}}]'
later 86400
check "a cap that is reached does not stop the run" status 0 run --verbose pull
check "and is told with what to do" grep -q "used up (Usage cap exceeded.*raised in your account" "$work/err"
state 's["trouble"] = []'

# --- the other vocabulary, long posts, links, quotes, reposts, partial errors
state 's["x"]["vocabulary"] = "posts"; s["trouble"] = []
s["x"]["errors"] = [{"resource_id": "2070000000000000002", "resource_type": "post", "type": "https://api.x.com/2/problems/resource-not-found", "title": "Not Found Error", "detail": "x"}]
s["x"]["others"] = [{"id": "2069000000000000007", "author_id": "22", "username": "HalloranReads", "created_at": "2026-11-20T08:00:00Z", "text": "Whole original: read the text aloud first, then ask pupils to write the question it answers."}]
s["x"]["posts"] += [{"id": "2070000000000000100", "author_id": "11", "username": "OkaforTeaches", "created_at": "2026-11-28T08:00:00Z", "text": "Short form … https://t.co/aaa",
  "note_post": {"text": "The long form of the post: retrieval practice with worked examples. " + "word " * 80 + "https://t.co/aaa", "entities": {"urls": [{"url": "https://t.co/aaa", "expanded_url": "https://bit.ly/zz", "unwound_url": "https://evidence.example/study", "title": "A study"}]}},
  "edit_history_post_ids": ["2070000000000000099", "2070000000000000100"]},
 {"id": "2070000000000000101", "author_id": "11", "username": "OkaforTeaches", "created_at": "2026-11-28T08:01:00Z", "text": "RT @HalloranReads: Whole orig…", "referenced_posts": [{"type": "reposted", "id": "2069000000000000007"}]}]'
later 86400
check "posts in the new words are read" status 0 run run
check "the long form is kept whole" grep -q "worked examples" <(rows "select text from item where id = '2070000000000000099'")
check "under the first id of its edits" is "$(rows "select count(*) from item where id = '2070000000000000100'")" 0
check "the original of a repost is kept" is "$(rows "select text from item where id = '2069000000000000007'")" \
    "Whole original: read the text aloud first, then ask pupils to write the question it answers."
check "with its own author" grep -q halloranreads <(rows "select lower(author) from item where id = '2069000000000000007'")
check "and the repost has no words of its own" is "$(rows "select count(*) from item where text like 'RT @%'")" 0
check "what came along counts as seen" sh -c "'$DISCERN_BIN' --home '$home' sources list | grep -E ' [0-9]+ of [0-9]+ ' | awk '{ for (i = 2; i < NF; i++) if (\$i == \"of\" && \$(i-1) > \$(i+1)) exit 1 }'"
check "a post that X calls gone is gone" is "$(rows "select count(*) from item where id = '2070000000000000002'")" 0
check "links are followed to their end" grep -q evidence.example <("$DISCERN_BIN" --home "$home" export)

# --- a list: authors are asked for once
state 's["x"]["vocabulary"] = "tweets"; s["x"]["errors"] = []
s["x"]["list"] = [{"id": str(2071000000000000000 + n), "author_id": "22" if n % 2 else "33", "created_at": "2026-12-01T08:00:00Z", "text": "List post %d on questioning in class" % n, "edit_history_tweet_ids": [str(2071000000000000000 + n)]} for n in range(1, 9)]'
cat >>"$home/config/sources.conf" <<CONF
source teachers
  kind x
  list 4242
  secret x-token
  server $base
  every 1 h
  allow-loopback yes
CONF
later 86400
: >"$net/log"
check "a list is read" status 0 run pull
check "all of it" is "$(rows "select count(*) from item join source on source.number = item.source where name = 'teachers'")" 8
check "its authors are known" is "$(rows "select count(*) from item where author like '%ThirdTeacher%'")" 4
check "by one question" is "$(asked '/2/users?')" 1
check "two users are booked for it" is "$(rows "select sum(count) from spending where kind = 'users'")" 3
later 86400
: >"$net/log"
check "the next day" status 0 run pull
check "nobody is asked for" is "$(asked '/2/users?')" 0
check "and nothing is doubled" is "$(rows "select count(*) from item join source on source.number = item.source where name = 'teachers'")" 8

# --- a search: by pages, once, and no further back than X reaches
search=$work/search
echo "x-token canary-token-of-x" | social_home "$search"
kept=$home
home=$search
cat >"$home/config/sources.conf" <<CONF
source quizzes
  kind x
  search exit quiz
  secret x-token
  server $base
  every 1 h
  allow-loopback yes
CONF
found='def found(n, hours, text):
    number = str(((s["now"] - hours * 3600) * 1000 - 1288834974657 << 22) + n)
    return dict(s["x"]["posts"][0], id=number, edit_history_tweet_ids=[number], conversation_id=number, author_id="22", text=text)
'
state "s['now'] = $DISCERN_NOW
$found
s['x']['page'] = 10
s['x']['posts'] += [found(n, n, 'An exit quiz on unit %d showed me what to teach again.' % n) for n in range(1, 26)] + [found(90, 3, 'Nothing of the kind.')]"
: >"$net/log"
check "a search is read to its end" status 0 run pull
check "what matches is kept" is "$(rows 'select count(*) from item')" 25
check "with its author" is "$(rows "select count(*) from item where author like '%HalloranReads%'")" 25
later 86400
state "s['now'] = $DISCERN_NOW
$found
s['x']['posts'].append(found(1, 2, 'Another exit quiz, marked by pupils.'))"
: >"$net/log"
check "the next day" status 0 run pull
check "asks for what is newer" is "$(asked since_id)" 1
check "and gets it" is "$(rows 'select count(*) from item')" 26
later $((9 * 86400))
state "s['now'] = $DISCERN_NOW
$found
s['x']['posts'].append(found(1, 2, 'An exit quiz after the holiday.'))"
: >"$net/log"
check "after more than a week" status 0 run pull
check "no bound is sent that X would refuse" is "$(asked since_id)" 0
check "what is new comes all the same" is "$(rows "select count(*) from item where text like '%after the holiday%'")" 1
check "and nothing twice" is "$(rows 'select count(*) - count(distinct id) from item')" 0
home=$kept

# --- keys and permissions in words
state 's["x"]["token"] = "another"'
later 86400
: >"$net/log"
check "a key that is not accepted does not stop the run" status 0 run --verbose pull
check "and is told with what to do" grep -q "does not accept the key.*make a new one" "$work/err"
check "and no other source of that key is tried" is "$(wc -l <"$net/log")" 1
check "nor shown" sh -c "! grep -q canary-token '$work/err' '$work/out'"
state 's["x"]["token"] = "canary-token-of-x"; s["trouble"] = [{"at": "/2/users/11/tweets", "do": "status", "status": 403, "body": {"title": "Forbidden", "detail": "client-forbidden"}}]'
later 200000
check "a plan that does not allow it" status 0 run --verbose pull
check "is explained" grep -q "may not read this.*check the plan" "$work/err"
chmod 644 "$home/secrets"
later 200000
check "a secrets file that others can read, after other failures" status 1 run --verbose pull
check "is refused" grep -q "others may read this file.*chmod 600" "$work/err"
chmod 600 "$home/secrets"

# --- a cut connection
state 's["trouble"] = [{"at": "/2/lists", "do": "cut"}]'
later 200000
before=$(rows 'select count(*) from item')
check "a cut answer" status 0 run pull
check "changes nothing" is "$(rows 'select count(*) from item')" "$before"

# --- the budget is never passed, and is spent on the best source first
home=$work/poor
echo "x-token canary-token-of-x" | social_home "$home" 0.10
cat >"$home/config/sources.conf" <<CONF
source dull
  kind x
  user ThirdTeacher
  secret x-token
  server $base
  every 1 h
  allow-loopback yes
source okafor
  kind x
  user @OkaforTeaches
  secret x-token
  server $base
  every 1 h
  allow-loopback yes
CONF
export DISCERN_NOW=1795590000
state 's["trouble"] = []; s["x"]["page"] = 100; s.pop("now", None)
p0 = s["x"]["posts"][0]
s["x"]["posts"] = [dict(p0, id=str(2070000000000000000 + n), edit_history_tweet_ids=[str(2070000000000000000 + n)], conversation_id=str(2070000000000000000 + n), text="Ask pupils to answer question %d from memory, then correct together: it worked in my class." % n) for n in range(1, 40)]'
: >"$net/log"
check "with little money" status 0 run run
check "no more is spent than the budget" test "$(rows 'select sum(cost_micro) from spending')" -le 100000
check "fewer posts are asked for at once" grep -qE 'max_results=[5-9]&' "$net/log"
for day in 1 2 3; do
    later 86400
    state "p = dict(s['x']['posts'][0]); p['id'] = str(2070000000000001000 + $day); p['edit_history_tweet_ids'] = [p['id']]; s['x']['posts'].append(p)"
    check "day $day" status 0 run run
done
check "still no more" test "$(rows 'select sum(cost_micro) from spending')" -le 100000
rows "delete from spending"
: >"$net/log"
later 86400
check "a new month's money" status 0 run pull
check "goes first to whose posts reach digests" sh -c "head -n 1 '$net/log' | grep -q users/11/tweets"
echo "x-token canary-token-of-x" | social_home "$work/none" 0
cp "$home/config/sources.conf" "$work/none/config/"
home=$work/none
: >"$net/log"
check "without a budget nothing is asked" status 0 run pull
check "at all" is "$(wc -l <"$net/log")" 0
check "and it is told" grep -q "give .x-budget" "$work/err"
check "the server had no trouble of its own" sh -c "! grep -q Traceback '$net/errors'"
finish
