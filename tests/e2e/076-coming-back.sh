# Goal of this test: coming back. A team forgets its focus for two, five and twelve school weeks; the whole school is away
# for a long holiday; what was kept is asked about again after two, five and twelve weeks. What the focus, its questions
# and the list do then is walked through day by day, holidays not counted.
. "$(dirname "$0")/lib.sh"
home=$work/home
make_home "$home"
cat >"$home/config/discern.conf" <<'CONF'
school Northfield Academy
contact cpd@northfield.example
holiday 2026-12-21 2027-01-01 Christmas
holiday 2027-02-15 2027-02-19 half term
reader all-staff
  title All staff
  length 4
network
  follow-links no
  look-up-works no
CONF
unset DISCERN_NOW
at() { now=$(date -u -d "$1 06:30" +%s); }
d() { DISCERN_NOW=$now "$DISCERN_BIN" --home "$home" "$@"; }
day() { # DATE: that day's list, as JSON in $work/day
    at "$1"
    d --quiet digest --date "$1" || return 1
    cp "$home/site/all-staff/$1/digest.json" "$work/day"
}
json() { jq -r "$1" "$work/day"; }
is() { [ "$1" = "$2" ] || { echo "got '$1', wanted '$2'"; return 1; }; }
page() { cat "$home/site/all-staff/$1/index.html"; }
# Every school day from the first to the last: "DATE silent_weeks has_prompt" a line for days with a block of F1.
walk() { # FIRST LAST
    local date=$1
    while [[ ! "$date" > "$2" ]]; do
        if [ "$(date -u -d "$date" +%u)" -lt 6 ] && day "$date"; then
            jq -r --arg d "$date" '.focus[]|select(.id=="F1")|[$d, .silent_weeks, (.prompt != null), .week, .step]|@tsv' "$work/day"
        fi
        date=$(date -u -d "$date + 1 day" +%F)
    done
}

# --- forgotten: chosen on Monday 2 November, planned and tried, then nothing any more.
at 2026-11-02
check "posts are there" d --quiet run
check "an idea is chosen" d focus start "Retrieval starters" --topics retrieval-practice
at 2026-11-09
check "and tried" d focus try F1
at 2026-11-10
check "with a note" d focus note F1 --group 8B --did "Three questions" --change "Fewer questions" --with "Ms Okafor"

check "two school weeks later" day 2026-11-24
check "it is mentioned, once" is "$(json '.focus[0].silent_weeks')" 2
check "in words" grep -q 'Nothing was written on it for 2 school weeks' <(page 2026-11-24)
check "its question goes on" test "$(json '.focus[0].prompt')" != null
day 2026-11-25
check "again" is "$(json '.focus[0].silent_weeks')" 0

# Five school weeks after 10 November: 15 December.
check "five school weeks later" day 2026-12-15
check "its daily question pauses" is "$(json '.focus[0]|[.silent_weeks, .prompt]|tostring')" '[5,null]'
check "its clock stands where it was left: week 2, try" is "$(json '.focus[0]|[.week, .step]|tostring')" '[2,"try"]'
check "with what to do, in all formats" sh -c "for f in index.html digest.txt digest.md digest.eml; do tr '\n' ' ' <'$home/site/all-staff/2026-12-15/'\$f | tr -s ' =' | grep -q 'clock stands still' || { echo \$f; exit 1; }; done"
day 2026-12-16
check "on other days it does not stand at the head of the list" is "$(json '.focus|length')" 0
check "ideas are held back to one a day, no more" test "$(json '[.sections[]|select(.kind=="ideas" or .kind=="classroom").entries[]]|length')" -le 1

# Christmas does not count: the sixth week is after it.
check "the first list after Christmas" day 2027-01-04
check "is not one of telling again what was told" is "$(json '.focus|map(.silent_weeks)|tostring')" '[]'
check "says when the last list was" is "$(json .previous)" 2026-12-16T00:00:00Z
check "and that there is nothing to catch up on" grep -q 'The last list was of 16 December 2026' <(page 2027-01-04)
day 2027-01-05
check "the next one does not" is "$(json .previous)" null
check "the sixth week is told of" is "$(json '.focus[0].silent_weeks')" 6

