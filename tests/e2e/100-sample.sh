# Goal of this test: the sample run that the README promises: a digest from the project's own sources over real HTTP on
# loopback, the same bytes on a second run, nothing asked of anybody else.
. "$(dirname "$0")/lib.sh"
unset DISCERN_NOW
home=$work/home
run() { (cd "$DISCERN_ROOT" && scripts/run --binary "$DISCERN_BIN" --home "$home"); }
pages() { (cd "$home/site" && find . -type f | sort | xargs sha256sum); }

check "the sample runs" status 0 run
check "it says where the digest is" grep -q "The digest is here: $home/site/all-staff/2026-11-25/index.html" "$work/out"
for reader in all-staff maths cpd-lead; do
    check "there is a page for $reader" test -s "$home/site/$reader/2026-11-25/index.html"
done
day=$home/site/all-staff/2026-11-25
check "X is among them, by its key" sh -c \
    "sqlite3 '$home/discern.db' 'select text from item' | grep -q 'eight sentences to translate from memory'"
check "what X charges is booked" sh -c "[ \$(sqlite3 '$home/discern.db' 'select sum(cost_micro) from spending') -eq 45000 ]"
check "the key is in no page and not in the store" sh -c "! grep -rqa of-the-sample-alone '$home/site' '$home/discern.db'"
check "posts of every source are kept" sh -c \
    "[ \$(sqlite3 '$home/discern.db' 'select count(distinct source) from item') -ge 11 ]"
check "an idea with a source is in it" grep -q 'can be traced' "$day/digest.txt"
check "the donkey is not" sh -c "! grep -qi 'donkey' '$day/digest.txt'"
check "adverts are not" sh -c "! grep -qE 'BRIGHT40|GUARANTEE' '$day/digest.txt'"
check "a subject that is a topic as well is said once" sh -c \
    "grep -q '<li>Mathematics</li>' '$day/index.html' && ! grep -q '<li>Mathematics</li><li>Maths</li>' '$day/index.html'"
pages >"$work/first"
check "it runs again" status 0 run
pages >"$work/second"
check "and every page is the same, byte for byte" cmp "$work/first" "$work/second"
check "init tells what to do next" status 0 "$DISCERN_BIN" --home "$work/fresh" init
check "and names doctor" grep -q 'discern doctor' "$work/out"
check "what it wrote holds" status 0 "$DISCERN_BIN" --home "$work/fresh" doctor
check "with questions for each of the steps" grep -qE 'questions, of ([0-9]+) of the \1 steps' "$work/out"
check "every setting is told" status 0 "$DISCERN_BIN" settings
check "with its default" grep -qF '| `bar` | number, 0 to 100 | 45 |' "$work/out"
finish
