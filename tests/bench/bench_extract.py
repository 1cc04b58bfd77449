#!/usr/bin/env python3
"""Measure `discern extract` against Mozilla's Readability, readability-lxml and libxml2's bare tree, on the same pages.

usage: bench_extract.py --discern BIN [--pages FOLDER]

FOLDER (by default $DISCERN_SHARED/data/pages or ../shared/data/pages) holds manifest.jsonl (file, url, page_type), the
pages, and truth/NAME.json (main_content, title). One JSON object a line. Word F1 is that of the lower-cased words of a
page, averaged over pages; shingle F1 that of runs of four words. Times are CPU seconds of processes, start included. A
ratio above 1 says that discern does better. A peer that is not there is left out, with the reason on standard error.
"""
import argparse, collections, json, os, re, resource, shutil, statistics, subprocess, sys, tempfile

WORD = re.compile(r"\w+")
HERE = os.path.dirname(os.path.abspath(__file__))
ROUNDS = 3


def complain(words):
    print("bench_extract: " + words, file=sys.stderr)


def say(what, value, unit, peer=None, peer_value=None, less_is_better=False):
    ratio = None
    if value and peer_value:
        ratio = round(peer_value / value if less_is_better else value / peer_value, 3)
    print(json.dumps({"bench": "extract", "what": what, "value": round(value, 4), "unit": unit, "peer": peer,
                      "peer_value": None if peer_value is None else round(peer_value, 4), "ratio": ratio}), flush=True)


def cpu(run, rounds):
    best = None
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = spent if best is None else min(best, spent)
    return best


def quiet(command):
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def lines_of(command):
    """The JSON lines that a command prints, by file."""
    out = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    found = {}
    for line in out.decode("utf-8", "replace").split("\n"):
        if line.strip():
            answer = json.loads(line)
            found[answer["file"]] = answer
    return found


# ---- what a page says, and what was found of it ----

def read_pages(folder):
    pages = []
    with open(os.path.join(folder, "manifest.jsonl"), encoding="utf-8") as manifest:
        for row in map(json.loads, manifest):
            truth = os.path.join(folder, "truth", row["file"].rsplit(".html", 1)[0] + ".json")
            if os.path.exists(truth):
                with open(truth, encoding="utf-8") as f:
                    pages.append({"file": os.path.join(folder, row["file"]), "url": row.get("url"),
                                  "type": row.get("page_type"), "truth": json.load(f)})
    return pages


def words(text):
    return collections.Counter(WORD.findall((text or "").lower()))


def word_f1(gold, got):
    if not gold or not got:
        return (1.0,) * 3 if not gold and not got else (0.0,) * 3
    both = sum((gold & got).values())
    precision, recall = both / sum(got.values()), both / sum(gold.values())
    return (2 * precision * recall / (precision + recall) if both else 0.0), precision, recall


def shingles(text, size=4):
    """Runs of four words as they are written: they also count their order, and what is joined or split."""
    found = WORD.findall(text or "")
    return collections.Counter(tuple(found[i:i + size]) for i in range(max(1, len(found) - size + 1))) if found else \
        collections.Counter()


def shingle_f1(pairs):
    """Of the means of precision and recall, as the benchmark of article extraction has it."""
    precision, recall = [], []
    for gold, got in pairs:
        both = sum((gold & got).values())
        if got:
            precision.append(both / sum(got.values()))
        if gold:
            recall.append(both / sum(gold.values()))
    p, r = statistics.mean(precision or [0]), statistics.mean(recall or [0])
    return 2 * p * r / (p + r) if p + r else 0.0


MEASURES = ("word F1", "precision", "recall", "shingle F1")


def score(pages, found):
    texts = [(p["truth"].get("main_content"), found.get(p["file"], {}).get("text")) for p in pages]
    rows = [word_f1(words(gold), words(got)) for gold, got in texts]
    means = [statistics.mean(column) for column in zip(*rows)]
    return means + [shingle_f1([(shingles(gold), shingles(got)) for gold, got in texts])]


# ---- title, author and day, and how sure they are said to be ----

def fold(text):
    return re.sub(r"\W+", " ", text or "").strip().lower()


FACTS = (("title", "title", lambda wanted, got: fold(wanted) == fold(got.get("title"))),
         ("authors", "author", lambda wanted, got: fold(wanted) in [fold(name) for name in got.get("authors") or []]),
         ("published", "publish_date", lambda wanted, got: wanted[:10] == str(got.get("published") or "")[:10]))
BANDS = ((0, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 1.01))


def say_facts(pages, found):
    """How often each fact is right, and in bands of its surety: higher bands must be right more often."""
    for field, named, is_right in FACTS:
        rows = []
        for page in pages:
            wanted, got = page["truth"].get(named), found.get(page["file"], {})
            if wanted:
                rows.append(((got.get("surety") or {}).get(field), is_right(wanted, got)))
        if rows:
            say("%s right, of %d pages that have one" % (named, len(rows)), statistics.mean(r for _, r in rows), "share")
        for low, high in BANDS:
            band = [right for sure, right in rows if sure is not None and low <= sure < high]
            if band:
                say("%s right where its surety is %.1f to %.1f, %d pages" % (named, low, min(high, 1), len(band)),
                    statistics.mean(band), "share")


