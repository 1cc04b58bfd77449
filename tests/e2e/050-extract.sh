#!/bin/bash
# discern extract: the contract's line for pages and PDFs, hostile pages in time and memory, the shared pages' measures.
. "$(dirname "$0")/lib.sh"

extract() { "$DISCERN_BIN" extract "$@" >"$work/out" 2>"$work/err"; }
field() { python3 - "$work/out" "$1" <<'PY'
import json, sys
d = json.loads(open(sys.argv[1], encoding="utf-8").read().splitlines()[0])
sys.exit(0 if eval(sys.argv[2]) else print(json.dumps(d)[:600]) or 1)
PY
}

cat >"$work/page.html" <<'END'
<html lang=en><head><title>Quizzes | School</title><meta property="article:published_time" content="2026-03-05T08:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Quizzes</h1>
<p>Every lesson began with three short questions about last week, as <a href="https://doi.org/10.1234/ABC">a study</a> advises.</p>
<p>By the fourth week, most pupils told me, of their own accord, which of the answers they had to look up (Lee, 2019).</p>
</article></body></html>
END
check "a page is read" extract --url https://school.example/a "$work/page.html"
check "with all the contract's fields" field 'set(d) >= {"file","ok","error","url","canonical_url","title","authors","published","modified","site","description","lang","image","text","words","paywalled","kind","confidence","from","references","links"}'
check "with its text" field '"three short questions" in d["text"] and "Home" not in d["text"] and d["kind"] == "article"'
check "with its title and day" field 'd["title"] == "Quizzes" and d["published"] == "2026-03-05T08:00:00Z"'
check "and what it rests on" field '{"10.1234/abc"} <= {r["id"] for r in d["references"]} and any(r["kind"] == "citation" for r in d["references"])'

python3 - "$work" <<'PY'
import sys
objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
           b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"]
text = b"BT /F 24 Tf 60 760 Td (Spacing out practice) Tj /F 11 Tf 0 -40 Td (Ann Lee, 2019. doi:10.1234/xyz.5) Tj 0 -16 Td (Pupils who met a topic again after a week remembered more of it.) Tj ET"
objects += [b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", b"<< /Author (Ann Lee; Bo Ray) /CreationDate (D:20190402080000Z) >>"]
out, places = b"%PDF-1.4\n", []
for i, body in enumerate(objects):
    places.append(len(out))
    out += b"%d 0 obj\n%s\nendobj\n" % (i + 1, body)
start = len(out)
out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places)
out += b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
open(sys.argv[1] + "/report.pdf", "wb").write(out)
open(sys.argv[1] + "/broken.pdf", "wb").write(b"%PDF-1.4\n" + bytes(range(256)) * 40)
w = lambda name, data: open(sys.argv[1] + "/" + name, "wb").write(data)
w("divs.html", b"<div>" * 1900000)
w("tags.html", b"<b><i><font>x</b></i>" * 400000)
w("attributes.html", b"<p " + b"".join(b"a%d=1 " % i for i in range(1000000)) + b">hello")
w("names.html", b"".join(b"<x%d>" % i for i in range(500)) + b"</yy>" * 1500000)
w("noscript.html", b"<noscript>" * 900000)
w("headings.html", b"<h1>a title here</h1>" * 300000)
w("brackets.html", b'<script type="application/ld+json">' + b"[" * 3000000 + b"</script><p>x")
w("lists.html", b"<ul><li>" * 500000)
w("image.png", bytes(range(256)) * 100)
PY
if ldconfig -p 2>/dev/null | grep -q libpoppler-glib.so.8; then
    check "a PDF is read" extract "$work/report.pdf"
    check "its text" field '"remembered more of it" in d["text"] and d["kind"] == "document"'
    check "its title by its letters, its authors" field 'd["title"] == "Spacing out practice" and d["authors"] == ["Ann Lee", "Bo Ray"]'
    check "its DOI" field '"10.1234/xyz.5" in {r["id"] for r in d["references"]}'
    check "a broken PDF gives one line and status 1" sh -c '"$DISCERN_BIN" extract "$1"; test $? = 1' - "$work/broken.pdf"
else
    skip "PDFs: libpoppler-glib8 is not installed"
fi
check "an image gives one line and status 1" sh -c '"$DISCERN_BIN" extract "$1" | grep -q "\"ok\":false"' - "$work/image.png"
for name in divs tags attributes names noscript headings brackets lists; do
    check "hostile $name end in time" timeout 20 sh -c '"$DISCERN_BIN" extract "$1" >/dev/null; test $? -le 1' - "$work/$name.html"
done

pages=$DISCERN_SHARED/data/pages
if [ -f "$pages/manifest.jsonl" ] && [ -f "$DISCERN_SHARED/tools/score_pages.py" ]; then
    python3 "$DISCERN_SHARED/tools/score_pages.py" --discern "$DISCERN_BIN" "$pages" >"$work/score"
    check "the main text of the shared pages is found" awk '/word F1/ { exit !($5 >= 0.86) }' "$work/score"
    check "and the metadata" awk '$1 == "title" && $3 < 0.77 || $1 == "author" && $3 < 0.73 || $1 == "date" && $3 < 0.8 { bad = 1 } END { exit bad }' "$work/score"
else
    skip "the shared pages are not here"
fi
finish
