#!/usr/bin/env bash
# A change of the rules: only what it can touch is judged again; rules that do not hold leave those of the last run in force.
. "$(dirname "$0")/lib.sh"
home=$work/home
make_home "$home"
export DISCERN_HOME=$home
D=$DISCERN_BIN
verdicts() { sqlite3 "$home/discern.db" "SELECT item, rules, level, flags, topics, hex(rest) FROM verdict ORDER BY item"; }
"$D" pull >"$work/out" 2>&1 && "$D" judge >>"$work/out" 2>&1
verdicts >"$work/before"
check "five posts are judged" [ "$(wc -l <"$work/before")" -eq 5 ]

cat >>"$home/config/rules/zz.rules" <<'RULES'
topic chemistry-example Chemistry by example
  parent memory
  strong worked example in chemistry | worked examples in chemistry
  yes Worked examples in chemistry.
  no Chemistry is fun.
RULES
check "the run after a change works" status 0 "$D" --verbose judge
check "only what it can touch is judged again" said '4 of 5 posts are not touched'
verdicts >"$work/after"
check "the others keep their verdicts and who made them" [ "$(comm -12 "$work/before" "$work/after" | wc -l)" -eq 4 ]
check "what is touched has the new topic" grep -q 'chemistry-example' "$work/after"
check "nothing waits" [ "$(sqlite3 "$home/discern.db" 'SELECT count(*) FROM to_judge')" -eq 0 ]

# What a full judging gives is what was kept.
cp -r "$home" "$work/full"
sqlite3 "$work/full/discern.db" "DELETE FROM verdict; DELETE FROM fact WHERE name = 'rules-in-force'"
DISCERN_HOME=$work/full "$D" judge >/dev/null 2>&1
check "what stayed is what a full judging gives" [ "$(sqlite3 "$home/discern.db" 'SELECT item, level, flags, topics FROM verdict ORDER BY item')" = "$(sqlite3 "$work/full/discern.db" 'SELECT item, level, flags, topics FROM verdict ORDER BY item')" ]

printf 'topic broken\n  regex /(open/\n' >>"$home/config/rules/zz.rules"
verdicts >"$work/before"
check "rules that do not hold give status 2" status 2 "$D" run
check "with the place of the mistake" said 'zz.rules:7:'
check "and what is in force" said 'of the last run stay in force'
verdicts >"$work/after"
check "no verdict is lost or changed" cmp "$work/before" "$work/after"
make_feed "$work/feeds/three.xml" "Science corner" "$(feed_item 6 'More worked examples in chemistry' 'Worked examples in chemistry help novices in my class.')"
touch -d @1795580000 "$work/feeds/three.xml"
check "what is new is read all the same" status 0 "$D" pull --source three
check "and judging it gives status 2" status 2 "$D" judge
check "and judged by the rules in force" [ "$(verdicts | grep -c chemistry-example)" -eq 2 ]
finish
