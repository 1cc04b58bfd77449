#!/usr/bin/env python3
"""Measure `discern parse` against sfeed, python3-feedparser and libxml2's bare parser, on the same files.

usage: bench_parse.py --discern BIN [FOLDER-OF-FEEDS]

Without a folder, feeds are made up (RSS and Atom, 86 files). One JSON object a line. A peer that is not installed is
left out, with the reason on standard error. CPU seconds of whole processes, start included; the best of three.
"""
import argparse, glob, json, os, random, resource, shutil, subprocess, sys, tempfile

ROUNDS = 3
WORDS = ("retrieval practice spacing feedback pupils lesson reading evidence question answer maths science teacher "
         "classroom quiz memory worked example vocabulary phonics dialogue trial effect study").split()


def make_feeds(folder):
    """86 feeds of the sizes and markup that blogs have; the same on every machine."""
    dice = random.Random(12)

    def sentence(n):
        return " ".join(dice.choice(WORDS) for _ in range(n)).capitalize() + "."

    def paragraph():
        return "<p>%s <a href=\"https://school.example/p/%d?a=1&amp;b=2\">%s</a> &#8211; caf\u00e9.</p>" % (
            " ".join(sentence(12) for _ in range(5)), dice.randrange(999), sentence(3))

    for i in range(86):
        items = []
        for k in range(dice.choice((10, 15, 25, 40))):
            body = "".join(paragraph() for _ in range(dice.choice((1, 2, 6))))
            if i % 3:
                text = body.replace("&", "&amp;").replace("<", "&lt;") if i % 2 else "<![CDATA[%s]]>" % body
                items.append("<item><title>%s</title><link>https://school.example/%d/%d</link><guid>%d-%d</guid>"
                             "<pubDate>Tue, 03 Mar 2026 08:%02d:00 GMT</pubDate><dc:creator>Ann</dc:creator>"
                             "<category>maths</category><description>%s</description></item>\n" % (sentence(6), i, k, i, k, k, text))
            else:
                items.append("<entry><title>%s</title><link href=\"https://school.example/%d/%d\"/><id>urn:%d:%d</id>"
                             "<updated>2026-03-03T08:%02d:00Z</updated><content type=\"html\">%s</content></entry>\n" % (
                                 sentence(6), i, k, i, k, k, body.replace("&", "&amp;").replace("<", "&lt;")))
        head, foot = ("<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Feed</title>",
                      "</channel></rss>") if i % 3 else ("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Feed</title>", "</feed>")
        with open(os.path.join(folder, "%02d.xml" % i), "w", encoding="utf-8") as f:
            f.write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + head + "".join(items) + foot)


def cpu(run):
    best = None
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = spent if best is None else min(best, spent)
    return best


def quiet(command, stdin=None):
    subprocess.run(command, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def say(what, value, unit, peer=None, peer_value=None):
    ratio = round(peer_value / value, 3) if peer_value and value else None
    print(json.dumps({"bench": "parse", "what": what, "value": round(value, 4), "unit": unit, "peer": peer,
                      "peer_value": None if peer_value is None else round(peer_value, 4), "ratio": ratio}), flush=True)


def peer_sfeed(files):
    if not shutil.which("sfeed"):
        print("bench_parse: sfeed is not installed", file=sys.stderr)
        return None

    def run():
        for name in files:
            with open(name, "rb") as f:
                quiet(["sfeed"], f)
    return cpu(run)


def peer_feedparser(files):
    python = "/usr/bin/python3"
    if subprocess.run([python, "-c", "import feedparser"], stderr=subprocess.DEVNULL, check=False).returncode:
        print("bench_parse: python3-feedparser is not installed", file=sys.stderr)
        return None
    return cpu(lambda: quiet([python, "-c", "import sys, feedparser\nfor f in sys.argv[1:]: feedparser.parse(f)"] + files))


def peer_sax(files, folder):
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sax_empty.c")
    binary = os.path.join(folder, "sax_empty")
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "libxml-2.0"], capture_output=True, text=True, check=False)
    if flags.returncode or subprocess.run(["cc", "-O2", "-o", binary, source] + flags.stdout.split(), check=False).returncode:
        print("bench_parse: libxml2's headers or a compiler are missing", file=sys.stderr)
        return None
    return cpu(lambda: quiet([binary] + files * 10)) / 10


def memory_mib(binary, files):
    code = ("import resource,subprocess,sys\nsubprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL)\n"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    out = subprocess.run([sys.executable, "-c", code, binary, "parse"] + files, capture_output=True, text=True, check=False)
    return int(out.stdout) / 1024


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--discern", required=True)
    ap.add_argument("folder", nargs="?")
    a = ap.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = a.folder
        if not folder:
            folder = os.path.join(scratch, "feeds")
            os.mkdir(folder)
            make_feeds(folder)
        files = sorted(glob.glob(os.path.join(folder, "*.xml")))
        size = sum(os.path.getsize(f) for f in files)
        mine = cpu(lambda: quiet([a.discern, "parse"] + files))
        steady = cpu(lambda: quiet([a.discern, "parse"] + files * 10)) / 10
        say("MB of feeds read to finished items in a CPU second (%d files, %.1f MB)" % (len(files), size / 1e6), size / 1e6 / steady, "MB/s")
        value = peer_sfeed(files)
        if value:
            say("CPU seconds for the files once, sfeed started once a file", mine, "s", "sfeed", value)
        value = peer_feedparser(files)
        if value:
            say("CPU seconds for the files once", mine, "s", "python3-feedparser", value)
        value = peer_sax(files, scratch)
        if value:
            say("CPU seconds for the files, among ten rounds", steady, "s", "libxml2 SAX with empty handlers", value)
        say("largest resident memory of a process", memory_mib(a.discern, files), "MiB")


if __name__ == "__main__":
    main()
