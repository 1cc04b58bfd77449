# Goal of this test: what people saved of X themselves is taken in whole, once, whatever its form, and bad files give one
# clear line and cost nothing that is stored.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/social.sh"
home=$work/home
: | social_home "$home"
run() { "$DISCERN_BIN" --home "$home" "$@"; }
count() { rows 'select count(*) from item'; }
python3 - "$work" <<'PY'
import json, os, sys, zipfile
work = sys.argv[1]
def write(name, text):
    os.makedirs(os.path.dirname(os.path.join(work, name)) or ".", exist_ok=True)
    with open(os.path.join(work, name), "wb") as out:
        out.write(text if isinstance(text, bytes) else text.encode())
def v1(n, text, **more):
    return dict({"id_str": str(1700000000000000000 + n), "created_at": "Mon Nov 13 10:%02d:00 +0000 2023" % (n % 60), "full_text": text,
                 "favorite_count": "3", "retweet_count": "1", "lang": "en", "user": {"id_str": "5", "screen_name": "okafor", "name": "O"}}, **more)
tweets = [{"tweet": {k: v for k, v in v1(n, "Archive post %d &amp; a quiz https://t.co/q%d" % (n, n), entities={"urls": [{"url": "https://t.co/q%d" % n,
          "expanded_url": "https://blog.example/%d" % n, "indices": ["10", "33"]}]}).items() if k != "user"}} for n in range(30)]
likes = [{"like": {"tweetId": str(1690000000000000000 + n), "fullText": "Liked post %d on spacing" % n, "expandedUrl": "x"}} for n in range(5)]
tweets[25]["tweet"].update(in_reply_to_status_id_str="1700000000000000024", in_reply_to_screen_name="MsOkafor", full_text="The second part of it")
notes = [{"noteTweet": {"noteTweetId": "900", "createdAt": "2023-11-14T10:00:00.000Z", "core": {"text": "A long note on feedback", "urls": []}}}]
parts = {"data/tweets.js": "window.YTD.tweets.part0 = " + json.dumps(tweets[:20], indent=1), "data/tweets-part1.js": "window.YTD.tweets.part1 = " + json.dumps(tweets[20:]),
         "data/like.js": "window.YTD.like.part0 = " + json.dumps(likes), "data/note-tweet.js": "window.YTD.note_tweet.part0 = " + json.dumps(notes),
         "data/account.js": "window.YTD.account.part0 = " + json.dumps([{"account": {"username": "MsOkafor", "accountId": "5", "accountDisplayName": "Ms Okafor"}}]), "Your archive.html": "<html></html>", "data/tweets_media/1-x.jpg": b"\xff\xd8" * 500}
with zipfile.ZipFile(os.path.join(work, "archive.zip"), "w", zipfile.ZIP_DEFLATED) as out:
    for name, text in parts.items():
        out.writestr(name, text)
for name, text in parts.items():
    write("folder/" + name, text)
