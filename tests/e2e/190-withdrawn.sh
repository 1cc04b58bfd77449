# Goal of this test: a person who asks to be forgotten is gone from the pages of days long past, from feeds, lists and the
# store, and so is a post that its network says was deleted; everything else stays as it was.
. "$(dirname "$0")/lib.sh"
home=$work/home
d() { DISCERN_NOW=$now "$DISCERN_BIN" --home "$home" "$@"; }
(cd "$DISCERN_ROOT" && scripts/run --binary "$DISCERN_BIN" --home "$home") >/dev/null 2>&1
site=$home/site/all-staff
now=$(date -u -d '2026-11-25 07:30' +%s)
person=$(python3 - "$site/2026-11-25/digest.json" <<'P'
import json, sys
entries = [e for s in json.load(open(sys.argv[1]))['sections'] for e in s['entries']]
# Nobody else shared it: what others say of a person in posts of their own is theirs.
print(next(e['item']['authors'][0]['name'] for e in entries
           if e['item']['authors'] and e['item']['authors'][0]['name'] and len(e['members']) == 1))
P
)
mapfile -t facts < <(python3 - "$site/2026-11-25/digest.json" "$person" <<'P'
import json, sys
entries = [e for s in json.load(open(sys.argv[1]))['sections'] for e in s['entries']]
entry = next(e for e in entries if any(a.get('name') == sys.argv[2] for a in e['item']['authors']))
print(entry['code']); print(entry['headline']); print(entry['item']['text'][:60].split('\n')[0])
other = next(e for e in entries if e is not entry)
print(other['code']); print(other['headline'])
P
)
code=${facts[0]} headline=${facts[1]} words=${facts[2]} other=${facts[3]} other_headline=${facts[4]}
check "the person leads an entry" grep -rqF "$headline" "$site/2026-11-25/index.html"
check "the person can be forgotten" status 0 d forget "$person"
now=$((now + 86400))
check "the next digest is made" status 0 d digest
# Others may link to the same page today: what they call it is theirs.
check "no page of the days before holds the headline" sh -c "! grep -rlF --exclude-dir=2026-11-26 '$headline' '$site'"
check "nor the words" sh -c "! grep -rlF '$words' '$site'"
check "nor the name" sh -c "! grep -rlF '$person' '$site'"
check "nor does the store" sh -c "! strings -n 8 '$home/discern.db' '$home'/discern.db-* 2>/dev/null | grep -F '$words'"
check "the entry's own page says so" grep -q 'withdrawn' "$site/i/$code.html"
check "and the day's page" grep -q 'withdrawn' "$site/2026-11-25/index.html"
check "and the text and the mail" sh -c "grep -q 'withdrawn' '$site/2026-11-25/digest.txt' && grep -q 'withdrawn' '$site/2026-11-25/digest.eml'"
check "others stand where they stood" grep -qF "$other_headline" "$site/2026-11-25/index.html"
check "with a page of their own" grep -qF "$other_headline" "$site/i/$other.html"
check "the data hold to their form" python3 - "$site/2026-11-25/digest.json" "$code" <<'P'
import json, sys
entries = [e for s in json.load(open(sys.argv[1]))['sections'] for e in s['entries']]
entry = next(e for e in entries if e['code'] == sys.argv[2])
assert entry['withdrawn'] is True and entry['headline'] is None and entry['item']['text'] is None and not entry['shared_by']
assert sum(e['withdrawn'] for e in entries) == 1 and len(entries) > 3
P
(cd "$site" && find . -type f | sort | xargs sha256sum) >"$work/one"
check "it can be made again" status 0 d digest
(cd "$site" && find . -type f | sort | xargs sha256sum) >"$work/two"
check "with the same bytes" cmp "$work/one" "$work/two"
# A page that somebody else's post links to is emptied too, when it says who wrote it.
check "a page is kept that somebody else's post links to" sh -c "sqlite3 '$home/discern.db' 'SELECT count(*) FROM article WHERE state = 1' | grep -qx '[1-9][0-9]*'"
read_before=$(sqlite3 "$home/discern.db" 'SELECT count(*) FROM article WHERE state = 1')
check "its author can be forgotten" status 0 d forget "Rui Pereira"
check "and the page is emptied" sh -c "[ \$(sqlite3 '$home/discern.db' 'SELECT count(*) FROM article WHERE state = 1') -lt $read_before ]"
check "the digest is made" status 0 d digest
check "no link of the site leads nowhere" python3 - "$site" <<'P'
import os, re, sys
for folder, _, files in os.walk(sys.argv[1]):
    for name in files:
        if not name.endswith('.html'): continue
        for href in re.findall(r'href="([^"#:]+)["#]', open(os.path.join(folder, name)).read()):
            assert os.path.exists(os.path.join(folder, href)), (folder, name, href)
P
finish
