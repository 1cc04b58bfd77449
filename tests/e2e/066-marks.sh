# Goal of this test: what readers say of a post moves points by the stated rule, is told in plain words where the points
# are told, holds for who said it, and is gone when it is taken back.
. "$(dirname "$0")/lib.sh"
home=$work/home
make_home "$home"
printf 'reader maths\n  title Mathematics\n' >>"$home/config/discern.conf"
d() { "$DISCERN_BIN" --home "$home" "$@"; }
digest() { d --quiet digest && cp "$home/site/all-staff/2026-11-25/digest.json" "$work/$1.json" && cp "$home/site/maths/2026-11-25/digest.json" "$work/maths-$1.json"; }
d --quiet run || exit 1
check "a first list" digest before
code=$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["sections"][0]["entries"][0]["code"])' "$work/before.json")
check "an entry is marked useful, for one reader" status 0 d mark useful "$code" --reader all-staff
check "the same again is the same mark" sh -c "grep -q '^mark 1:' '$work/out' && DISCERN_NOW=$DISCERN_NOW '$DISCERN_BIN' --home '$home' mark useful $code --reader all-staff | grep -q '^mark 1:'"
check "the list of marks says what it changes" sh -c "'$DISCERN_BIN' --home '$home' mark | grep -q '^+2 points for every post on '"
check "a list with it" digest useful
check "the points moved as the rule says, and the sum says why" python3 - "$work" "$code" <<'P'
import json, sys
work, code = sys.argv[1:]
def entries(name):
    return {e['code']: e for s in json.load(open(f'{work}/{name}.json'))['sections'] for e in s['entries']}
before, after = entries('before')[code], entries('useful')[code]
term = [t for t in after['terms'] if t['name'] == 'readers']
assert len(term) == 1 and term[0]['points'] == 3, term
assert '+2 points for every post on' in term[0]['words'] and '+1 point for every post by' in term[0]['words'], term
assert after['score'] == min(100, before['score'] + 3) and sum(t['points'] for t in after['terms']) == after['score']
assert not any(t['name'] == 'readers' for t in before['terms'])
maths = entries('maths-useful')[code]
assert not any(t['name'] == 'readers' for t in maths['terms']), 'another reader is moved'
P
check "who changes their mind has one opinion" status 0 d mark not-for-us "$code" --reader all-staff
check "so there is one mark" sh -c "[ \$('$DISCERN_BIN' --home '$home' --json mark | grep -o '\"number\"' | wc -l) -eq 1 ]"
check "a list without it" digest settled
check "what is not for them is not shown again, to them" sh -c "! grep -q '\"code\":\"$code\",\"story\"' '$work/settled.json' && grep -q '\"code\":\"$code\",\"story\"' '$work/maths-settled.json'"
number=$(d --json mark | python3 -c 'import json,sys; print(json.load(sys.stdin)[0]["number"])')
check "it is taken back" status 0 d mark undo "$number"
check "once" status 2 d mark undo "$number"
check "a list as before" digest after
check "byte for byte" cmp "$work/before.json" "$work/after.json"
check "a mark of another kind is refused" status 2 d mark great "$code"
check "and one of a post that is not there" status 1 d mark useful "https://nowhere.example/"
check "and one of a reader that is not there" status 2 d mark useful "$code" --reader nobody
finish
