# Goal of this test: Mastodon's REST API, played on loopback, drives whole runs: an account looked up once, paging by Link
# headers without a gap, threads, boosts, cards, content warnings, wishes not to be indexed, limits; killed between pages,
# nothing is lost or doubled, and a dead server disturbs nobody.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/social.sh"
net=$work/net
mkdir "$net"
cat >"$work/prepare.py" <<'PY'
ACCOUNT = {"id": "9001", "username": "okafor", "acct": "okafor", "display_name": "Ms Okafor", "noindex": False,
           "url": "https://school.example/@okafor"}
OTHER = dict(ACCOUNT, id="9002", username="reads", acct="reads@far.example", display_name="Reads", url="https://far.example/@reads")
def status(number, html, account=ACCOUNT, **more):
    name = account["username"]
    made = {"id": str(112000000000000000 + number), "uri": "https://school.example/users/%s/statuses/%d" % (name, 112000000000000000 + number),
            "url": "{{BASE}}/@%s/%d" % (name, 112000000000000000 + number), "created_at": "2026-11-%02dT%02d:%02d:00.000Z" % (24 + number // 1440, number // 60 % 24, number % 60),
            "content": html, "visibility": "public", "spoiler_text": "", "language": "en", "account": account, "in_reply_to_id": None,
            "in_reply_to_account_id": None, "reblog": None, "card": None, "tags": [], "mentions": [], "media_attachments": [],
            "replies_count": 0, "reblogs_count": 1, "favourites_count": number}
    made.update(more)
    return made
def reply(number, html, before, to=ACCOUNT):
    return status(number, html, in_reply_to_id=str(112000000000000000 + before), in_reply_to_account_id=to["id"])
PY
python3 - "$net/state.json" "$work/prepare.py" <<'PY'
import json, sys
exec(open(sys.argv[2]).read())
json.dump({"mastodon": {"account": ACCOUNT, "page": 4, "statuses": [
    status(n, "<p>Toot %d: ask pupils to answer <em>three</em> questions from memory, then correct together.</p>" % n) for n in range(1, 11)]}},
    open(sys.argv[1], "w"))
PY
prepare="exec(open('$work/prepare.py').read()); all = s['mastodon']['statuses']
"
start_server "$net"
home=$work/home
printf 'masto-token canary-masto\n' | social_home "$home" 0 30
cat >"$home/config/sources.conf" <<CONF
source okafor
  kind mastodon
  account @okafor@school.example
  server $base
  every 1 h
  allow-loopback yes
source dead
  kind mastodon
  account @gone@dead.invalid
CONF
run() { "$DISCERN_BIN" --home "$home" "$@"; }

check "the first run, beside a server that is not there" status 0 run run
check "goes back over all pages" is "$(rows 'select count(*) from item')" 10
check "no token is sent where none is needed" sh -c "! grep -q Bearer '$net/log'"
check "the dead server is kept in mind, not in the way" is "$(rows "select failures from source_state where name = 'dead'" 2>/dev/null || echo 1)" 1

# --- walks on without a gap; killed between two pages
state "$prepare"'
all += [status(n, "<p>Later toot %d about questioning.</p>" % n) for n in range(1450, 1461)]
s["trouble"] = [{"at": "min_id=112000000000001457", "do": "hang"}]'
later 86400
: >"$net/log"
check "a run is killed while a page is under way" kill_at_hang pull
check "it starts again" status 0 run run
check "and nothing is lost or doubled" is "$(rows 'select count(*) from item')" 21
check "the account was not looked up again" is "$(asked lookup)" 0
check "pages go forward" sh -c "! grep -q max_id '$net/log'"

# --- what a status can hold
state "$prepare"'
all += [
 status(1500, "<p>A thread on feedback: read the books and write one sheet.</p>"),
 status(1502, "<p>Beta <a href=\"https://school.example/tags/edutooters\" class=\"mention hashtag\">#<span>edutooters</span></a> <a href=\"https://evidence.example/p?utm_source=x\"><span class=\"invisible\">https://</span><span class=\"ellipsis\">evidence.exa</span></a> read this study</p>",
   card={"url": "https://evidence.example/p", "title": "The study on spacing", "type": "link", "image": "https://evidence.example/pupils.jpg"}, tags=[{"name": "edutooters"}]),
 status(1503, "<p>Under a warning: exam stress.</p>", spoiler_text="Exams, stress", sensitive=True),
 status(1504, "<p>Only for followers.</p>", visibility="private"),
 status(1505, "", reblog=status(77, "<p>The original: read the text aloud first, then ask pupils for the question.</p>", account=OTHER)),
 reply(1506, "<p>To somebody else.</p>", 77, OTHER),
 reply(1507, "<p>Second part: pupils improve one paragraph.</p>", 1500),
 reply(1508, "<p>Third part: the drafts were clearer.</p>", 1507)]'
later 86400
check "such statuses are read" status 0 run run
check "the thread over two pages is one item" is "$(rows "select text from item where id like '%1500'" | tr -d '\n')" \
    "A thread on feedback: read the books and write one sheet.Second part: pupils improve one paragraph.Third part: the drafts were clearer."
check "what is not for all is not kept" is "$(rows "select count(*) from item where text like '%Only for followers%'")" 0
check "nor replies to others" is "$(rows "select count(*) from item where text like '%somebody else%'")" 0
check "a boost's original is kept once, with its author" is "$(rows "select count(*) from item where text like 'The original%' and author like '%reads@far.example%'")" 1
check "the warning is kept" grep -q "Exams, stress" <("$DISCERN_BIN" --home "$home" export)
check "the link leads to the article" grep -q "evidence.example/p\"" <("$DISCERN_BIN" --home "$home" export)
check "the hashtag is no article" sh -c "! '$DISCERN_BIN' --home '$home' export | grep -q 'school.example/tags'"
check "no picture is in a page" sh -c "! grep -rq 'pupils.jpg' '$home/site'"

# --- wishes: noindex keeps a person out of pages
state "$prepare"'
for one in all:
    one["account"]["noindex"] = True
all.append(status(1600, "<p>I open each maths lesson with a low-stakes quiz: pupils answer from memory, then correct together. The study: <a href=\"https://doi.org/10.1111/j.1467-9280.2006.01693.x\">doi</a>. My class scored 12 marks more.</p>", account=dict(ACCOUNT, noindex=True)))'
later 86400
check "an author who does not want to be indexed" status 0 run run
check "is in no page" sh -c "! grep -rq '12 marks more' '$home/site'"

# --- limits, by the server's own clock
later 86400
state "s['now'] = $DISCERN_NOW; s['trouble'] = [{'at': '/statuses', 'do': 'status', 'status': 429, 'times': 1, 'headers': {'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '2026-12-31T00:00:00.000Z'}, 'body': {'error': 'Too many requests'}}]"
: >"$net/log"
check "a limit" status 0 run pull
later 3600
check "is obeyed by the next run" status 0 run pull
check "which asks nothing" is "$(asked '/accounts/9001/statuses')" 1

# --- hashtag, with a token; a server that is closed without one
home=$work/tag
printf 'masto-token canary-masto\n' | social_home "$home" 0 30
cat >"$home/config/sources.conf" <<CONF
source tag
  kind mastodon
  hashtag #edutooters
  server $base
  every 1 h
  allow-loopback yes
CONF
state "s.pop('now'); s['trouble'] = []; s['mastodon']['token'] = 'canary-masto'"
export DISCERN_NOW=1795850000
check "a closed server" status 0 run --verbose run
check "is explained" grep -q "does not accept the key" "$work/err"
sed -i 's/^  hashtag/  secret masto-token\n  hashtag/' "$home/config/sources.conf"
later 90000
check "with a token" status 0 run run
check "it is read" test "$(rows 'select count(*) from item')" -gt 20
check "the token is in none of our files" sh -c "! grep -rqa canary-masto '$home/discern.db' '$home/site' '$home/config'"

# --- deleted
victim=$(rows "select id from item where text like 'Toot 7:%'")
state "$prepare"'
s["mastodon"]["statuses"] = [one for one in all if "Toot 7:" not in one["content"]]
s["mastodon"].pop("token")'
check "a status that is kept" test -n "$victim"
later 86400
check "and is deleted at its server" status 0 run run
check "is gone here, where it was an idea" is "$(rows "select count(*) from item where text like 'Toot 7:%'")" 0
check "the server had no trouble of its own" sh -c "! grep -q Traceback '$net/errors'"
finish
