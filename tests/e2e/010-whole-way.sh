# Goal of this test: feeds in, a tagged and rated digest out; the same day again gives the same bytes.
. "$(dirname "$0")/lib.sh"
home=$work/home
make_home "$home"
discern() { "$DISCERN_BIN" --home "$home" "$@"; }
day=$home/site/all-staff/2026-11-25

check "a run ends well" status 0 discern run
check "it says where the digest is" grep -q "$day/index.html" "$work/out"
for file in index.html digest.md digest.txt digest.json; do
    check "there is a $file" test -s "$day/$file"
done
check "the best idea is in it" grep -q 'Low-stakes quizzes' "$day/digest.txt"
check "what stands behind it is said" grep -qiE 'found: .*author|Source you can check|study' "$day/digest.txt"
check "what is missing is said" grep -q 'Not found:' "$day/digest.txt"
check "chatter stays out" sh -c "! grep -q 'School fair' '$day/index.html'"
check "the promoted myth is to be checked first" python3 - "$day/digest.json" <<'PY'
import json, sys
digest = json.load(open(sys.argv[1]))
shown = [e["verdict"] for s in digest["sections"] if s["kind"] == "check-first" for e in s["entries"]] if "sections" in digest else []
text = json.dumps(digest)
sys.exit(0 if "learning-styles" in text or not shown else 1)
PY
check "no script is in the page" sh -c "! grep -qi '<script' '$day/index.html'"
(cd "$home/site" && find . -type f | sort | xargs sha256sum) >"$work/first"
check "a quiet second run says nothing" status 0 discern --quiet run
check "nothing at all" test ! -s "$work/err" -a ! -s "$work/out"
(cd "$home/site" && find . -type f | sort | xargs sha256sum) >"$work/second"
check "and the pages are the same, byte for byte" cmp "$work/first" "$work/second"
on_sunday() { DISCERN_NOW=$((DISCERN_NOW + 4 * 86400)) "$DISCERN_BIN" --home "$home" "$@"; }
check "a run on a Sunday makes no list" status 0 on_sunday run
check "and says so" said 'no list is due today'
check "but to cron it says nothing" status 0 on_sunday --quiet run
check "nothing at all" test ! -s "$work/err" -a ! -s "$work/out"
sed -i 's/^contact .*/contact cpd@your-school.example/' "$home/config/discern.conf"
check "a starter's address still in place is told" status 0 discern doctor
check "to those who ask" said 'contact'
check "but a quiet run is quiet" status 0 discern --quiet run
check "all the same" test ! -s "$work/err"
check "the why of an item prints its sum" status 0 discern why one/g-1
check "with the words that counted" grep -q 'low-stakes quiz' "$work/out"
check "a long pattern is named by where it stands" grep -qE "…' \(the pattern in [a-z]+\.rules, line [0-9]+\), counted" "$work/out"
check "and the points" grep -qE '^ += ?[ 0-9]+' "$work/out"
check "search finds it" status 0 discern search karpicke
check "by its words" grep -q 'g-1' "$work/out"
check "a focus may be named by a topic's id" status 0 discern focus start retrieval-practice
discern focus list >"$work/out" 2>&1
check "and is shown as people read it" grep -q 'Retrieval practice' "$work/out"
check "not by its id" sh -c "! grep -q 'retrieval-practice' '$work/out'"
finish