# Twelve school weeks: half term is not counted either.
walk 2027-02-22 2027-02-26 >"$work/walk"
check "in the twelfth school week it rests, and says so on one day" is "$(cut -f2 "$work/walk" | tr '\n' ' ')" '12 '
check "in words" grep -q 'it rests' <(page "$(cut -f1 "$work/walk")")
day 2027-02-25
check "nothing is held back for it" is "$(json .held_for_focus)" 0
walk 2027-03-01 2027-03-23 >"$work/walk"
check "it is told of every fourth week from then on" is "$(cut -f2 "$work/walk" | tr '\n' ' ')" '16 '

# --- taken up again: the clock goes on where it stood.
at 2027-03-23
check "a note takes it up again" d focus note F1 --group 8B --did "Two questions"
check "the clock goes on where it stood" sh -c "DISCERN_NOW=$now '$DISCERN_BIN' --home '$home' --json focus list | jq -e '.[0].week == 2 and .[0].step == \"try\"'"
check "that it stood still is kept" grep -q 'taken up again' <(d focus show F1)
day 2027-03-23
check "the question of the day is back" test "$(json '.focus[0].prompt')" != null
at 2027-03-24
check "nothing is asked for to change it, as before week four it would be" status 2 d focus close F1 embed
check "a reason is" grep -q 'only in week 2 of 6' "$work/err"

# --- the first day after a holiday.
sed -i 's/^holiday 2026.*/holiday 2027-03-29 2027-04-09 Easter/' "$home/config/discern.conf"
check "the first list after Easter" day 2027-04-12
check "says where it stood" grep -q 'First list after Easter' <(page 2027-04-12)
check "and what was wanted: nothing, so nothing" is "$(json '.focus[0].to_change')" null
at 2027-04-13
check "a wish" d focus note F1 --saw "All wrote" --change "Ask it on Fridays"
sed -i 's/Easter$/Easter\nholiday 2027-04-19 2027-04-23 strike/' "$home/config/discern.conf"
check "comes up again after the next one" day 2027-04-26
check "as it was noted" grep -q 'You wanted to change: Ask it on Fridays' <(page 2027-04-26)
day 2027-04-27
check "on the first day alone" is "$(json '.focus[0].back_from')" null

# --- what was kept comes back.
at 2027-04-28
check "it is kept" d focus close F1 adapt --because "Two questions are enough"
check "after two school weeks" day 2027-05-12
check "it is asked about" is "$(json '.focus[0]|[.id, .return_weeks]|tostring')" '["F1",2]'
check "in words" grep -q 'Did you keep it? 2 school weeks on' <(page 2027-05-12)
check "with the first question of the step" grep -q 'a colleague who kept it too' <(page 2027-05-12)
day 2027-05-13
check "on that day alone" is "$(json '.focus|length')" 0
check "after five" day 2027-06-02
check "again, with the second" is "$(json '.focus[0]|[.return_weeks, (.prompt|test("crept in"))]|tostring')" '[5,true]'
check "after twelve" day 2027-07-21
check "once more" is "$(json '.focus[0].return_weeks')" 12
check "the calendar has the same days" sh -c "grep -c 'did you keep it' '$home/site/all-staff/focus.ics' | grep -qx 3 && grep -q 'DTSTART;VALUE=DATE:20270721' '$home/site/all-staff/focus.ics'"

# --- the same day gives the same bytes.
cp "$home/site/all-staff/2027-07-21/digest.json" "$work/first"
day 2027-07-21
check "the same day is made the same again" cmp "$work/first" "$work/day"

# --- six weeks away: what was found while everybody was gone competes, back to the last list.
make_feed "$work/feeds/one.xml" "Ms Okafor teaches" "$(feed_item 9 'Exit tickets that tell me what to teach next' 'At the end of each lesson ask pupils one question and sort the answers in three piles. I did it with my Year 9 class for a term, and more of them could do it in the test. See https://doi.org/10.1002/rrq.163 .')"
at 2027-07-26
touch -d "@$now" "$work/feeds/one.xml"
check "a post comes in the first week of the summer" d --quiet pull
d --quiet judge
check "the first list of the autumn, on 1 September" day 2027-09-01
check "has it" is "$(json '[.sections[].entries[].item.url]|map(select(endswith("/9")))|length')" 1
check "and says that it is the first for long" is "$(json .previous)" 2027-07-21T00:00:00Z
finish
