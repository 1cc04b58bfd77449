# Goal of this test: the whole choice of a day can be checked with a pencil: every story is either chosen or left out with
# a reason, and the printed terms of each add up to its score, in words and in JSON.
. "$(dirname "$0")/lib.sh"
unset DISCERN_NOW
home=$work/home
now=$(date -u -d '2026-11-25 06:30' +%s)
d() { DISCERN_NOW=$now "$DISCERN_BIN" --home "$home" "$@"; }
pages() { (cd "$home/site" && find . -type f | sort | xargs sha256sum); }

(cd "$DISCERN_ROOT" && scripts/run --binary "$DISCERN_BIN" --home "$home") >/dev/null 2>&1
pages >"$work/before"
check "the choice is told in words" status 0 d digest --explain
cp "$work/out" "$work/words"
check "and as JSON, a line a reader" status 0 d --json digest --explain
cp "$work/out" "$work/json"
pages >"$work/after"
check "telling changes no page" cmp "$work/before" "$work/after"
check "every sum adds up, and every story is chosen or left out" python3 - "$work/json" "$work/words" "$home/site" <<'P'
import json, re, sys
words = open(sys.argv[2]).read()
lines = [json.loads(line) for line in open(sys.argv[1])]
assert [one['reader'] for one in lines] == ['all-staff', 'maths', 'cpd-lead'], lines
for one in lines:
    assert one['schema'] == 'discern.choice/1'
    assert one['considered'] == len(one['chosen']) + len(one['left_out']) > 20
    for story in one['chosen'] + one['left_out']:
        assert sum(term['points'] for term in story['terms']) == story['score'], story
        assert all(abs(term['points']) <= term['most'] for term in story['terms'] if term['name'] != 'other')
        assert story['code'] in words and len(story['code']) == 4
    assert all(story['why'] for story in one['left_out'])
    bar = one['rules']['bar']
    assert all(story['score'] >= bar for story in one['chosen'])
    under = [story for story in one['left_out'] if story['reason'] == 'under-bar']
    assert under and all(story['score'] < bar or 'idea' in story['why'] for story in under)
    digest = json.load(open(f"{sys.argv[3]}/{one['reader']}/{one['date']}/digest.json"))
    shown = [entry['code'] for section in digest['sections'] for entry in section['entries']]
    assert shown == [story['code'] for story in one['chosen']]
sums = re.findall(r'((?:[+-]?\s*\d+ \w+\s*)+) = (\d+)$', words, re.M)
assert len(sums) > 20
for terms, total in sums:
    assert sum(int(sign + number) for sign, number in re.findall(r'([+-]?)\s*(\d+) \w+', terms)) == int(total), terms
blocks = re.findall(r'((?:^  [ +-]+\d+ of +\d+ .*\n)+)   = +(\d+) of 100', words, re.M)
assert len(blocks) == sum(len(one['chosen']) for one in lines), (len(blocks))
for terms, total in blocks:
    assert sum(int(points) for points in re.findall(r'^ +([+-]\d+) of', terms, re.M)) == int(total), terms
P
check "quiet does not silence what was asked for" sh -c \
    "DISCERN_NOW=$now '$DISCERN_BIN' --home '$home' --quiet digest --explain --reader maths | grep -q 'stories looked at'"
check "where the digests are is told as JSON too" sh -c \
    "DISCERN_NOW=$now '$DISCERN_BIN' --home '$home' --json digest | python3 -c 'import json,sys; assert [json.loads(l)[\"entries\"] > 0 for l in sys.stdin] == [True] * 3'"
code=$(python3 -c "import json; print(json.loads(open('$work/json').readline())['chosen'][0]['code'])")
check "why prints the sum of an entry" status 0 d why "$code"
check "with its total" grep -qE '^ *= *[0-9]+' "$work/out"
# What is in no list: of each reason one, by its code and by its name.
check "why tells of each that was left out when, and why" python3 - "$work/json" "$DISCERN_BIN" "$home" "$now" <<'P'
import json, os, re, subprocess, sys
def why(*what):
    done = subprocess.run([sys.argv[2], "--home", sys.argv[3], *what], env=dict(os.environ, DISCERN_NOW=sys.argv[4]), capture_output=True, text=True)
    assert done.returncode == 0, (what, done.stderr)
    return done.stdout
