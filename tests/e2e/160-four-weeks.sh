# Goal of this test: four weeks of real feeds, a few more of them every day: no cap is broken, nothing under the bar is
# shown, no idea comes twice, every sum adds up, a focus holds new ideas back, and a second run writes the same bytes.
. "$(dirname "$0")/lib.sh"
feeds=${DISCERN_SHARED:-}/data/feeds
if [ ! -d "$feeds" ]; then
    skip "no shared feeds here"
    finish
fi
unset DISCERN_NOW
home=$work/home
make_home "$home"
cat >"$home/config/discern.conf" <<'CONF'
school Northfield Academy
contact cpd@northfield.example
reader all-staff
  title All staff
reader maths
  title Mathematics
  phases secondary
  subjects maths
  length 4
network
  follow-links no
CONF
files=()
for file in "$feeds"/*; do
    case "$file" in *.jsonl | *.md) ;; *) files+=("$file") ;; esac
done

# The labelled documents as blogs that grow by some posts a day.
blogs() { # DAY
    python3 - "$DISCERN_SHARED/data/labelled/docs.jsonl" "$work/blogs" "$1" "$now" <<'P'
import collections, email.utils, json, os, sys
from xml.sax.saxutils import escape
docs, folder, day, now = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
os.makedirs(folder, exist_ok=True)
blogs = collections.defaultdict(list)
for number, line in enumerate(open(docs)):
    doc = json.loads(line)
    if number % 28 <= day:
        blogs[doc['id'].split('-')[0]].append((number, doc))
for name, posts in blogs.items():
    items = ''.join(
        f"<item><guid>{escape(doc['id'])}</guid><title>{escape(doc.get('title') or '')}</title>"
        f"<link>https://{name}.example/{escape(doc['id'])}</link>"
        f"<pubDate>{email.utils.formatdate(now - (day - number % 28) * 86400)}</pubDate>"
        f"<description>{escape(escape(doc['text']))}</description></item>" for number, doc in posts)
    text = ''.join(c for c in items if c in '\t\n' or ord(c) >= 32)
    with open(f'{folder}/{name}.xml', 'w') as file:
        file.write(f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>'
                   f'<link>https://{name}.example/</link><description>x</description>{text}</channel></rss>')
    print(f'source b-{name}\n  kind feed\n  title Blog {name}\n  file {folder}/{name}.xml')
P
}

d() { DISCERN_NOW=$now "$DISCERN_BIN" --home "$home" "$@"; }

four_weeks() {
    local day index
    for day in $(seq 0 27); do
        now=$(($(date -u -d '2026-10-26 06:30' +%s) + day * 86400))
        for index in "${!files[@]}"; do
            [ $((index % 28)) -gt "$day" ] ||
                printf 'source f-%s\n  kind feed\n  file %s\n' "$index" "${files[$index]}"
        done >"$home/config/sources.conf"
        blogs "$day" >>"$home/config/sources.conf" || return 1
        d --quiet pull || [ $? -ne 2 ] || return 1
        d --quiet judge || return 1
        [ "$day" -ne 5 ] || d focus start "Retrieval" --reader maths --topics retrieval-practice,feedback-marking,mathematics,modelling || return 1
        d --json digest --explain >"$work/choice-$day.json" || return 1
        (cd "$home/site" && find . -type f | sort | xargs sha256sum) >"$work/one"
        d --json digest --explain >"$work/again.json" || return 1
        (cd "$home/site" && find . -type f | sort | xargs sha256sum) >"$work/two"
        cmp "$work/choice-$day.json" "$work/again.json" && cmp "$work/one" "$work/two" || return 1
    done
}

check "four weeks go by, and every day's second run writes the same bytes" four_weeks
check "no day breaks a rule" python3 - "$work" "$home/site" <<'P'
import collections, json, re, sys
from urllib.parse import urlsplit
work, site = sys.argv[1:]
shown = collections.defaultdict(list)
total = new_ideas = deepening = 0

def fold(text):
    return re.sub(r'\W+', ' ', text or '').strip().lower()

for day in range(28):
    for choice in map(json.loads, open(f'{work}/choice-{day}.json')):
        rules, reader = choice['rules'], choice['reader']
        where = f"{choice['date']} {reader}"
        digest = json.load(open(f"{site}/{reader}/{choice['date']}/digest.json"))
        sections = {e['code']: s['kind'] for s in digest['sections'] for e in s['entries']}
        entries = [e for s in digest['sections'] for e in s['entries']]
        assert len(entries) <= digest['reader']['length'], where
        for story in choice['chosen'] + choice['left_out']:
            assert sum(t['points'] for t in story['terms']) == story['score'], (where, story)
            assert 0 <= story['score'] <= 100
        assert choice['considered'] == len(choice['chosen']) + len(choice['left_out'])
        assert [e['code'] for e in entries] == [c['code'] for c in choice['chosen']]
        counts = collections.Counter()
        for e in entries:
            total += 1
            assert e['score'] >= rules['bar'], (where, e['score'])
            assert sum(t['points'] for t in e['terms']) == e['score'], where
            author = ([a.get('name') or a.get('handle') for a in e['item']['authors']] or [None])[0] or e['source_title']
            counts['author', fold(author)] += 1
            if e['key']: counts['host', urlsplit(e['key'] if '//' in e['key'] else '//' + e['key']).hostname] += 1
            if e['evidence']['topics']: counts['topic', e['evidence']['topics'][0]['id']] += 1
            counts['check', e['evidence']['check_first']] += 1
            assert e['evidence']['check_first'] == (sections[e['code']] == 'check-first'), where
            if sections[e['code']] == 'focus':
                deepening += 1
                continue
            for date, what, words in shown[reader]:
                assert day - date > 28 or not what & {e['story'], e['key'] or '-', *e['members']}, (where, e['headline'])
                assert day - date > 28 or words != fold(e['item']['text']) or not words, (where, e['headline'])
        for (kind, _), count in counts.items():
            most = {'author': rules['per-author'], 'host': rules['per-host'], 'topic': rules['per-topic']}.get(kind, 99)
            assert count <= most, (where, kind, _, count)
        assert counts['check', True] <= rules['check-first'], where
        for e in entries:
            shown[reader].append((day, {e['story'], e['key'] or '--', *e['members']}, fold(e['item']['text'])))
        if reader == 'maths' and day >= 5:
            fresh = sum(sections[e['code']] in ('ideas', 'classroom') for e in entries)
            new_ideas += fresh
            assert fresh <= 1, (where, fresh)
print(f'{total} entries, {new_ideas} new beside the focus, {deepening} that deepen it')
assert total > 60 and deepening > 0
P
cat "$work/check.out" >&2
finish
