#!/bin/bash
# Goal: what a post cites is asked of the registries, once: found, not found, retracted, corrected, rate-limited, slow
# and malformed answers each come out as what they are; a registry that cannot be asked never lowers or raises a level.
. "$DISCERN_ROOT/tests/e2e/lib.sh"
home=$work/home
make_home "$home"
cite() { # NUMBER NAME: an item that rests on 10.5555/NAME
    feed_item "$1" "Idea number $1 for a lesson on $2" "Ask pupils to write down three things that they remember from last week before you begin. I tried it with my Year 8 class and found that more of them finished the topic test. The study: https://doi.org/10.5555/$2"
}
make_feed "$work/feeds/one.xml" "Ms Okafor teaches" "$(cite 1 found)$(cite 2 synthesis)$(cite 3 retracted)$(cite 4 corrected)"
make_feed "$work/feeds/two.xml" "The staffroom" "$(cite 5 limited)$(cite 6 slow)$(cite 7 malformed)$(cite 8 nowhere)"
# Numbers of PubMed's, which neither registry knows, come before a DOI: they must not take its place.
numbers() { seq -s ' ' -f 'PMID: %.0f.' "$1" "$2"; }
make_feed "$work/feeds/three.xml" "Science corner" "$(cite 9 data.set)$(feed_item 7 'Two hundred studies of quizzes' "$(numbers 10000001 10000120)")$(feed_item 8 'And more of them' "$(numbers 10000121 10000240)")"
touch -d @1795500000 "$work"/feeds/*.xml
mkdir "$work/registry"
python3 "$DISCERN_ROOT/tests/e2e/registry.py" "$work/registry" &
server=$!
trap 'kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 200); do [ -s "$work/registry/address" ] && break; sleep 0.05; done
address=$(cat "$work/registry/address")
sed -i "s|^  look-up-works no|  look-up-works yes\n  timeout 3 s\n  crossref $address\n  datacite $address|" "$home/config/discern.conf"
log=$work/registry/log

run() { "$DISCERN_BIN" --home "$home" --quiet run; }
asked() { grep -c "$1" "$log"; }
is() { [ "$1" = "$2" ] || { echo "got '$1', wanted '$2'"; return 1; }; }
# The verdict on the post that cites NAME, as JSON.
verdict() { "$DISCERN_BIN" --home "$home" --json why "https://blog.example/$1"; }
has() { verdict "$1" | tee "$work/verdict" | grep -qF "$2" || { jq -c .verdict.evidence "$work/verdict"; echo "no '$2'"; return 1; }; }
level() { is "$(verdict "$1" | jq -r '[.. | .level? | numbers][0]')" "$2"; }

check "a run ends well whatever the registry answers" status 0 run
check "and says nothing" is "$(cat "$work/err")" ""
check "more works than a run asks for are known to no registry" test "$(sqlite3 "$home/discern.db" "SELECT count(*) FROM work WHERE id LIKE 'pmid:%'")" -gt 200
check "each work was asked for once" is "$(asked '^/works/10.5555%2Ffound')" 1
check "the polite pool gets the school's contact" is "$(asked 'mailto=cpd%40northfield.example')" "$(asked '^/works')"
check "and so does the agent's name" is "$(asked 'agent=discern/.*cpd@northfield.example')" "$(wc -l <"$log")"
check "what Crossref does not know, DataCite is asked for" is "$(asked '^/dois/10.5555%2F\(nowhere\|data.set\)')" 2
check "what Crossref knows, DataCite is not asked for" is "$(asked '^/dois/10.5555%2Ffound')" 0
check "a found work comes with its title" has 1 "Spaced quizzes in Year 8 mathematics” (Ama Okafor, 2019, Journal of Classroom Enquiry)"
check "one study is level 3" level 1 3
check "a synthesis is known by what it is" level 2 4
check "a retracted study is to be checked first" has 3 '"check_first":true'
check "and said" has 3 "retracted"
check "a corrected study is said" has 4 "was corrected after it appeared"
check "and is no reason to check first" has 4 '"check_first":false'
check "rate-limited: the level stands on the text" level 5 3
check "and it says that it was not looked up" has 5 "not looked up"
check "slow: the same" has 6 "not looked up"
check "malformed: the same" has 7 "not looked up"
check "not known anywhere is said" has 8 "not found"
check "DataCite's answer is kept" has 9 "Quiz scores of 40 classes"

before=$(wc -l <"$log")
check "a second run ends well" status 0 run
check "and asks nothing again" is "$(wc -l <"$log")" "$before"
export DISCERN_NOW=$((DISCERN_NOW + 3 * 86400))
check "three days later" status 0 run
check "what failed is tried again" is "$(asked '^/works/10.5555%2Fmalformed')" 2
check "what was found is kept for good" is "$(asked '^/works/10.5555%2Ffound')" 1
kill "$server"
wait "$server" 2>/dev/null
export DISCERN_NOW=$((DISCERN_NOW + 3 * 86400))
check "a registry that is gone disturbs no run" status 0 run
check "and stays silent" is "$(cat "$work/err")" ""
sed -i 's/^  look-up-works yes/  look-up-works no/' "$home/config/discern.conf"
finish