whole = open(os.path.join(work, "archive.zip"), "rb").read()
write("cut.zip", whole[:len(whole) // 2])
with zipfile.ZipFile(os.path.join(work, "bomb.zip"), "w", zipfile.ZIP_DEFLATED) as out:
    out.writestr("data/tweets.js", "window.YTD.tweets.part0 = [" + " " * 300_000_000 + "]")
with zipfile.ZipFile(os.path.join(work, "climb.zip"), "w") as out:
    out.writestr("../../../climbed.js", "window.YTD.tweets.part0 = []")
    out.writestr("../../data/tweets.js", "window.YTD.tweets.part0 = " + json.dumps([{"tweet": v1(900, "Climbing post")}]))
with zipfile.ZipFile(os.path.join(work, "other.zip"), "w") as out:
    out.writestr("holiday.txt", "sun")
write("page.jsonl", "<!doctype html><html><body>Log in to X</body></html>")
write("page.js", "<html><body>Sorry</body></html>")
write("twarc1.jsonl", "".join(json.dumps(v1(100 + n, "Line %d on questioning" % n)) + "\n" for n in range(10)))
v2 = lambda n, **more: dict({"id": str(1700000000000000200 + n), "text": "Second form %d" % n, "author_id": "7", "created_at": "2023-11-14T10:00:00.000Z"}, **more)
page = {"data": [v2(n) for n in range(4)] + [v2(9, text="RT @far: cut", referenced_tweets=[{"type": "retweeted", "id": "1600000000000000001"}])],
        "includes": {"users": [{"id": "7", "username": "pages"}, {"id": "8", "username": "far"}],
                     "tweets": [{"id": "1600000000000000001", "text": "The whole of what was reposted", "author_id": "8"}]}, "meta": {}, "__twarc": {"version": "2"}}
flat = [v2(20 + n, author={"id": "7", "username": "pages", "name": "P"}, __twarc={}) for n in range(3)]
write("twarc2.jsonl", json.dumps(page) + "\n" + "".join(json.dumps(one) + "\n" for one in flat))
write("bad.jsonl", "\n".join([json.dumps(v1(300, "Good before")), "{\"id_str\": 5, \"full_text\": [1,2]}", "[1,2,3]", "not json at all", json.dumps({"id": {"a": 1}, "text": None}),
      "{\"id_str\": \"1700000000000000301\", \"full_text\": \"half \\ud83d a character\", \"user\": {\"screen_name\": \"o\"}}", json.dumps({"id": 1700000000000000302, "id_str": None, "full_text": "Numbers as numbers"}),
      json.dumps(v1(303, "Good after", favorite_count="12", entities=[], user="nobody"))]) + "\n")
write("empty.jsonl", "")
write("cut.jsonl", json.dumps(v1(400, "Whole line")) + "\n" + json.dumps(v1(401, "Cut line"))[:60])
write("deep.jsonl", "{\"a\":" * 5000 + "1" + "}" * 5000 + "\n" + json.dumps(v1(410, "After the deep one")) + "\n")
PY

check "the ZIP of X is taken in" status 0 run import "$work/archive.zip"
check "posts, likes and the note" is "$(count)" 35
check "a thread is one item" grep -q "Archive post 24.*The second part of it" <(rows "select text from item where id = '1700000000000000024'" | tr "\n" " ")
check "entities are read" grep -q "Archive post 7 & a quiz" <(rows "select text from item where id = '1700000000000000007'")
check "links are whole" grep -q 'blog.example/7"' <(run judge >/dev/null 2>&1; run export)
check "its owner is the author" is "$(rows "select count(*) from item where author like '%MsOkafor%'")" 30
check "the same again" status 0 run import "$work/archive.zip"
check "adds nothing" is "$(count)" 35
check "nor changes anything" grep -q " 0 new, 0 changed" "$work/out"
check "the unpacked folder" status 0 run import "$work/folder"
check "is the same" is "$(count)" 35
check "one file of it" status 0 run import "$work/folder/data/tweets.js"
check "too" is "$(count)" 35
check "and the owner stays" is "$(rows "select count(*) from item where author like '%MsOkafor%'")" 30
check "twarc's lines of v1.1" status 0 run import "$work/twarc1.jsonl"
check "are known" is "$(count)" 45
check "twarc2's pages and flattened posts" status 0 run import "$work/twarc2.jsonl"
check "with what was reposted" is "$(count)" 54
check "whose author is known" is "$(rows "select count(*) from item where text = 'The whole of what was reposted' and author like '%far%'")" 1
check "again" status 0 run import "$work/twarc2.jsonl"
check "nothing is doubled" is "$(count)" 54

check "a web page is no archive" status 1 run import "$work/page.jsonl"
check "says one line" one_line "page.jsonl: .*it is a web page"
check "nor in a .js file" status 1 run import "$work/page.js"
check "says one line" one_line "it is a web page"
check "an empty file" status 1 run import "$work/empty.jsonl"
check "says one line" one_line "empty.jsonl: "
check "no file" status 1 run import "$work/nowhere.zip"
check "says one line" one_line "no such file"
check "another ZIP" status 1 run import "$work/other.zip"
check "says one line" one_line "no X archive"
check "a ZIP that was cut off" status 1 run import "$work/cut.zip"
check "says one line" one_line "ZIP|to its end"
check "a bomb" status 1 run import "$work/bomb.zip"
check "says one line" one_line "bomb.zip: .*(times its size|is larger than)"
check "nothing stored was lost" is "$(count)" 54
check "nor its author" is "$(rows "select count(*) from item where author like '%MsOkafor%'")" 30
check "names that climb" status 0 run import "$work/climb.zip"
check "lead nowhere" sh -c "! ls '$work/../climbed.js' '$work/../../climbed.js' '$home/../climbed.js' 2>/dev/null | grep -q ."
check "bad lines among good ones" status 0 run import "$work/bad.jsonl"
check "are counted" grep -q " 6 could not be read" "$work/out"
check "and the good ones kept" is "$(rows "select count(*) from item where text in ('Good before', 'Good after', 'Numbers as numbers')")" 3
check "half a character is marked" is "$(rows "select text from item where id = '1700000000000000301'")" "half � a character"
check "a line that is cut" status 0 run import "$work/cut.jsonl"
check "costs itself alone" is "$(rows "select count(*) from item where text in ('Whole line', 'Cut line')")" 1
check "nesting without end" status 0 run import "$work/deep.jsonl"
check "costs one line" is "$(rows "select count(*) from item where text = 'After the deep one'")" 1

# --- killed in the middle, and again
python3 - "$work/long.jsonl" <<'PY'
import json, sys
with open(sys.argv[1], "w") as out:
    for n in range(40000):
        out.write(json.dumps({"id_str": str(1710000000000000000 + n), "created_at": "Mon Nov 13 10:00:00 +0000 2023", "full_text": "Long file %d " % n + "word " * 60,
                              "user": {"screen_name": "o%d" % (n % 50)}}) + "\n")
PY
before=$(count)
"$DISCERN_BIN" --home "$home" import "$work/long.jsonl" >/dev/null 2>&1 &
victim=$!
for _ in $(seq 400); do
    [ "$(rows 'select count(*) from item' 2>/dev/null || echo 0)" -gt "$before" ] && break
    sleep 0.02
done
kill -9 $victim
wait $victim 2>/dev/null
check "a killed import kept whole parts" test "$(count)" -gt "$before"
check "run again it ends" status 0 run import "$work/long.jsonl"
check "with every post once" is "$(count)" $((before + 40000))
if grep -qa __asan_init "$DISCERN_BIN"; then
    skip "memory under the sanitizer says nothing"
else
    check "memory stays flat" sh -c "/usr/bin/python3 -c \"
import resource, subprocess, sys
subprocess.run(['$DISCERN_BIN', '--quiet', '--home', '$home', 'import', '$work/long.jsonl'], check=True)
sys.exit(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss > 100 * 1024)\""
fi
check "progress is drawn on a terminal" sh -c "script -qec \"'$DISCERN_BIN' --home '$home' import '$work/long.jsonl'\" /dev/null | grep -qa 'posts read'"
check "and nowhere else" sh -c "! '$DISCERN_BIN' --home '$home' import '$work/long.jsonl' 2>&1 >/dev/null | grep -q ."
finish
