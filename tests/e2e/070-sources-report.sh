#!/bin/bash
# Goal of this test: the report on sources says what is there: every figure is recounted another way, from the export and the
# pages, over the shared labelled posts (or our own few where they are absent); a flag marked wrong stops counting; nothing
# from outside is a formula; links that open are told from links that don't; a source goes and the comments stay.
. "$DISCERN_ROOT/tests/e2e/lib.sh"
home=$work/home
make_home "$home"
discern() { "$DISCERN_BIN" --home "$home" "$@"; }
is() { [ "$1" = "$2" ] || { echo "got '$1', wanted '$2'"; return 1; }; }
json() { jq -r "$1" "$work/out"; }

# ---- the labelled posts as feeds, one for each collection ----
docs=$DISCERN_SHARED/data/labelled/docs.jsonl
[ -r "$docs" ] || { docs=$DISCERN_ROOT/tests/labelled/own.jsonl; skip "the shared labelled posts are absent: our own are counted"; }
python3 - "$docs" "$work/feeds" "$home/config/sources.conf" <<'PY'
import datetime, email.utils, json, re, sys
from xml.sax.saxutils import escape
groups = {}
for number, line in enumerate(open(sys.argv[1], encoding="utf-8")):
    doc = json.loads(line)
    doc.setdefault("date", "2026-11-%02d" % (number % 24 + 1))
    name = re.sub(r"[^a-z0-9]", "", doc["id"].rsplit("-", 1)[0].lower()) if "-" in doc["id"] else "own"
    groups.setdefault("s-" + name, []).append(doc)
conf = open(sys.argv[3], "w", encoding="utf-8")
for name, items in sorted(groups.items()):
    with open("%s/%s.xml" % (sys.argv[2], name), "w", encoding="utf-8") as feed:
        feed.write('<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>%s</title>'
                   '<link>https://%s.example/</link><description>x</description>' % (name, name))
        for doc in items:
            said = re.match(r"(\d{4})-(\d\d)-(\d\d)", doc.get("date") or "")
            when = said and email.utils.format_datetime(datetime.datetime(*map(int, said.groups()), 12, tzinfo=datetime.timezone.utc))
            feed.write("<item><guid isPermaLink=\"false\">%s</guid><title>%s</title>%s<description>%s</description></item>" % (
                escape(doc["id"]), escape(doc.get("title") or ""), "<pubDate>%s</pubDate>" % when if when else "",
                escape("<p>" + escape(doc["text"]).replace("\n\n", "</p><p>") + "</p>")))
        feed.write("</channel></rss>")
    conf.write("# About %s: kept\nsource %s\n  kind feed\n  title Source %s   # said by hand\n  file %s/%s.xml\n\n" % (name, name, name, sys.argv[2], name))
PY
touch -d @1795500000 "$work"/feeds/*.xml
check "all posts are read and judged" status 0 discern --quiet run
check "they come out" status 0 discern export
cp "$work/out" "$work/export.jsonl"
check "the report of all" status 0 discern --json sources report --days 0
cp "$work/out" "$work/report.json"
check "of the last days" status 0 discern --json sources report --days 400
cp "$work/out" "$work/recent.json"
check "as a table" status 0 discern sources report --days 0 --csv
cp "$work/out" "$work/report.csv"
check "in words" status 0 discern sources report --days 0
check "one source of it" status 0 discern --json sources report "$(jq -r '[.sources[]]|max_by(.posts).source' "$work/report.json")" --days 0
cp "$work/out" "$work/one.json"

# ---- the count by other hands ----
cat >"$work/recount.py" <<'PY'
"""Recounts the report from the export, the rule files and the digests. Prints what differs."""
import csv, datetime, glob, json, math, re, statistics, sys
work, rules, site = sys.argv[1:4]
wrong = set(map(tuple, json.load(open(work + "/wrong.json")))) if len(sys.argv) > 4 else set()
NOW = 1795590000
marks, block = {}, None
for name in glob.glob(rules + "/*.rules"):
    for line in open(name, encoding="utf-8"):
        words = line.split()
        if words and words[0] == "signal":
            block = words[1]
        elif words and re.match(r"[a-z]", line):
            block = None
        elif block and words[:1] == ["mark"]:
            marks[block] = words[1]
chosen = set()
for name in glob.glob(site + "/*/*/digest.json"):
    def walk(value):
        if isinstance(value, dict):
            for key, one in value.items():
                if key in ("item", "id") and isinstance(one, str):
                    chosen.add(one)
                walk(one)
        elif isinstance(value, list):
            for one in value:
                if isinstance(one, str):
                    chosen.add(one)
                walk(one)
    walk(json.load(open(name, encoding="utf-8")).get("sections"))
