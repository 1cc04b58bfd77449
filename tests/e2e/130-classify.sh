#!/usr/bin/env bash
# discern classify keeps its contract; rules check and rules test measure what they say.
set -u
passed=0 failed=0 skipped=0
ok() { if [ "$1" -eq 0 ]; then passed=$((passed + 1)); else
    failed=$((failed + 1))
    printf 'FAILED %s\n' "$2"
fi; }
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
D=$DISCERN_BIN

printf '%s\n' '{"id":"a","text":"Exit tickets: ask pupils to write one thing they learned."}' \
    'not json' '{"text":"no id"}' '{"id":"b","text":"Caf\u00e9 \ud83d\ude00 for teachers","links":["https://doi.org/10.1/x"]}' > "$work/in.jsonl"
"$D" classify "$work/in.jsonl" > "$work/out.jsonl" 2> "$work/err"
ok $(($? != 1)) "a bad line makes the status 1"
ok $(($(wc -l < "$work/out.jsonl") != 4)) "one line of answer for each line of input"
python3 - "$work/out.jsonl" << 'PY'
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
first, bad, nameless, last = rows
assert first["id"] == "a" and last["id"] == "b"
assert bad["ok"] is False and bad["error"] and nameless["ok"] is False
for row in (first, last):
    assert set(row["idea"]) == {"is", "score"} and 0 <= row["idea"]["score"] <= 1
    assert all(set(t) >= {"id", "score"} for t in row["topics"])
    assert row["evidence"]["level"] in range(5) and row["evidence"]["label"] and isinstance(row["evidence"]["because"], list)
    assert all(s["polarity"] in ("positive", "negative", "neutral") and s["field"] for s in row["signals"])
    assert set(row["flags"]) >= {"hype", "promotion", "myth", "check_first"}
    assert row["flags"]["myth"]["stance"] in ("none", "mentions", "promotes", "debunks")
    assert "hits" not in row and isinstance(row["phases"], list) and isinstance(row["subjects"], list)
assert last["evidence"]["level"] == 3
PY
ok $? "the answers have the shape of the contract"
printf '%s\n' '{"id":2,"text":"a"}' '{"text":"a"}' '{"id":"a"}' '{"id":"a","text":["b"]}' '{"id":null,"text":"a"}' 'x' > "$work/wrong.jsonl"
"$D" classify "$work/wrong.jsonl" 2> /dev/null | python3 -c '
import json, sys
told = [json.loads(line)["error"] for line in sys.stdin]
wanted = ["the \"id\" must be a text", "there is no \"id\"", "there is no \"text\"", "the \"text\" must be a text",
          "the \"id\" must be a text"]
assert len(told) == 6 and all(words in error for words, error in zip(wanted, told)), told'
ok $? "what must be a text and is none is told so, what is not there is told so"
python3 - "$D" << 'PY'
import json, subprocess, sys
page = ("My Year 8s open each English lesson with five questions from memory. The Year 9s do too. The study behind it was "
        "made with university students, and mine are twelve.")
rows = [{"id": "page", "text": "Five questions at the door", "article": {"title": "Five questions", "text": page}},
        {"id": "post", "text": "Year 6 to Year 7: what our Year 7 pupils told us about their first lessons."},
        {"id": "one", "text": "A lesson idea", "article": {"title": "A quiz", "text": "It was tried with university students in a lesson."}}]
out = subprocess.run([sys.argv[1], "classify", "-"], input="".join(json.dumps(row) + "\n" for row in rows), text=True, capture_output=True)
phases = {row["id"]: row["phases"] for row in map(json.loads, out.stdout.splitlines())}
assert phases == {"page": ["secondary"], "post": ["primary", "secondary"], "one": ["university"]}, phases
PY
ok $? "for whom a page is, is not what it names in passing; 'Year 8s' is Year 8"
"$D" classify --explain "$work/in.jsonl" 2> /dev/null | head -n 1 > "$work/explained"
python3 - "$work/explained" << 'PY'
import json, sys
row = json.load(open(sys.argv[1], encoding="utf-8"))
text = "Exit tickets: ask pupils to write one thing they learned.".encode()
assert row["hits"]
for hit in row["hits"]:
    if hit["field"] == "post":
        assert text[hit["start"]:hit["end"]].decode() == hit["text"]
PY
ok $? "hits are byte offsets into the field"
"$D" classify "$work/in.jsonl" 2> /dev/null | cmp -s - "$work/out.jsonl"
ok $? "the same input gives the same bytes"

"$D" rules check > "$work/check" 2> "$work/err"
ok $? "the shipped rules hold"
mkdir "$work/rules" && printf 'topic x Something\n  phrase a |\n  parent nowhere\n' > "$work/rules/bad.rules"
"$D" rules check --rules "$work/rules" > /dev/null 2> "$work/err"
ok $(($? != 2)) "bad rules make the status 2"
grep -q 'bad.rules:2:' "$work/err"
ok $? "a mistake is told with its place"

"$DISCERN_ROOT/scripts/quality" --discern "$D" --json > "$work/quality.json"
ok $? "the quality is measured on the project's own sample"
python3 - "$work/quality.json" << 'PY'
import json, sys
q = json.load(open(sys.argv[1], encoding="utf-8"))
assert q["documents"] >= 12 and q["idea"]["f1"] >= 0.7 and q["level"]["kappa"] >= 0.7, q
PY
ok $? "and is not poor there"
"$DISCERN_ROOT/scripts/quality" --discern "$D" --json "$DISCERN_ROOT/tests/labelled/posts.jsonl" > "$work/quality.json" &&
    python3 - "$work/quality.json" << 'PY'
import json, sys
q = json.load(open(sys.argv[1], encoding="utf-8"))
assert q["documents"] >= 45 and q["topics"]["f1"] >= 0.6 and q["idea"]["f1"] >= 0.55 and q["promotion"]["f1"] >= 0.8, q
PY
ok $? "nor on posts as teachers write them"
"$DISCERN_ROOT/scripts/quality" --discern "$D" --json "$DISCERN_ROOT/tests/labelled/written.jsonl" > "$work/quality.json" &&
    python3 - "$work/quality.json" << 'PY'
import json, sys
q = json.load(open(sys.argv[1], encoding="utf-8"))
assert q["documents"] >= 200 and q["topics"]["f1"] >= 0.65 and q["idea"]["f1"] >= 0.78 and q["level"]["kappa"] >= 0.8, q
PY
ok $? "nor on those of the written rounds"

shared=$DISCERN_SHARED/data/labelled
if [ -r "$shared/labels.jsonl" ]; then
    "$DISCERN_ROOT/scripts/quality" --discern "$D" --json "$shared/docs.jsonl" "$shared/labels.jsonl" > "$work/shared.json"
    python3 - "$work/shared.json" << 'PY'
import json, sys
q = json.load(open(sys.argv[1], encoding="utf-8"))
assert q["idea"]["f1"] >= 0.70 and q["level"]["kappa"] >= 0.80 and q["traceable"]["f1"] >= 0.80 and q["promotion"]["f1"] >= 0.70, q
PY
    ok $? "the shared labelled documents are judged as well as before"
else
    skipped=$((skipped + 1))
fi
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
