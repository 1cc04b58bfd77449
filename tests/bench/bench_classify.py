#!/usr/bin/env python3
"""Measure the matcher and the judge against Vectorscan and against Python's re, on one core, in one run.

usage: bench_classify.py --build BUILD-DIR [--rules DIR] DOCS.jsonl

BUILD-DIR holds the release's libdiscern.a. DOCS.jsonl holds documents with a "text". One JSON object a line; a peer that
is not installed is left out, with the reason on standard error.
"""
import argparse, json, os, re, subprocess, sys, tempfile, time

LIBRARIES = ("libcurl zlib libbrotlidec libzstd jansson libxml-2.0 libpcre2-8 sqlite3 libutf8proc libcrypto "
             "libmicrohttpd libargon2 libseccomp libarchive").split()


def build(root, folder):
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "libhs"], capture_output=True, text=True)
    if flags.returncode != 0:
        sys.exit("bench_classify: libvectorscan-dev is not installed: left out")
    known = [lib for lib in LIBRARIES if subprocess.run(["pkg-config", "--exists", lib]).returncode == 0]
    libs = subprocess.check_output(["pkg-config", "--libs"] + known, text=True).split()
    out = os.path.join(folder, "bench_classify")
    subprocess.check_call(["gcc", "-O2", "-flto", "-D_GNU_SOURCE", "-I" + root + "/src", "-I" + root + "/include",
                           root + "/tests/bench/bench_classify.c", folder + "/libdiscern.a", "-o", out]
                          + flags.stdout.split() + libs + ["-lm", "-ldl", "-lpthread"])
    return out


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


def main():
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default=root + "/build/release")
    parser.add_argument("--rules", default=root + "/config/rules")
    parser.add_argument("docs")
    args = parser.parse_args()
    binary = build(root, args.build)
    ours = None
    with subprocess.Popen([binary, args.rules, args.docs], stdout=subprocess.PIPE, text=True) as run:
        for line in run.stdout:
            print(line, end="", flush=True)
            result = json.loads(line)
            if ours is None and result["what"].startswith("posts: fold, match, all spans"):
                ours = result["value"]
    if ours is not None:
        python_re(binary, args.rules, args.docs, ours)
    return run.returncode


sys.exit(main())
