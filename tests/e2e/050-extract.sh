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
check "and how sure each field is, beside where it came from" field 'set(d["surety"]) == set(d["from"]) and all((d["from"][k] is None) == (s is None) and (s is None or 0 < s < 1) for k, s in d["surety"].items())'
check "with its text" field '"three short questions" in d["text"] and "Home" not in d["text"] and d["kind"] == "article"'
check "with its title and day" field 'd["title"] == "Quizzes" and d["published"] == "2026-03-05T08:00:00Z"'
check "and what it rests on" field '{"10.1234/abc"} <= {r["id"] for r in d["references"]} and any(r["kind"] == "citation" for r in d["references"])'

sed 's|<title>|<link rel=canonical href="/a?id=3\&amp;utm_source=mail\&amp;fbclid=x"><title>|' "$work/page.html" >"$work/tracked.html"
check "a page that says its address with trackers on it" extract --url https://school.example/a "$work/tracked.html"
check "is known by the address without them" field 'd["canonical_url"] == "https://school.example/a?id=3"'

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
w("deep.html", b"<html><body>" + b"<div>" * 100000 + b"hello there" + b"</div>" * 100000)
w("inline.html", b"<html><body>" + b"<b><i><font><span>" * 100000 + b"hello there")
w("nul.html", b"<p>Hello\0 there \0\0 this is a page" * 200000)
w("mixed.html", "<meta charset=utf-16><p>caf\u00e9</p>".encode() + "na\u00efve".encode("utf-16") + "\u65e5\u672c".encode("shift-jis") * 100000 + bytes(range(256)) * 3000)
w("scripts.html", b"<script>" * 500000 + b"<p onclick=alert(1)>x<svg onload=alert(1)>" * 50000)
w("unclosed.html", b"<script>var a='" + b"x" * 9000000)
w("class.html", b"<p class='sidebar nav-ad post comment reply author foo1 bar-2'>x" * 150000)
w("lines.html", b"<time class=date>3 March 2026 is the day</time><p>By Ann Lee | March 3, 2026" * 90000)
w("members.html", b'<script type="application/ld+json">[[]' + b",[]" * 1500000 + b"]</script><p>x")
w("owners.html", b"<div itemprop=author>" * 200000)
w("titles.html", b"<title>" + b"word " * 100000 + b"</title>" + b"<h2>word word word</h2>" * 300000)
own = b"<p>" + b"The second half of the term went the same way, and by then nobody needed to be told what it was for. " * 4 + b"</p>"
w("tails.html", b"<meta property=og:type content=article><article>" + own * 400 + b"<h2>Related posts</h2>" * 200000 + own * 3)
w("listing.html", b"<meta property=og:type content=article><article>" + own * 50 + b"<pre>" + b"<div>a[i] = {b};</div>" * 300000 + b"</pre>" + own)
w("days.html", b"<div>" * 200 + b"<h1>Days</h1>" + own * 50 + b"<footer>" + b"<time>5 March 2026</time>" * 200000 + b"</footer>")
w("same.html", b"<p>This is a paragraph that is said again and again, for ever and ever, by a page.</p>" * 110000)
def pdf(name, contents):
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
               contents, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    out = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (i + 1, body) for i, body in enumerate(objects))
    w(name, out + b"trailer << /Size 6 /Root 1 0 R >>\n%%EOF\n")
pdf("printed.pdf", (lambda t: b"<< /Length %d >>\nstream\n%s\nendstream" % (len(t), t))(
    b"BT /F 24 Tf 60 760 Td (Spacing out practice) Tj /F 12 Tf 0 -40 Td (Cy Fox1, Di Hart2 and Ed Poe) Tj "
    b"0 -40 Td (Final Report) Tj 0 -40 Td (March 2019) Tj 0 -40 Td (Pupils who met a topic again after a week remembered more of it than the others did.) Tj ET"))
pdf("picture.pdf", b"<< /Length 0 >>\nstream\n\nendstream")
import zlib
packed = zlib.compress(b"BT /F 11 Tf (word word word) Tj ET " * 9000000, 9)
pdf("bomb.pdf", b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed))
twice = zlib.compress(zlib.compress(b"\0" * 400000000, 9), 9)
pdf("twice.pdf", b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (len(twice), twice))
w("image.png", bytes(range(256)) * 100)
PY
if ldconfig -p 2>/dev/null | grep -q libpoppler-glib.so.8; then
    check "a PDF is read" extract "$work/report.pdf"
    check "its text" field '"remembered more of it" in d["text"] and d["kind"] == "document"'
    check "its title by its letters, its authors" field 'd["title"] == "Spacing out practice" and d["authors"] == ["Ann Lee", "Bo Ray"]'
    check "its DOI" field '"10.1234/xyz.5" in {r["id"] for r in d["references"]}'
    check "authors who are only printed" extract "$work/printed.pdf"
    check "are read from under its title" field 'd["authors"] == ["Cy Fox", "Di Hart", "Ed Poe"] and d["from"]["authors"] == "text"'
    check "and how sure it is of each" field 'd["surety"]["title"] > 0 and 0 < d["surety"]["authors"] < 0.9'
    check "with the month that is printed, which is no sure day" field 'd["published"] == "2019-03-01T00:00:00Z" and d["from"]["published"] == "text" and d["surety"]["published"] < 0.6'
    check "a PDF without words" extract "$work/picture.pdf"
    check "is said to be none to read" field '"pictures of pages" in d["problem"] and d["words"] == 0'
    check "a broken PDF gives one line and status 1" sh -c '"$DISCERN_BIN" extract "$1"; test $? = 1' - "$work/broken.pdf"
