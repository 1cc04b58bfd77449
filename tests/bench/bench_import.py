#!/usr/bin/env python3
"""Measure `discern import` of an archive of posts against jansson alone, which only reads the lines, and `jq -c .`, which
reads and writes them.

usage: bench_import.py --discern BIN [POSTS]

The archive is made up, the same on every machine; its posts have the fields, and so the size, that twarc's have (real
ones of API v1.1 take 3.7 to 5.6 KB). One JSON object a line: CPU seconds of whole processes and peak memory.
"""
import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

MEMORY_LIMIT_MIB = 64
WORDS = ("retrieval practice spacing feedback pupils lesson reading evidence question answer maths science teacher "
         "classroom quiz memory worked example vocabulary phonics dialogue trial effect study").split()


def user_of(dice):
    """The fields of a v1.1 user object."""
    number = dice.randrange(5000)
    picture = "https://pbs.twimg.com/profile_images/%d/picture_normal.jpg" % (10 ** 15 + number)
    user = {"id": number, "id_str": str(number), "name": "A teacher", "screen_name": "teacher%d" % number,
            "location": "Leeds, England", "description": " ".join(dice.choice(WORDS) for _ in range(20)),
            "url": "https://t.co/u%d" % number,
            "entities": {"url": {"urls": [{"url": "https://t.co/u%d" % number, "expanded_url": "https://blog.example/",
                                           "display_url": "blog.example", "indices": [0, 23]}]},
                         "description": {"urls": []}},
            "followers_count": dice.randrange(9999), "friends_count": dice.randrange(999), "listed_count": 3,
            "created_at": "Mon Mar 02 10:11:12 +0000 2015", "favourites_count": 12, "statuses_count": 3456,
            "utc_offset": None, "time_zone": None, "lang": None,
            "profile_background_image_url_https": "https://abs.twimg.com/images/themes/theme1/bg.png",
            "profile_image_url": picture, "profile_image_url_https": picture,
            "profile_banner_url": "https://pbs.twimg.com/profile_banners/%d/1500000000" % number,
            "translator_type": "none", "withheld_in_countries": []}
    for name in ("background_color", "link_color", "sidebar_border_color", "sidebar_fill_color", "text_color"):
        user["profile_" + name] = "C0DEED"
    for name in ("protected", "geo_enabled", "verified", "contributors_enabled", "is_translator", "has_extended_profile",
                 "is_translation_enabled", "profile_background_tile", "profile_use_background_image", "default_profile",
                 "default_profile_image", "following", "follow_request_sent", "notifications"):
        user[name] = False
    return user


def media_of(number):
    sizes = {name: {"w": 1200, "h": 675, "resize": "fit"} for name in ("thumb", "small", "medium", "large")}
    address = "https://pbs.twimg.com/media/M%d.jpg" % number
    return {"id": 10 ** 17 + number, "id_str": str(10 ** 17 + number), "indices": [100, 123], "media_url": address,
            "media_url_https": address, "url": "https://t.co/m%d" % number, "display_url": "pic.twitter.com/m%d" % number,
            "expanded_url": "https://twitter.com/t/status/%d/photo/1" % (10 ** 17 + number), "type": "photo",
            "sizes": sizes}


def write_archive(path, posts):
    dice = random.Random(7)
    with open(path, "w", encoding="utf-8") as out:
        for number in range(posts):
            text = " ".join(dice.choice(WORDS) for _ in range(dice.randrange(8, 40)))
            post = {"created_at": "Tue Nov 24 07:%02d:%02d +0000 2026" % (number // 60 % 60, number % 60),
                    "id": 10 ** 17 + number, "id_str": str(10 ** 17 + number), "full_text": text, "truncated": False,
                    "display_text_range": [0, len(text)],
                    "entities": {"urls": [{"url": "https://t.co/a%d" % number, "indices": [0, 23],
                                           "expanded_url": "https://blog.example/p/%d" % (number % 997),
                                           "display_url": "blog.example/p/%d" % (number % 997)}],
                                 "hashtags": [{"text": "edutwitter", "indices": [30, 41]}], "symbols": [],
                                 "user_mentions": [{"screen_name": "colleague", "name": "A colleague", "id": 77,
                                                    "id_str": "77", "indices": [3, 13]}]},
                    "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
                    "in_reply_to_status_id": None, "in_reply_to_status_id_str": None, "in_reply_to_user_id": None,
                    "in_reply_to_user_id_str": None, "in_reply_to_screen_name": None, "user": user_of(dice), "geo": None,
                    "coordinates": None, "place": None, "contributors": None, "is_quote_status": False,
                    "retweet_count": dice.randrange(50), "favorite_count": dice.randrange(90), "favorited": False,
                    "retweeted": False, "possibly_sensitive": False, "lang": "en"}
            if number % 3 == 0:
                post["entities"]["media"] = [media_of(number)]
                post["extended_entities"] = {"media": [media_of(number)]}
            out.write(json.dumps(post) + "\n")


def measure(command, **more):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **more)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("%s ended with %d" % (command[0], process.returncode))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def say(what, value, unit, peer=None, peer_value=None):
    print(json.dumps({"bench": "import", "what": what, "value": round(value, 2), "unit": unit, "peer": peer,
                      "peer_value": peer_value and round(peer_value, 2),
                      "ratio": peer_value and round(value / peer_value, 2)}), flush=True)


def jansson_alone(work, archive):
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "json_lines.c")
    binary = os.path.join(work, "json_lines")
    if subprocess.run(["cc", "-O2", "-D_GNU_SOURCE", "-o", binary, source, "-ljansson"], check=False).returncode:
        print("bench_import: jansson's headers or a compiler are missing", file=sys.stderr)
        return None
    return measure([binary, archive])[0]


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
        first = "first time, %d posts, against " % given.posts
        say(first + "jansson alone", ours, "CPU s", "jansson", jansson_alone(work, archive))
        jq = measure(["jq", "-c", ".", archive])[0] if shutil.which("jq") else None
        if jq is None:
            print("jq is not installed: no peer", file=sys.stderr)
        say(first + "jq", ours, "CPU s", "jq -c .", jq)
        say("the same archive again", again, "CPU s")
        say("peak memory", memory, "MiB", "limit", MEMORY_LIMIT_MIB)


main()
