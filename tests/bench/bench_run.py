#!/usr/bin/env python3
"""Measure a run that finds nothing new, a digest alone, and a run that another run keeps out, against starting the program.

usage: bench_run.py --discern BIN

One JSON object a line; wall-clock milliseconds, the median of eleven.
"""
import argparse
import fcntl
import json
import os
import statistics
import struct
import subprocess
import tempfile
import time

F_OFD_SETLK = 37

KEPT_OUT_LIMIT_MS = 50


def make_home(discern, work):
    home = os.path.join(work, "home")
    subprocess.run([discern, "--quiet", "--home", home, "init"], check=True, stdout=subprocess.DEVNULL)
    sources = []
    for feed in range(20):
        path = os.path.join(work, "feed%d.xml" % feed)
        items = "".join(
            "<item><guid>%d-%d</guid><title>A low-stakes quiz %d</title><link>https://blog.example/%d/%d</link>"
            "<pubDate>Tue, 24 Nov 2026 08:%02d:00 GMT</pubDate><description>Ask pupils to answer from memory, then correct "
            "together. My Year 8 class did this for six weeks.</description></item>" % (feed, n, n, feed, n, n)
            for n in range(25))
        with open(path, "w", encoding="utf-8") as out:
            out.write("<rss version='2.0'><channel><title>Feed %d</title>%s</channel></rss>" % (feed, items))
        sources.append("source feed-%d\n  kind feed\n  title Feed %d\n  file %s\n" % (feed, feed, path))
    with open(os.path.join(home, "config", "sources.conf"), "w", encoding="utf-8") as out:
        out.write("\n".join(sources))
    return home


def say(what, value_ms, limit_ms=None):
    print(json.dumps({"bench": "run", "what": what, "value": value_ms, "unit": "ms",
                      "peer": "limit" if limit_ms else None, "peer_value": limit_ms,
                      "ratio": round(value_ms / limit_ms, 3) if limit_ms else None}), flush=True)


def median_ms(command, wanted):
    times = []
    for _ in range(11):
        start = time.perf_counter()
        status = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
        times.append((time.perf_counter() - start) * 1000)
        if status != wanted:
            raise SystemExit("%s ended with %d, not %d" % (" ".join(command), status, wanted))
    return round(statistics.median(times), 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--discern", required=True)
    discern = parser.parse_args().discern
    os.environ["DISCERN_NOW"] = "1795590000"
    with tempfile.TemporaryDirectory() as work:
        home = make_home(discern, work)
        ours = [discern, "--quiet", "--home", home]
        say("start of the program: --version", median_ms([discern, "--version"], 0))
        start = time.perf_counter()
        subprocess.run([*ours, "run"], check=True)
        say("first run over 500 posts", round((time.perf_counter() - start) * 1000, 1))
        say("run with nothing new", median_ms([*ours, "run"], 0))
        say("digest alone", median_ms([*ours, "digest"], 0))
        with open(os.path.join(home, "discern.db.lock"), "rb+") as lock:
            # An open file description lock, as another process of the program would hold it.
            fcntl.fcntl(lock, F_OFD_SETLK, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0))
            say("run that another one keeps out", median_ms([*ours, "run"], 75), KEPT_OUT_LIMIT_MS)


main()
