#!/usr/bin/env bash
# discern rules: mistakes are told at once and with their places, texts are explained, rules are shown, tidied, exported.
set -u
passed=0 failed=0 skipped=0
ok() { if [ "$1" -eq 0 ]; then passed=$((passed + 1)); else
    failed=$((failed + 1))
    printf 'FAILED %s\n' "$2"
fi; }
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
D=$DISCERN_BIN
has() { grep -qF -- "$2" "$1"; ok $? "$3: '$2' in $(basename "$1")"; }

mkdir "$work/bad" "$work/hints"
printf '%s\n' 'group g G' 'topic a A' '  parrent g' '  phrase quiz |' '  regex /(?:a+)+b/' '  regex /(x/' '  regex /y*/' \
    '  yes no such word' '  no a quiz' 'topic a Again' '  phrase z' '  yes z' '  no y' > "$work/bad/one.rules"
"$D" rules check --rules "$work/bad" > "$work/out" 2> "$work/err"
ok $(($? != 2)) "rules that do not hold give status 2"
for words in ":3:3: " "did you mean 'parent'" ":4:" "an alternative is empty" "repeats a repetition" ":6:" ":7:" "matches nothing" \
    ":10:1:" "stands already" "has no parent"; do has "$work/err" "$words" "every mistake is told at once"; done

printf '%s\n' 'settings topics' '  neds 3' '  needs three' 'settings wrods' '  loud x' 'settings words' '  loud So %1 loud' > "$work/bad/one.rules"
"$D" rules check --rules "$work/bad" > "$work/out" 2> "$work/err"
ok $(($? != 2)) "settings that do not hold give status 2"
for words in ":2:3: these settings have no 'neds'" "did you mean 'needs'" ":3:9: 'three' is no number" \
    ":4:1: there are no settings 'wrods'" ":7:11: the sentence 'loud' has no gap %1"; do has "$work/err" "$words" "every mistake is told at once"; done

"$D" rules show spacng --rules "$DISCERN_ROOT/config/rules" > "$work/out" 2> "$work/err"
ok $(($? != 2)) "a rule that there is none of is wrong usage"
has "$work/err" "did you mean 'spacing'?" "the nearest one is named"
echo "A quiz." | "$D" rules explain - --not retrieval-practise --rules "$DISCERN_ROOT/config/rules" > "$work/out" 2> "$work/err"
has "$work/err" "did you mean 'retrieval-practice'?" "so is the nearest topic"

printf '%s\n' 'group g G' 'topic a A' '  parent g' '  phrase quiz | quizzes | school' '  regex /\w+/' '  yes a test' '  no a quiz' > "$work/bad/one.rules"
"$D" rules check --rules "$work/bad" > "$work/out" 2> "$work/err"
ok $(($? != 2)) "an example that fails gives status 2"
has "$work/err" "should not meet this sentence" "an example that fails is told"

"$D" rules check > "$work/out" 2> "$work/err"
ok $? "the shipped rules hold"
ok "$(wc -c < "$work/err")" "nothing is said about them"
has "$work/out" "0 patterns tried on every text" "every shipped pattern has a word that it needs"

printf 'There was no control group. We open with #RetrievalPractice and SEND is not send.\n' > "$work/text"
"$D" rules explain "$work/text" --not spacing > "$work/out"
ok $? "a text is explained"
has "$work/out" "#[Retrieval" "the words that counted are marked"
has "$work/out" "vetoed    cites-quasi-experiment" "what did not count is told"
has "$work/out" "Topic spacing: 0.00 points" "why a topic was not given is told"
"$D" --json rules explain "$work/text" | python3 -c 'import json,sys
d = json.load(sys.stdin); text = open(sys.argv[1], "rb").read()
assert all(text[h["start"]:h["end"]].decode() == h["text"] for h in d["hits"]) and d["hits"]' "$work/text"
ok $? "places are bytes of the text"
printf 'Recall of <b>facts</b>\n' | "$D" rules explain - --not retrieval-practice > "$work/out"
has "$work/out" '"Recall" (post): weak' "what nearly counted is told"
printf 'group g G\ntopic a A\n  parent g\n  near 2 recall ~ starter\n  yes recall as a starter\n  no recall\n' > "$work/hints/a.rules"
printf 'We use recall and many other good things as a starter.\n' | "$D" rules explain - --rules "$work/hints" --not a > "$work/out"
has "$work/out" '"recall" (post): not counted: its company stands too far away' "company that stands too far away is told"
printf 'Recall of <script>alert(1)</script>\n' | "$D" rules explain - --html --not spacing > "$work/out"
has "$work/out" '<mark class="counted" title="retrieval-practice">Recall</mark> of &lt;script&gt;' "a page marks the words and escapes the rest"
has "$work/out" 'Topic spacing: 0.00' "with the topic that was asked for"
"$D" --json rules explain "$work/text" --not spacing | python3 -c 'import json,sys
lines = [json.loads(line) for line in sys.stdin]
assert len(lines) == 2 and lines[1]["topic"] == "spacing" and lines[1]["given"] is False and lines[1]["why"]'
ok $? "as JSON, each on a line"
"$D" rules explain "$work/text" --not nosuch > /dev/null 2> "$work/err"
ok $(($? != 2)) "a topic that is none is wrong usage"

