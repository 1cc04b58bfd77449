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

# What a change would do is seen before it is saved.
cp -r "$home/config/rules" "$work/draft"
cat >"$work/draft/zz.rules" <<'RULES'
topic chemistry-example Chemistry by example
  parent memory
  strong worked example in chemistry | worked examples in chemistry
  yes Worked examples in chemistry.
  no Chemistry is fun.
RULES
"$D" rules diff "$work/draft" >"$work/diff" 2>"$work/err"
check "a draft is compared" grep -q '1 rule added, 0 removed, 0 changed' "$work/diff"
check "with what it can touch" grep -q 'Of 5 posts kept, the change can touch 1; 1 would be judged otherwise' "$work/diff"
check "with tags gained" grep -q 'chemistry-example  Chemistry by example: 1 gained, 0 lost' "$work/diff"
check "with their sentences" grep -q 'Worked examples in chemistry' "$work/diff"
check "as JSON too" python3 -c 'import json,sys; d=json.loads(sys.stdin.read()); t=[t for t in d["tags"] if t["id"]=="chemistry-example"][0]
assert t["gained"]["posts"]==1 and t["lost"]["posts"]==0 and t["gained"]["samples"][0]["sentence"]' < <("$D" --json rules diff "$work/draft")
verdicts >"$work/after"
check "and nothing is changed by looking" cmp "$work/before" "$work/after"
cp "$work/draft/zz.rules" "$home/config/rules/"
check "files changed in place are compared with the rules in force" grep -q '1 rule added' <("$D" rules diff 2>/dev/null)

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

check "nothing differs any more" grep -q 'nothing would change' <("$D" rules diff 2>/dev/null)

# Why, of what is kept.
"$D" why one/g-1 --not spacing >"$work/why"
check "why tells of a topic that was not given" grep -q '^Topic spacing: ' "$work/why"
check "as a page, with the words marked" grep -q '<mark class="counted"' <("$D" why one/g-1 --html)
check "as JSON" python3 -c 'import json,sys; d=json.load(sys.stdin); assert d["not"]["topic"]=="spacing" and d["verdict"]["hits"]' < <("$D" --json why one/g-1 --not spacing)
check "of a topic that is none it says so" status 2 "$D" why one/g-1 --not nosuch

# Each rule's ledger.
"$D" rules report chemistry-example >"$work/report"
check "a rule's ledger has its hits" grep -qE '^topic +chemistry-example +1 +- +1 ' "$work/report"
check "and its wordings" grep -qE '^ +1 +1 +1 .*strong: worked examples? in chemistry' "$work/report"
echo '{"id":"1","text":"We learn by worked examples in chemistry in my class.","teaching_idea":true,"topics":["chemistry-example"],"evidence":{"level":0}}' >"$work/labels"
for i in $(seq 2 24); do sed "s/\"1\"/\"$i\"/" <(head -n 1 "$work/labels") >>"$work/labels"; done
"$D" rules report chemistry-example --labels "$work/labels" >"$work/report"
check "labels prove a rule" grep -qE '24 of 24 +0\.8[0-9]' "$work/report"
"$D" rules report chemistry-example >"$work/report"
check "what was measured is kept over runs" grep -qE '24 of 24 +0\.8[0-9]' "$work/report"
check "and what came since is told" grep -qE 'chemistry-example +1 +\+0 ' "$work/report"
sed -i 's/strong worked/strong zebra | worked/' "$home/config/rules/zz.rules"
check "of other lines it says nothing" grep -q 'unproven' <("$D" rules report chemistry-example)
check "a rule that is none is wrong usage" status 2 "$D" rules report nosuch
"$D" judge >/dev/null 2>&1

# A pattern that takes too long: the run goes on, and says so.
long=$(printf 'a%.0s' $(seq 400))
make_feed "$work/feeds/two.xml" "The staffroom" "$(for i in 1 2 3 4 5; do feed_item "$i" "Long $i" "$long b"; done)"
touch -d @1795570000 "$work/feeds/two.xml"
cp "$home/config/rules/zz.rules" "$work/zz.rules"
printf '  regex /(a|aa)+$/\n' >>"$home/config/rules/zz.rules"
"$D" pull --source two >/dev/null 2>&1
check "a pattern that takes too long stops nothing" status 0 "$D" judge
check "it is named with its place" said "a pattern of 'chemistry-example' took too long in three posts .*zz.rules:6"
check "and in the post's own reasons" grep -q 'chemistry-example' <("$D" --json why two/g-5 | python3 -c 'import json,sys; print(json.load(sys.stdin)["verdict"]["skipped"])')
check "the report of the rules says so" grep -q "a pattern of 'chemistry-example' took too long" <("$D" rules report)
mv "$work/zz.rules" "$home/config/rules/zz.rules"
"$D" judge >/dev/null 2>&1

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

# Before the first run nothing is in force: one mistake is one mistake.
rm -f "$home"/discern.db*
rm "$home/config/rules/zz.rules"
sed -i 's/^  strong /  strnog /' "$home/config/rules/scoring.rules"
check "at the first run rules that do not hold stop it" status 2 "$D" run
check "and say how many mistakes there are" said 'do not hold \(1 mistake\): nothing was done'
finish
