#!/usr/bin/env python3
"""Measure `discern import` of an archive of posts against `jq -c .`, which only reads and writes the same lines.

usage: bench_import.py --discern BIN [POSTS]

The archive is made up, the same on every machine. One JSON object a line: CPU seconds of whole processes and peak memory.
"""
import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

WORDS = ("retrieval practice spacing feedback pupils lesson reading evidence question answer maths science teacher "
         "classroom quiz memory worked example vocabulary phonics dialogue trial effect study").split()


def write_archive(path, posts):
    dice = random.Random(7)
    with open(path, "w", encoding="utf-8") as out:
        for number in range(posts):
            user = {"id_str": str(dice.randrange(5000)), "screen_name": "teacher%d" % dice.randrange(5000),
                    "name": "A teacher", "followers_count": dice.randrange(9999), "description": "x" * 120}
            text = " ".join(dice.choice(WORDS) for _ in range(dice.randrange(8, 40)))
            out.write(json.dumps({
                "id_str": str(10 ** 17 + number), "created_at": "Tue Nov 24 07:%02d:%02d +0000 2026" % (
                    number // 60 % 60, number % 60),
                "full_text": text, "lang": "en", "user": user, "retweet_count": dice.randrange(50),
                "favorite_count": dice.randrange(90), "display_text_range": [0, len(text)],
                "entities": {"urls": [{"url": "https://t.co/a%d" % number, "indices": [0, 1],
                                       "expanded_url": "https://blog.example/p/%d" % (number % 997)}],
                             "hashtags": [], "user_mentions": []}}) + "\n")


def measure(command, **more):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **more)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("%s ended with %d" % (command[0], process.returncode))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--discern", required=True)
    parser.add_argument("posts", nargs="?", type=int, default=50000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        archive = os.path.join(work, "posts.jsonl")
        write_archive(archive, given.posts)
        home = os.path.join(work, "home")
        subprocess.run([given.discern, "--quiet", "--home", home, "init"], check=True, stdout=subprocess.DEVNULL)
        ours, memory = measure([given.discern, "--quiet", "--home", home, "import", archive])
        again, _ = measure([given.discern, "--quiet", "--home", home, "import", archive])
        figures = {"bench": "import", "posts": given.posts, "cpu_s": round(ours, 2), "again_cpu_s": round(again, 2),
                   "posts_a_second": round(given.posts / ours), "peak_mib": round(memory, 1)}
        if shutil.which("jq"):
            peer, _ = measure(["jq", "-c", ".", archive])
            figures.update(jq_cpu_s=round(peer, 2), ratio_to_jq=round(ours / peer, 2))
        else:
            print("jq is not installed: no peer", file=sys.stderr)
        print(json.dumps(figures))


main()