lines = [json.loads(line) for line in open(sys.argv[1])]
told = set()
for one in lines:
    reasons = {}
    for story in one["left_out"]:
        reasons.setdefault(story["reason"], story)
    for reason, story in reasons.items():
        shown = json.loads(why("--json", "why", story["lead"]))
        mine = [left for left in shown["left_out"] if left["reader"] == one["reader"]]
        assert len(mine) == 1 and mine[0]["reason"] == reason and mine[0]["why"] == story["why"], (story, mine)
        assert mine[0]["score"] == story["score"] == sum(term["points"] for term in mine[0]["terms"]), (story, mine)
        assert mine[0]["lead"] == story["lead"] and mine[0]["date"].startswith(one["date"])
        words = why("why", story["lead"])
        assert f"Left out on {one['date']} for {one['reader']}: {story['why']}" in words, words
        assert why("why", story["code"]) == words, "the code leads elsewhere"
        told.add(reason)
assert {"under-bar", "by-cap"} <= told, told
P
member=$(jq -r '.left_out[]|select(.members|length > 0)|.members[0]' "$home"/site/*/*/digest.json | head -1)
[ -n "$member" ] && check "a member of a story that was left out is told so" sh -c \
    "DISCERN_NOW=$now '$DISCERN_BIN' --home '$home' why '$member' | grep -q 'which leads the story that it belongs to'"
check "a post that came after the last list" sh -c "printf '%s\n' '{\"id\":\"1860000000000000003\",\"text\":\"Each lesson opens with a low-stakes quiz of three questions.\",\"created_at\":\"2026-11-25T06:00:00.000Z\",\"author_id\":\"7\",\"author\":{\"id\":\"7\",\"username\":\"okafor\",\"name\":\"Ms Okafor\"}}' >'$work/late.jsonl' && DISCERN_NOW=$((now + 3 * 86400)) '$DISCERN_BIN' --home '$home' import '$work/late.jsonl' && DISCERN_NOW=$((now + 3 * 86400)) '$DISCERN_BIN' --home '$home' judge"
check "was looked at for none" status 0 d why imported-twarc/1860000000000000003
check "and says so" grep -q 'looked at for no list: no list was made since it came' "$work/out"
# Of many that were left out, a hundred are kept one by one; of the others it is said how many points they have at most.
many=$work/many
make_home "$many"
python3 - "$work/feeds/one.xml" <<'P'
import sys
items = "".join("<item><guid>g%d</guid><title>Fair number %d</title><link>https://blog.example/fair-%d</link><pubDate>Tue, 24 Nov 2026 08:00:00 GMT</pubDate>"
                "<description>Cakes, a raffle and stall number %d in the hall.</description></item>" % (n, n, n, n) for n in range(160))
open(sys.argv[1], "w").write("<rss version='2.0'><channel><title>x</title><link>https://blog.example/</link><description>x</description>%s</channel></rss>" % items)
P
m() { DISCERN_NOW=$now "$DISCERN_BIN" --home "$many" "$@"; }
check "a hundred and sixty posts and a list" status 0 m --quiet run
kept=$(jq '.left_out|length' "$many/site/all-staff/2026-11-25/digest.json")
check "a hundred are kept one by one" test "$kept" -eq 100
told=0
for n in $(seq 0 159); do
    m --json why "one/g$n" | jq -e '.left_out[0]|has("score") or has("score_at_most")' >/dev/null && told=$((told + 1))
done
check "why knows of each that it was left out" test "$told" -eq 160
check "and says of some that they were not among the best of those" sh -c "for n in \$(seq 0 159); do DISCERN_NOW=$now '$DISCERN_BIN' --home '$many' why one/g\$n; done | grep -q 'not among the hundred best of those that were left out'"
finish