"$D" rules show behaviour > "$work/out"
has "$work/out" "behaviour behavior " "both spellings are listed"
"$D" rules show nosuch > /dev/null 2> "$work/err"
ok $(($? != 2)) "a rule that is none is wrong usage"

printf '%s\n' '{"id":"one","text":"We open each lesson with retrieval practice.","teaching_idea":true,"topics":["spacing"],"evidence":{"level":0}}' \
    '{"id":"two","text":"Nothing of note.","teaching_idea":false,"topics":["phonics"],"evidence":{"level":0}}' > "$work/labelled"
"$D" rules test "$work/labelled" > "$work/out"
ok $? "labelled documents are scored"
grep -qE '^spacing +retrieval-practice +1$' "$work/out"
ok $? "which topic was taken for which is told"
has "$work/out" "two  phonics: Nothing of note." "what no rule matched is told"
grep -qE '^topic +retrieval-practice +1 +1 +1 +0 +1 +unproven' "$work/out"
ok $? "each rule's hits and how often it was right are told"
"$D" --json rules test "$work/labelled" | python3 -c 'import json,sys
d = json.load(sys.stdin)
assert d["confusions"] == [{"labelled": "spacing", "given": "retrieval-practice", "times": 1}]
assert {u["id"] for u in d["unmatched"]} == {"one", "two"}
rule = [r for r in d["rules"] if r["id"] == "retrieval-practice"][0]
assert (rule["hits"], rule["labelled"], rule["right"]) == (1, 1, 0) and rule["wordings"][0]["words"]'
ok $? "as JSON too"

printf '%s\n' '# kept' 'group g G' '' 'topic a A # kept too' 'parent g' 'strong exit ticket' '  phrase exit tickets today | ticket' 'yes exit ticket' 'no a b' \
    > "$work/hints/a.rules"
"$D" rules check --hints --rules "$work/hints" > "$work/out" 2> "$work/err"
ok $? "hints stop nothing"
has "$work/out" "1 in the way of stronger words" "hints are counted"
has "$work/err" "'exit tickets today' counts as phrase, though 'exit ticket' in line 6 would by itself count as strong" "weaker words around stronger ones are told"
id=$("$D" rules check --rules "$work/hints" | tail -n 1)
"$D" rules fmt "$work/hints/a.rules" --save > "$work/out"
has "$work/out" "tidied" "a file is tidied in its place"
has "$work/hints/a.rules" "  phrase    exit tickets today | ticket" "with its lines in columns"
ok $(($(grep -c kept "$work/hints/a.rules") != 2)) "remarks stay"
[ "$("$D" rules check --rules "$work/hints" | tail -n 1)" = "$id" ]
ok $? "and the rules are the same"
"$D" rules fmt "$work/hints/a.rules" --save | grep -q "tidy already"
ok $? "what is tidy is not touched"

mkdir "$work/tidy"
for file in "$DISCERN_ROOT"/config/rules/*.rules; do "$D" rules fmt "$file" > "$work/tidy/$(basename "$file")"; done
ok $(($("$D" rules export --rules "$work/tidy" | python3 -c 'import json,sys; print(json.load(sys.stdin)["rules"])' | cksum | cut -d' ' -f1) != \
    $("$D" rules export | python3 -c 'import json,sys; print(json.load(sys.stdin)["rules"])' | cksum | cut -d' ' -f1))) "tidying changes no rule"
for file in "$work"/tidy/*.rules; do "$D" rules fmt "$file" | cmp -s - "$file" || ok 1 "what is tidy stays: $file"; done
ok 0 "what is tidy stays"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
