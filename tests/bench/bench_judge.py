#!/usr/bin/env python3
"""Measure judging what a store keeps: posts imported once, judged again because a number of the judgement changed (each post)
and because a topic was added (only those with its words). For a million posts: the time that passes, and the CPU time of its
two threads.

usage: bench_judge.py [--discern BIN] [--posts N]
"""
import argparse, json, os, random, re, resource, subprocess, tempfile, time


def times(command):
    """Seconds that passed, and of CPU."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    return ended - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def lower(a, b):
    return tuple(map(min, zip(a, b)))


def sentences(rules):
    """The rules' own examples are sentences that rules care about."""
    found = []
    for name in sorted(os.listdir(rules)):
        if name.endswith(".rules"):
            with open(rules + "/" + name, encoding="utf-8") as file:
                found += re.findall(r"^\s+(?:yes|no)\s+(.*)$", file.read(), re.M)
    return found


def number(path, value):
    """Another number of the judgement: how many words make a text long."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(re.sub(r"^(  long +)\d+", lambda found: found.group(1) + str(150 + value), text, flags=re.M))


def write_posts(path, texts, count):
    dice = random.Random(7)
    with open(path, "w", encoding="utf-8") as out:
        for i in range(count):
            text = " ".join(dice.choice(texts) for _ in range(2))[:280]
            number = str(1700000000000000000 + i)
            out.write(json.dumps({"id": int(number), "id_str": number, "full_text": text,
                                  "created_at": "Tue Nov 24 10:00:00 +0000 2026", "entities": {"urls": []},
                                  "user": {"id_str": "1", "screen_name": "t%d" % (i % 50), "name": "T"}}) + "\n")


def say(what, value, limit=None):
    peer = {"peer": "limit", "peer_value": limit, "ratio": round(value / limit, 3)} if limit else {}
    print(json.dumps({"bench": "judge", "what": what, "value": round(value, 2), "unit": "s", **peer}), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--discern", default="build/release/discern")
    parser.add_argument("--posts", type=int, default=250000)
    parser.add_argument("--turns", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        discern = [args.discern, "--home", home]
        subprocess.run(discern + ["init"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(home + "/config/sources.conf", "w") as file:
            file.write("source none\n  kind feed\n  file %s/none.xml\n" % home)
        rules = home + "/config/rules"
        write_posts(home + "/posts.jsonl", sentences(rules), args.posts)
        subprocess.run(discern + ["import", home + "/posts.jsonl"], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        times(discern + ["judge"])
        least = {"each": (1e9, 1e9), "touched": (1e9, 1e9)}
        for turn in range(args.turns):
            with open(rules + "/zz-bench.rules", "w") as file:
                file.write("# none\n")
            number(rules + "/scoring.rules", turn + 2)
            least["each"] = lower(least["each"], times(discern + ["judge"]))
            with open(rules + "/zz-bench.rules", "a") as file:
                file.write("topic bench Bench\n  parent memory\n  strong zebra crossing\n  yes Zebra crossing.\n  no No.\n")
            least["touched"] = lower(least["touched"], times(discern + ["judge"]))
        # Starting and reading the rules is done once, however many posts there are.
        start = times(discern + ["judge"])
        for _ in range(args.turns):
            start = lower(start, times(discern + ["judge"]))
    for what, words in (("each", "judged again, each"), ("touched", "looked through after a topic was added")):
        passed, cpu = (begin + max(0, took - begin) * 1e6 / args.posts for begin, took in zip(start, least[what]))
        say("a million stored posts " + words, passed, 10)
        say("a million stored posts %s: CPU of both threads" % words, cpu)


if __name__ == "__main__":
    main()
