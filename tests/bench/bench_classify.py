#!/usr/bin/env python3
"""Measure the matcher and the judge against Vectorscan and against Python's re, on one core, in one run.

usage: bench_classify.py [--discern BIN] [--rules DIR] [DOCS.jsonl]

BIN stands in the build's folder, beside libdiscern.a. DOCS.jsonl holds documents with a "text"; without it the pages and
feeds of the sample are read. One JSON object a line; a peer that is not installed is left out, with the reason on standard
error. Where a limit stands for a peer, the ratio must be at most 1.
"""
import argparse, glob, json, os, re, subprocess, sys, tempfile, time

def python_re(binary, rules, docs, ours):
    """The same patterns by Python's re, each by itself, on a part of the posts."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.check_call([binary, rules, docs, "--dump", folder])
        posts = open(folder + "/posts", "rb").read().decode().split("\0")[:40]
        sources = open(folder + "/patterns", "rb").read().decode().split("\0")[:-1]
    compiled = []
    for source in sources:
        try:
            compiled.append(re.compile(source[1:], re.I if source[0] == "~" else 0))
        except re.error:
            pass
    before = time.process_time()
    hits = sum(1 for post in posts for pattern in compiled for _ in pattern.finditer(post))
    took = time.process_time() - before
    theirs = took * 1e9 / sum(len(p.encode()) for p in posts)
    print(json.dumps({"bench": "classify", "what": "posts: all spans, against re (%d patterns, %d hits)" % (len(compiled), hits),
                      "value": ours, "unit": "ns/byte", "peer": "python re", "peer_value": round(theirs),
                      "ratio": round(ours / theirs, 6)}))


def sample_texts(root, discern, path):
    """The texts of the sample: pages as articles, what the feeds carry as posts."""
    www = root + "/config/sample/www"
    pages = sorted(p for p in glob.glob(www + "/**", recursive=True) if os.path.isfile(p) and not p.endswith(("svg", "txt")))
    with open(path, "w", encoding="utf-8") as out:
        for verb in ("extract", "parse"):
            answer = subprocess.run([discern, verb] + pages, capture_output=True, text=True).stdout
            for line in filter(str.strip, answer.splitlines()):
                read = json.loads(line)
                for text in [read.get("text")] + [item.get("text") for item in read.get("items") or []]:
                    if text:
                        out.write(json.dumps({"text": text}) + "\n")


def main():
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    parser = argparse.ArgumentParser()
    parser.add_argument("--discern", default=root + "/build/release/discern")
    parser.add_argument("--rules", default=root + "/config/rules")
    parser.add_argument("docs", nargs="?")
    args = parser.parse_args()
    binary = os.path.dirname(os.path.abspath(args.discern)) + "/bench_classify"
    if not os.path.exists(binary):
        sys.exit("bench_classify: libvectorscan-dev is not installed: left out")
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as sample:
        if args.docs is None:
            sample_texts(root, args.discern, sample.name)
        return measure(binary, args.rules, args.docs or sample.name)


def measure(binary, rules, docs):
    ours = None
    with subprocess.Popen([binary, rules, docs], stdout=subprocess.PIPE, text=True) as run:
        for line in run.stdout:
            print(line, end="", flush=True)
            result = json.loads(line)
            if ours is None and result["what"].startswith("posts: fold, match, all spans"):
                ours = result["value"]
    if ours is not None:
        python_re(binary, rules, docs, ours)
    return run.returncode


if __name__ == "__main__":
    sys.exit(main())