else
    skip "PDFs: libpoppler-glib8 is not installed"
fi
check "an image gives one line and status 1" sh -c '"$DISCERN_BIN" extract "$1" | grep -q "\"ok\":false"' - "$work/image.png"
# What one document may cost: CPU seconds and memory of all processes, and one line of answer. Sanitizers cost more.
cost=$(nm -D "$DISCERN_BIN" 2>/dev/null | grep -q __asan && echo "20 2000" || echo "1.2 100")
cat >"$work/cost.py" <<'PY'
import json, resource, subprocess, sys
seconds, mib, binary, name = float(sys.argv[1]), float(sys.argv[2]), sys.argv[3], sys.argv[4]
done = subprocess.run([binary, "extract", name], stdin=sys.stdin, stdout=subprocess.PIPE, timeout=60)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
lines = done.stdout.decode().strip("\n").split("\n")
good = (done.returncode in (0, 1) and len(lines) == 1 and json.loads(lines[0])["ok"] == (done.returncode == 0)
        and used.ru_utime + used.ru_stime <= seconds and used.ru_maxrss / 1024 <= mib)
if not good:
    print(name, "status", done.returncode, "lines", len(lines), "CPU", used.ru_utime + used.ru_stime, "MiB", used.ru_maxrss / 1024)
sys.exit(not good)
PY
costs_little() { python3 "$work/cost.py" $cost "$DISCERN_BIN" "$1"; }
for name in "$work"/*.html "$work"/*.pdf; do
    case $name in *.pdf) ldconfig -p 2>/dev/null | grep -q libpoppler-glib.so.8 || continue ;; esac
    check "hostile $(basename "$name") ends in time, within memory, with one line" costs_little "$name"
done
a_gigabyte() { { yes '<div><span>' | head -c 1000000000 || true; } | costs_little -; }
check "a gigabyte of open tags ends as well" a_gigabyte
check "a NUL byte ends no page" sh -c '"$DISCERN_BIN" extract "$1" | grep -q "this is a page"' - "$work/nul.html"

pages=$DISCERN_SHARED/data/pages
if [ -f "$pages/manifest.jsonl" ] && [ -f "$DISCERN_SHARED/tools/score_pages.py" ]; then
    python3 "$DISCERN_SHARED/tools/score_pages.py" --types --discern "$DISCERN_BIN" "$pages" >"$work/score"
    at_least() { awk -v field="$1" -v least="$2" '
        field == "F1" && /word F1/ && $5 >= least { good = 1 }
        $1 == field && $2 == "right" && $3 >= least { good = 1 }
        $1 == field && $2 ~ /^0/ && $2 >= least { good = 1 }
        END { exit !good }' "$work/score" || { cat "$work/score"; return 1; }; }
    check "the main text of the shared pages is found" at_least F1 0.875
    check "nearly all of it in articles" at_least article 0.955
    check "their titles" at_least title 0.80
    check "their authors" at_least author 0.75
    check "their dates" at_least date 0.88
    cat >"$work/surety.py" <<'PY'
"""Reads the shared pages: of what is said to be sure, more must be right than of what is not."""
import json, pathlib, re, subprocess, sys
binary, pages = sys.argv[1], pathlib.Path(sys.argv[2])
fold = lambda text: re.sub(r"\W+", " ", text or "").strip().lower()
right = {field: {"low": [], "high": []} for field in ("title", "authors", "published")}
for line in open(pages / "manifest.jsonl", encoding="utf-8"):
    page = json.loads(line)
    truth = pages / "truth" / (page["file"].rsplit(".html", 1)[0] + ".json")
    if not truth.exists():
        continue
    truth = json.loads(truth.read_text(encoding="utf-8"))
    out = subprocess.run([binary, "extract", "--url", page["url"], str(pages / page["file"])], stdout=subprocess.PIPE)
    got = json.loads(out.stdout)
    for field, wanted in (("title", truth.get("title")), ("authors", truth.get("author")), ("published", truth.get("publish_date"))):
        sure = got["surety"][field]
        if not wanted or sure is None:
            continue
        good = (fold(wanted) == fold(got["title"]) if field == "title" else
                any(fold(name) in fold(wanted) for name in got["authors"]) if field == "authors" else
                got["published"][:10] == wanted[:10])
        right[field]["high" if sure >= 0.8 else "low"].append(good)
holds = True
for field, bands in right.items():
    low, high = (sum(bands[b]) / max(1, len(bands[b])) for b in ("low", "high"))
    print(field, "low %.3f of %d, high %.3f of %d" % (low, len(bands["low"]), high, len(bands["high"])))
    holds = holds and len(bands["low"]) >= 10 and high >= 0.9 and high > low + 0.05
sys.exit(not holds)
PY
    check "what is said to be sure is right more often" python3 "$work/surety.py" "$DISCERN_BIN" "$pages"
else
    skip "the shared pages are not here"
fi
finish
