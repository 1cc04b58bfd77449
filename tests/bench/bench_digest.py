#!/usr/bin/env python3
"""Measure a digest of 5,000 stored posts: chosen, rendered in every format and remembered; the size of the day's page.

usage: bench_digest.py --discern BIN [--posts N]

One JSON object a line; processor seconds and memory of the whole program, the best of three, against the limits.
"""
import argparse
import json
import os
import random
import subprocess
import tempfile

NOW = 1795590000
STARTERS = ["Open the lesson with", "Try", "Swap one homework for", "Ask pupils for", "I gave my Year 8 class",
            "For six weeks we used", "Start each topic with", "Show, then fade,"]
THINGS = ["a low-stakes quiz of three questions from memory", "a worked example with the last step missing",
          "whole-class feedback on one page", "three new words in a sentence of their own",
          "a problem from last month among today's", "cold calling with thinking time", "a pair talk before writing",
          "a knowledge organiser to test each other with"]
ENDS = ["and correct it together", "and let them explain why", "and take the scores down nowhere", "then reteach one step",
        "and look at five books afterwards", "and ask what they would change"]
WORDS = ("maths history reading phonics year term group table book margin board seat door morning quiet loud start finish "
         "simple careful paper pencil answer question minute corner window teacher colleague notice improve redraft").split()
LINKS = ["https://doi.org/10.1111/j.1467-9280.2006.01693.x", "https://doi.org/10.1007/s10648-010-9145-4", ""]


def make_home(discern, work, posts):
    home = os.path.join(work, "home")
    subprocess.run([discern, "--quiet", "--home", home, "init"], check=True, stdout=subprocess.DEVNULL)
    rng = random.Random(7)
    sources, per_feed = [], 100
    for feed in range(posts // per_feed):
        path = os.path.join(work, "feed%d.xml" % feed)
        items = "".join(
            "<item><guid>%d-%d</guid><title>%s %s</title><link>https://blog%d.example/%d</link>"
            "<pubDate>Tue, 24 Nov 2026 08:00:00 GMT</pubDate><description>%s %s, %s. %s. %s</description></item>" % (
                feed, n, rng.choice(THINGS).capitalize(), " ".join(rng.sample(WORDS, 4)), feed, n, rng.choice(STARTERS),
                rng.choice(THINGS), rng.choice(ENDS), " ".join(rng.choices(WORDS, k=rng.randint(15, 60))),
                rng.choice(LINKS)) for n in range(per_feed))
        with open(path, "w", encoding="utf-8") as out:
            out.write("<rss version='2.0'><channel><title>Feed %d</title>%s</channel></rss>" % (feed, items))
        sources.append("source feed-%d\n  kind feed\n  title Feed %d\n  file %s\n" % (feed, feed, path))
    with open(os.path.join(home, "config", "sources.conf"), "w", encoding="utf-8") as out:
        out.write("\n".join(sources))
    with open(os.path.join(home, "config", "discern.conf"), "w", encoding="utf-8") as out:
        out.write("school Northfield\ncontact cpd@northfield.example\nreader all-staff\n  title All staff\n"
                  "network\n  follow-links no\n  look-up-works no\n  look-up-copies no\n")
    return home


def cost(command):
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        raise SystemExit("%s ended with %d" % (" ".join(command), status))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def tell(what, value, unit, limit):
    print(json.dumps({"bench": "digest", "what": what, "value": round(value, 3), "unit": unit, "peer": "limit",
                      "peer_value": limit, "ratio": round(value / limit, 3)}))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--discern", required=True)
    parser.add_argument("--posts", type=int, default=5000)
    options = parser.parse_args()
    os.environ["DISCERN_NOW"] = str(NOW)
    with tempfile.TemporaryDirectory() as work:
        home = make_home(options.discern, work, options.posts)
        ours = [options.discern, "--quiet", "--home", home]
        subprocess.run([*ours, "pull"], check=True)
        subprocess.run([*ours, "judge"], check=True)
        figures = [cost([*ours, "digest", "--date", "2026-11-25", "--out", os.path.join(work, "out%d" % n)])
                   for n in range(3)]
        tell("5,000 posts to a digest" if options.posts == 5000 else "%d posts to a digest" % options.posts,
             min(cpu for cpu, _ in figures), "s of CPU", 1)
        tell("memory", min(memory for _, memory in figures), "MiB", 64)
        day = os.path.join(work, "out0", "all-staff", "2026-11-25")
        tell("the day's page", os.path.getsize(os.path.join(day, "index.html")) / 1000, "kB", 40)
        tell("the day's mail", os.path.getsize(os.path.join(day, "digest.eml")) / 1000, "kB", 90)
        digest = json.load(open(os.path.join(day, "digest.json"), encoding="utf-8"))
        tell("stories looked at", digest["considered"], "stories", options.posts)


main()