z = statistics.NormalDist().inv_cdf(0.975)


def wilson(k, n):
    """The two roots of (p - k/n)^2 = z^2 p (1 - p) / n."""
    if n == 0:
        return 0.0, 1.0
    a, b, c = 1 + z * z / n, -(2 * k / n + z * z / n), (k / n) ** 2
    root = math.sqrt(b * b - 4 * a * c)
    return max(0.0, (-b - root) / (2 * a)), min(1.0, (-b + root) / (2 * a))


def instant(text):
    return int(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


posts = []
for line in open(work + "/export.jsonl", encoding="utf-8"):
    row = json.loads(line)
    verdict, item = row["verdict"], row["item"]
    if item["kind"] == "repost":
        continue
    seen = instant(row["first_seen"])
    when = instant(item["published"]) if item["published"] and instant(item["published"]) <= seen else seen
    found = {marks.get(s["id"]) for s in verdict["signals"]}
    ids = {s["id"] for s in verdict["signals"]}
    level = verdict["evidence"]["level"]
    flags = {name for name, holds in {
        "traceable": level >= 3,
        "overclaim": verdict["about_education"] and found & {"overclaim", "composite"},
        "myth": verdict["flags"]["myth"]["stance"] == "promotes",
        "hype": verdict["flags"]["hype"],
        "promotion": verdict["flags"]["promotion"],
        "interest": "interest-declared" in ids,
        "own-results": level >= 1 and {"account", "outcome"} <= found,
        "chosen": row["id"] in chosen}.items() if holds}
    posts.append({"id": row["id"], "source": row["source"], "when": when,
                  "set": flags, "flags": {f for f in flags if (row["id"], f) not in wrong},
                  "topics": [t["id"] for t in verdict["topics"]], "phases": verdict["phases"]})
checks, bad = 0, 0


def same(what, got, wanted):
    global checks, bad
    checks += 1
    if got != wanted and not (isinstance(got, float) and isinstance(wanted, float) and abs(got - wanted) < 2e-6):
        bad += 1
        print("%s: the report says %r, a count %r" % (what, got, wanted))


def compare(what, rates, some, flags="flags", base=None):
    for name, rate in rates.items():
        if name == "opens":
            continue
        among = some if base is None else [p for p in some if name in p["set"]]
        hits = sum(name in p[flags] for p in among) if base is None else sum((p["id"], name) in wrong for p in among)
        same("%s %s hits" % (what, name), rate["hits"], hits)
        same("%s %s of" % (what, name), rate["of"], len(among))
        same("%s %s too few" % (what, name), rate["too_few_to_judge"], len(among) < 20)
        low, high = wilson(hits, len(among))
        if len(among) < 20:
            same("%s %s says nothing" % (what, name), [rate["share"], rate["low"], rate["high"]], [None] * 3)
        else:
            for key, value in (("share", hits / len(among)), ("low", low), ("high", high)):
                same("%s %s %s" % (what, name, key), float(rate[key]), float(value))


def counted(some, key):
    count = {}
    for post in some:
        for one in post[key]:
            count[one] = count.get(one, 0) + 1
    return sorted(({"id": k, "count": v} for k, v in count.items()), key=lambda e: (-e["count"], e["id"]))


for name, least in (("report.json", -1 << 60), ("recent.json", (NOW // 86400 - 399) * 86400)):
    report = json.load(open("%s/%s" % (work, name), encoding="utf-8"))
    inside = [p for p in posts if p["when"] >= least]
    same(name + " posts", report["all"]["posts"], len(inside))
    same(name + " sources with posts", report["all"]["sources"], len({p["source"] for p in inside}))
    compare(name + " all", report["all"]["rates"], inside)
    compare(name + " all wrong", report["all"]["marked_wrong"], inside, base="set")
    usual = sum("overclaim" in p["flags"] for p in inside) / max(1, len(inside))
    same(name + " names", [s["source"] for s in report["sources"]], sorted({p["source"] for p in posts}))
    for source in report["sources"]:
        own = [p for p in inside if p["source"] == source["source"]]
        what = "%s %s" % (name, source["source"])
        same(what + " posts", source["posts"], len(own))
        compare(what, source["rates"], own)
        compare(what + " wrong", source["marked_wrong"], own, base="set")
        for key in ("topics", "phases"):
            same("%s %s" % (what, key), [{"id": t["id"], "count": t["count"]} for t in source[key]], counted(own, key))
        days = [0] * 7
        for post in own:
            days[(datetime.datetime.fromtimestamp(post["when"], datetime.timezone.utc).weekday() + 1) % 7] += 1
        same(what + " weekdays", source["weekdays_from_sunday"], days)
        same(what + " spans", sum(s["posts"] for s in source["spans"]), len(own) if len(source["spans"]) < 12 or least > 0 else
             sum(s["posts"] for s in source["spans"]))
        claims = sum("overclaim" in p["flags"] for p in own)
        low, _ = wilson(claims, len(own))
        wanted = ("quiet" if not own or NOW + 1 - max(p["when"] for p in own) > 60 * 86400 else
                  "watch" if len(own) < 20 else
                  "keep" if claims < 3 else
                  "drop" if len(own) >= 50 and usual > 0 and low > 2 * usual else
                  "check-claims" if low > usual else "keep")
        same(what + " suggestion", source["suggestion"]["id"], wanted)
        newest = sorted(own, key=lambda p: (-p["when"], p["id"]))
        for flag, listed in source["newest"].items():
            wanted = [p["id"] for p in newest if flag in p["flags"]][:5]
            same("%s newest %s" % (what, flag), [p["item"] for p in listed], wanted)

rows = list(csv.DictReader(open(work + "/report.csv", encoding="utf-8", newline="")))
report = json.load(open(work + "/report.json", encoding="utf-8"))
for source in report["sources"]:
    for name, rate in source["rates"].items():
        row = [r for r in rows if r["source"] == source["source"] and r["row"] == "measure" and r["what"] == name]
        same("csv %s %s" % (source["source"], name), [(r["count"], r["of"]) for r in row], [(str(rate["hits"]), str(rate["of"]))])
        same("csv percent", row[0]["low_percent"], "" if rate["low"] is None else "%.1f" % (rate["low"] * 100))
one = json.load(open(work + "/one.json", encoding="utf-8"))["sources"][0]
for flag, listed in one["newest"].items():
    for post in listed:
        if flag != "chosen":
            same("words that set %s on %s" % (flag, post["item"]), bool(post["words"]), True)
print("%d figures recounted, %d differ" % (checks, bad), file=sys.stderr)
sys.exit(bad > 0 or checks < 100)
PY
check "every figure is what a count by other hands gives" python3 "$work/recount.py" "$work" "$home/config/rules" "$home/site"
cat "$work/check.out" >&2

# ---- a flag is marked wrong ----
flagged() { jq -r "[.sources[].newest.$1[].item][0] // empty" "$work/report.json"; }
item=$(flagged overclaim) flag=overclaim
[ -n "$item" ] || { item=$(flagged '"own-results"') flag=own-results; }
check "a flag that is none is refused" status 2 discern sources mark-wrong "$item" nonsense
check "a flag that is not set is refused" status 1 discern sources mark-wrong "$item" "$(jq -rn '"interest"')"
check "which names those that are" one_line "they set: .*$flag"
check "an unknown post is refused" status 1 discern sources mark-wrong no/such "$flag"
check "a flag is marked wrong" status 0 discern sources mark-wrong "$item" "$flag" --note "quotes a pupil"
check "and again: that is one mark" status 0 discern sources mark-wrong "$item" "$flag"
echo "[[\"$item\", \"$flag\"]]" >"$work/wrong.json"
discern --json sources report --days 0 >"$work/report.json"
discern --json sources report --days 400 >"$work/recent.json"
discern sources report --days 0 --csv >"$work/report.csv"
check "it counts no more, but as an error of the rules" python3 "$work/recount.py" "$work" "$home/config/rules" "$home/site" wrong
check "it comes out as a label" status 0 discern export --wrong-flags
check "one line, that says which flag" is "$(jq -c '[.id, .flags]' "$work/out")" "[\"$item\",{\"$flag\":false}]"
cp "$work/out" "$work/wrong.jsonl"
check "which the rules are tested with" status 0 discern --json rules test "$work/wrong.jsonl"
check "and they say too much there" is "$(json ".flags[\"$flag\"].too_much")" 1
check "a label of other flags" sh -c "jq -c '.flags = {\"$flag\": true}' '$work/wrong.jsonl' >'$work/right.jsonl'"
check "may say that the rules were right" sh -c "'$DISCERN_BIN' --home '$home' --json rules test '$work/right.jsonl' | jq -e '.flags[\"$flag\"].right == 1'"
check "the mark is taken back" status 0 discern sources mark-wrong "$item" "$flag" --undo
check "once" status 1 discern sources mark-wrong "$item" "$flag" --undo
rm "$work/wrong.json"
discern --json sources report --days 0 >"$work/report.json"
discern --json sources report --days 400 >"$work/recent.json"
discern sources report --days 0 --csv >"$work/report.csv"
check "and all is as before" python3 "$work/recount.py" "$work" "$home/config/rules" "$home/site"
check "no label comes out" is "$(discern export --wrong-flags | wc -l)" 0

# ---- wrong calls ----
check "a source that is none" status 2 discern sources report nobody
check "is said in one line" one_line "no source 'nobody'"
check "days are a number" status 2 discern sources report --days many
check "one form at a time" status 2 discern sources report --html --csv

# ---- a source goes, the comments stay ----
name=$(jq -r '.sources[0].source' "$work/report.json")
cp "$home/config/sources.conf" "$work/before.conf"
check "what would go is shown" status 0 discern sources remove "$name"
check "with its lines" grep -q "^source $name" "$work/out"
check "and its posts, which stay" grep -q 'in the store' "$work/out"
check "nothing is changed" cmp "$home/config/sources.conf" "$work/before.conf"
check "and then it goes" status 0 discern sources remove "$name" --save
check "from the list" sh -c "! '$DISCERN_BIN' --home '$home' sources list | grep -q '^$name '"
check "the comment over it stays" grep -q "^# About $name: kept" "$home/config/sources.conf"
check "and the one behind its title" is "$(grep -c '# said by hand' "$home/config/sources.conf")" "$(grep -c '# said by hand' "$work/before.conf")"
check "and all others, byte for byte" sh -c "diff '$work/before.conf' '$home/config/sources.conf' | grep '^>' | grep -vx '> # said by hand' | wc -l | grep -qx 0"
check "twice is once too often" status 2 discern sources remove "$name" --save
check "its posts are in the report still" status 0 discern sources report "$name" --days 0

printf '\357\273\277# head\r\nsource a\r\n  kind feed   # a feed\r\n  # in the middle\r\n  file %s/feeds/two.xml\r\n\r\n# of b\r\nsource b\r\n  kind feed\r\n  file %s/feeds/three.xml' "$work" "$work" >"$work/odd.conf"
odd() { cp "$work/odd.conf" "$home/config/sources.conf"; discern sources remove "$1" --save >"$work/out" 2>&1; cat "$home/config/sources.conf"; }
check "with line ends of another system, and comments in the middle" sh -c "[ \"\$(cat)\" = \"\$(printf '\357\273\277# head\r\n# a feed\n  # in the middle\r\n\r\n# of b\r\nsource b\r\n  kind feed\r\n  file $work/feeds/three.xml')\" ]" < <(odd a)
check "the last one, without a line end" sh -c "[ \"\$(cat)\" = \"\$(printf '\357\273\277# head\r\nsource a\r\n  kind feed   # a feed\r\n  # in the middle\r\n  file $work/feeds/two.xml\r\n\r\n# of b\r\n')\" ]" < <(odd b)
cp "$work/before.conf" "$home/config/sources.conf"

# ---- nothing from outside is a formula, markup or a command to the terminal ----
hostile=$work/hostile
make_home "$hostile"
make_feed "$work/feeds/one.xml" "x" "$(for i in 1 2 3 4 5 6 7 8; do
    texts=('=HYPERLINK(&quot;http://evil.example&quot;,&quot;x&quot;)' '+1+cmd' '-2' '@SUM(A1)' '&#9;=1' '&lt;script&gt;alert(1)&lt;/script&gt;' '&#8238;gnp' '&#xff1d;1')
    feed_item "$i" "${texts[$((i - 1))]}" "Every teacher must teach to pupils’ learning styles: visual learners need pictures. Research proves that it always works."
done)"
touch -d @1795500000 "$work"/feeds/*.xml
check "hostile titles are read" status 0 "$DISCERN_BIN" --home "$hostile" --quiet run
check "and reported as a table" status 0 "$DISCERN_BIN" --home "$hostile" sources report one --csv
check "in which no cell is a formula" python3 - "$work/out" <<'PY'
import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8", newline="")))
posts = [row for row in rows if row[1] == "post"]
assert len(posts) >= 5, len(posts)
assert len({len(row) for row in rows}) == 1, "rows of several lengths"
for row in rows:
    for cell in row:
        number = cell.replace(".", "", 1).isdigit()
        assert number or cell == "" or cell[0] not in "=+-@\t\r\uff1d\uff0b\uff0d\uff20", cell
assert any(row[10].startswith("'=") or row[10].startswith("'+") or row[10].startswith("'-") or row[10].startswith("'@") for row in posts)
PY
check "and as a page" status 0 "$DISCERN_BIN" --home "$hostile" sources report one --html
check "that holds none of it as markup, and its own style" python3 - "$work/out" <<'PY'
import base64, hashlib, html.parser, re, sys
data = open(sys.argv[1], "rb").read()
style = re.search(rb"<style>(.*?)</style>", data, re.S).group(1)
assert base64.b64encode(hashlib.sha256(style).digest()) in data, "style and policy differ"
tables, plots = [], []
class Page(html.parser.HTMLParser):
    def handle_starttag(self, tag, attrs):
        assert tag not in ("script", "img", "iframe"), tag
        assert not any(k.startswith("on") or k == "style" for k, _ in attrs), attrs
        if tag == "table": tables.append(tag)
        if tag == "svg": plots.append(tag)
Page().feed(data.decode("utf-8"))
assert tables and plots, "neither a table nor a plot"
assert "\u202e" not in data.decode("utf-8")
PY
check "under twenty posts are too few to judge" grep -q 'too few to judge' "$work/out"

# ---- the same on the local pages ----
"$DISCERN_BIN" --home "$hostile" serve --port 0 >"$work/serve.out" 2>"$work/serve.err" &
web=$!
for _ in $(seq 200); do grep -qs 'http://' "$work/serve.out" && break; sleep 0.05; done
check "a form marks a flag wrong, and another takes it back" python3 - "$(grep -oE '127\.0\.0\.1:[0-9]+' "$work/serve.out")" <<'PY'
import html.parser, http.client, re, sys, urllib.parse
address = sys.argv[1]

def ask(method, path, fields=None):
    connection = http.client.HTTPConnection(address, timeout=30)
    connection.request(method, path, urllib.parse.urlencode(fields) if fields else None,
                       {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://" + address} if fields else {})
    answer = connection.getresponse()
    return answer.status, answer.getheader("Location"), answer.read().decode("utf-8")

class Forms(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.forms = []
        self.feed(text)
    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.forms.append({"action": attrs["action"], "fields": {}})
        if tag == "input" and self.forms:
            self.forms[-1]["fields"][attrs["name"]] = attrs.get("value", "")

def forms(text, action):
    return [f for f in Forms(text).forms if f["action"] == action]

def myths(text):
    return re.search(r"Repeats a known myth</th><td[^>]*>(\d+ of \d+)", text).group(1)

status, _, page = ask("GET", "/sources")
assert status == 200 and "/sources/one" in page, status
status, _, page = ask("GET", "/sources/one")
assert status == 200 and myths(page) == "8 of 8", (status, myths(page))
form = [f for f in forms(page, "/sources/flag-wrong") if f["fields"]["flag"] == "myth"][0]
assert ask("POST", form["action"], dict(form["fields"], token="0" * 32))[0] == 403, "a made-up token"
status, location, _ = ask("POST", form["action"], form["fields"])
assert (status, location) == (303, "/sources/one"), (status, location)
status, _, page = ask("GET", location)
assert myths(page) == "7 of 8", myths(page)
assert "Marked wrong" in page and "1 of 8" in page
form = forms(page, "/sources/flag-right")[0]
assert ask("POST", form["action"], form["fields"])[0] == 303
assert myths(ask("GET", "/sources/one?days=0")[2]) == "8 of 8"
form = [f for f in forms(page, "/sources/flag-wrong")][0]
form["fields"]["flag"] = "nonsense"
assert ask("POST", form["action"], form["fields"])[0] == 400
assert ask("GET", "/sources/nobody")[0] == 404
PY
kill -TERM "$web"
wait "$web"

# ---- links that open, and links that don't ----
links=$work/links
make_home "$links"
mkdir "$work/site"
python3 - "$work/site" <<'PY' &
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass
    def do_GET(self):
        feed = self.path == "/one.xml"
        status = 200 if feed else int(self.path[1:4]) if self.path[1:4].isdigit() else 404
        body = b"<!doctype html><title>A study</title><article><h1>A study of quizzes</h1>" + b"<p>We gave pupils quizzes, and found that they kept more of the topic after six weeks.</p>" * 9 + b"</article>"
        if feed:
            body = open(sys.argv[1] + "/one.xml", "rb").read()
        self.send_response(status)
        self.send_header("Content-Type", "application/xml" if feed else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
open(sys.argv[1] + "/port.new", "w").write(str(server.server_port))
import os; os.rename(sys.argv[1] + "/port.new", sys.argv[1] + "/port")
server.serve_forever()
PY
server=$!
trap 'kill "$server" 2>/dev/null; chmod -R u+w "$work"; rm -rf "$work"' EXIT
for _ in $(seq 200); do [ -s "$work/site/port" ] && break; sleep 0.05; done
at=http://localhost:$(cat "$work/site/port")
make_feed "$work/feeds/one.xml" "x" "$(for i in 1 2 3 4 5 6 7; do
    status=(200 200 404 410 403 500 200)
    feed_item "$i" "A study for your lesson, number $i" "A study of how pupils remember: &lt;a href=&quot;$at/${status[$((i - 1))]}-$i&quot;&gt;read it&lt;/a&gt;"
done)"
mv "$work/feeds/one.xml" "$work/site/one.xml"
printf 'hosts here Links to a study on this machine\n  mark trace\n  host localhost\n' >"$links/config/rules/here.rules"
sed -i 's/  follow-links no/  follow-links yes/' "$links/config/discern.conf"
sed -i "s|^  file $work/feeds/one.xml|  url $at/one.xml\n  allow-loopback yes|" "$links/config/sources.conf"
check "pages are asked for" sh -c "'$DISCERN_BIN' --home '$links' --quiet run; true"
check "and reported" status 0 "$DISCERN_BIN" --home "$links" --json sources report one
check "three open; 404, 410 and 500 don't; 403 tells nothing of people" is "$(json '.sources[0].rates.opens|[.hits,.of]|join(" of ")')" "3 of 6"
finish
