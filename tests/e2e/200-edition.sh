# Goal of this test: the week's edition is an e-book that readers of EPUB take: a good archive, well-formed chapters, every
# idea of every day of the week and no other, the same bytes again; hostile texts are only text in it.
. "$(dirname "$0")/lib.sh"
home=$work/home
make_feeds() {
    mkdir -p "$work/feeds"
    make_feed "$work/feeds/one.xml" "Ms Okafor" "$(feed_item 1 "Low-stakes quizzes &amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt; ]]&gt; &amp;amp; more &#x202e;for all" "I open each maths lesson with a low-stakes quiz of three questions: ask pupils to answer from memory, then correct together. https://doi.org/10.1111/j.1467-9280.2006.01693.x")"
    make_feed "$work/feeds/two.xml" "The staffroom" "$(feed_item 2 "Whole-class feedback in ten minutes" "Write one sheet of feedback for the class, and ask pupils to improve one paragraph. I tried it with my Year 10 class and their second drafts improved.")"
    make_feed "$work/feeds/three.xml" "Science" "$(feed_item 5 "Worked examples in chemistry" "Show a worked example, then give pupils the same problem with the last step missing. A meta-analysis of worked examples found clear gains for novices (https://doi.org/10.1007/s10648-010-9145-4).")"
}
make_home "$home"
printf 'choose\n  bar 20\n  per-host 6\n' >>"$home/config/discern.conf"
d() { "$DISCERN_BIN" --home "$home" "$@"; }
weeks=$home/site/all-staff/weeks

sed -i 's/^  title All staff/&\n  length 1/' "$home/config/discern.conf"
for day in 2026-11-22 2026-11-23 2026-11-25 2026-11-29; do
    DISCERN_NOW=$(date -u -d "$day 06:20" +%s)
    touch -d "$day 06:00" "$work"/feeds/*
    check "a digest for $day" status 0 d run --date "$day"
done
check "there are two editions: Sunday ends a week" sh -c "[ \"\$(ls '$weeks' | tr '\n' ' ')\" = '2026-W47.epub 2026-W48.epub ' ]"
check "the archive leads to the newest" grep -q 'href="weeks/2026-W48.epub"' "$home/site/all-staff/index.html"
check "they are whole and well made" python3 - "$home/site/all-staff" <<'P'
import glob, json, sys, zipfile
from xml.etree import ElementTree as et
site = sys.argv[1]
X = '{http://www.w3.org/1999/xhtml}'
O = '{http://www.idpf.org/2007/opf}'
def headlines(dates):
    for date in dates:
        digest = json.load(open(f'{site}/{date}/digest.json'))
        for section in digest['sections']:
            for entry in section['entries']:
                yield entry['headline']
for week, dates in {'2026-W47': ['2026-11-22'], '2026-W48': ['2026-11-23', '2026-11-25', '2026-11-29']}.items():
    raw = open(f'{site}/weeks/{week}.epub', 'rb').read()
    assert raw[30:58] == b'mimetypeapplication/epub+zip', raw[:60]
    book = zipfile.ZipFile(f'{site}/weeks/{week}.epub')
    assert book.testzip() is None
    assert book.infolist()[0].filename == 'mimetype' and book.infolist()[0].compress_type == 0
    assert not any(i.extra for i in book.infolist())
    parsed = {n: et.fromstring(book.read(n)) for n in book.namelist() if n.endswith(('.xhtml', '.opf', '.xml'))}
    package = parsed['book/book.opf']
    items = {i.get('id'): i.get('href') for i in package.iter(O + 'item')}
    assert all('book/' + href in book.namelist() for href in items.values())
    spine = [items[r.get('idref')] for r in package.iter(O + 'itemref')]
    assert spine == ['nav.xhtml'] + [d + '.xhtml' for d in dates], spine
    toc = [a.get('href') for a in parsed['book/nav.xhtml'].iter(X + 'a')]
    assert toc == spine[1:], toc
    heads = [h.text for name in spine[1:] for h in parsed['book/' + name].iter(X + 'h3')]
    assert heads == [h.replace('\u202e', '') for h in headlines(dates)], heads
    assert not any(list(p.iter(X + 'script')) for p in parsed.values())
    links = [a.get('href') for p in parsed.values() for a in p.iter(X + 'a')]
    assert all(h.split(':')[0] in ('http', 'https', 'mailto') or h.endswith('.xhtml') for h in links), links
P
check "every name of it is once" sh -c "! python3 -m zipfile -l '$weeks/2026-W48.epub' | awk '{print \$1}' | sort | uniq -d | grep ."
sha256sum "$weeks"/* >"$work/one"
check "the day is made again" status 0 d digest --date 2026-11-29
sha256sum "$weeks"/* >"$work/two"
check "with the same bytes" cmp "$work/one" "$work/two"
if [ -f /usr/bin/epubcheck ] && command -v java >/dev/null; then
    for book in "$weeks"/*; do
        check "EPUBCheck finds nothing in ${book##*/}" sh -c \
            "java -jar /usr/bin/epubcheck '$book' 2>&1 | tee '$work/said' && grep -q '0 fatals / 0 errors / 0 warnings' '$work/said'"
    done
else
    skip "no EPUBCheck here"
fi
finish