# ---- those that are measured ----

def read_with_discern(binary, pages):
    found = {}
    for page in pages:
        found.update(lines_of([binary, "extract"] + (["--url", page["url"]] if page["url"] else []) + [page["file"]]))
    return found


LXML = """
import json, sys
from readability import Document
from lxml import html
for name in sys.argv[1:]:
    text = ""
    try:
        with open(name, encoding="utf-8", errors="replace") as f:
            summary = Document(f.read()).summary()
        text = " ".join(html.fromstring(summary).itertext())
    except Exception:
        pass
    print(json.dumps({"file": name, "text": text}))
"""


def peer_lxml():
    python = "/usr/bin/python3"
    if subprocess.run([python, "-c", "import readability"], stderr=subprocess.DEVNULL, check=False).returncode:
        complain("python3-readability is not installed")
        return None
    return [python, "-c", LXML]


# Versions that Debian 12's own Node.js (18) runs.
MODULES = ["@mozilla/readability@0.6.0", "linkedom@0.18.12"]


def peer_mozilla():
    modules = os.path.abspath(os.path.join(HERE, "..", "..", "build", "node-bench"))
    if not shutil.which("node") or not shutil.which("npm"):
        complain("nodejs and npm are not installed")
        return None
    if not os.path.isdir(os.path.join(modules, "node_modules", "@mozilla", "readability")):
        os.makedirs(modules, exist_ok=True)
        done = subprocess.run(["npm", "install", "--prefix", modules, "--ignore-scripts", "--no-audit", "--no-fund",
                               *MODULES], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False)
        if done.returncode:
            complain("npm could not install " + " and ".join(MODULES))
            return None
    return ["node", os.path.join(HERE, "readability.mjs"), modules]


def tree_builder(folder):
    binary = os.path.join(folder, "tree_build")
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "libxml-2.0"], capture_output=True, text=True, check=False)
    source = os.path.join(HERE, "tree_build.c")
    if flags.returncode or subprocess.run(["cc", "-O2", "-o", binary, source] + flags.stdout.split(), check=False).returncode:
        complain("libxml2's headers or a compiler are missing")
        return None
    return [binary]


def largest_memory(command):
    code = ("import resource,subprocess,sys\nsubprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL)\n"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    out = subprocess.run([sys.executable, "-c", code] + command, capture_output=True, text=True, check=False)
    return int(out.stdout) / 1024


def compare(pages, found, name, command, mine):
    """A peer's figures beside discern's; `mine` is discern's CPU seconds for all pages in one process."""
    if command is None:
        return
    files = [p["file"] for p in pages]
    theirs = {}

    def run():
        theirs.update(lines_of(command + files))
    seconds = cpu(run, 1)
    for label, subset in groups(pages):
        ours, peer = score(subset, found), score(subset, theirs)
        for i, what in enumerate(MEASURES):
            say("%s, %s" % (what, label), ours[i], "share", name, peer[i])
    say("pages a CPU second", len(files) / mine, "pages/s", name, len(files) / seconds)


def groups(pages):
    articles = [p for p in pages if p["type"] == "article"]
    yield "%d pages of all types" % len(pages), pages
    if articles:
        yield "%d articles" % len(articles), articles


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--discern", required=True)
    ap.add_argument("--pages")
    a = ap.parse_args()
    shared = os.environ.get("DISCERN_SHARED") or os.path.join(HERE, "..", "..", "..", "shared")
    folder = a.pages or os.path.join(shared, "data", "pages")
    if not os.path.exists(os.path.join(folder, "manifest.jsonl")):
        complain("no pages to read: name a folder of them with --pages")
        return
    pages = read_pages(folder)
    files = [p["file"] for p in pages]
    found = read_with_discern(a.discern, pages)
    for label, subset in groups(pages):
        for what, value in zip(MEASURES, score(subset, found)):
            say("%s, %s" % (what, label), value, "share")
    say_facts(pages, found)
    mine = cpu(lambda: quiet([a.discern, "extract"] + files), ROUNDS)
    say("pages a CPU second, one process for all", len(files) / mine, "pages/s")
    single = cpu(lambda: [quiet([a.discern, "extract", f]) for f in files], 1) / len(files)
    say("CPU milliseconds of a process for one page", single * 1000, "ms")
    say("largest resident memory of a process", largest_memory([a.discern, "extract"] + files), "MiB")
    with tempfile.TemporaryDirectory() as scratch:
        builder = tree_builder(scratch)
        if builder:
            limit = cpu(lambda: quiet(builder + files), ROUNDS)
            say("CPU seconds for the pages", mine, "s", "libxml2 building its tree and no more", limit, less_is_better=True)
    compare(pages, found, "readability-lxml", peer_lxml(), mine)
    compare(pages, found, "Mozilla Readability with linkedom", peer_mozilla(), mine)


if __name__ == "__main__":
    main()
