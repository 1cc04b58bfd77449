#!/usr/bin/env python3
"""Measure `discern pull` over 1,000 feeds of 100 kB from a local nginx that waits 100 ms before each answer.

usage: bench_fetch.py --discern BIN [--feeds N] [--posts N…]

Each feed has a loopback address, posts and links of its own; all is measured for feeds of few long posts and of many
short ones (--posts: how many each holds). The first run fetches, reads and keeps all (50 at a time); the second, a day
later, finds nothing changed (100 at a time). The ideal is feeds x 0.1 s / connections; `curl --parallel` fetches the
same list beside it. One JSON object a line. Needs nginx with its echo module (Debian: nginx-light,
libnginx-mod-http-echo) and curl; what is missing is said on standard error.
"""
import argparse
import json
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
import commits  # pylint: disable=wrong-import-position

WAIT_S, FEED_BYTES = 0.1, 100_000
CONF = """
load_module %(module)s;
user root;
worker_processes 1; daemon off; pid %(dir)s/nginx.pid; error_log %(dir)s/error.log;
events { worker_connections 4096; }
http {
  log_format sizes "$status $body_bytes_sent"; access_log %(dir)s/access.log sizes;
  sendfile on; keepalive_timeout 5; default_type application/rss+xml;
  client_body_temp_path %(dir)s/b; proxy_temp_path %(dir)s/p; fastcgi_temp_path %(dir)s/f;
  uwsgi_temp_path %(dir)s/u; scgi_temp_path %(dir)s/s;
  server {
    listen %(port)d backlog=4096;
    location / { echo_sleep %(wait)s; echo_exec @file; }
    location @file { root %(dir)s/feeds; try_files /$server_addr.xml =404; }
  }
}
"""


def module():
    for path in ("/usr/lib/nginx/modules/ngx_http_echo_module.so",):
        if os.path.exists(path):
            return path
    return None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


WORDS = ("pupils answer three questions from last week and explain how they know the reading lesson begins with a short "
         "story about numbers teachers share worked examples before practice feedback helps most when it is soon").split()


def make_feed(path, number, posts):
    """A feed of a WordPress blog: escaped paragraphs with a link, tags, an author and a date."""
    chance = random.Random(number)
    at = "https://school-%d.example" % number
    head = ('<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<channel><title>Blog %d</title><link>%s/</link><description>x</description>\n" % (number, at))
    item = ("<item><title>Lesson idea %(n)d</title><link>%(at)s/%(n)d</link><dc:creator>Teacher %(n)d</dc:creator>"
            "<pubDate>Mon, 07 Sep 2026 06:%(minute)02d:00 +0000</pubDate><category>teaching</category>"
            '<guid isPermaLink="false">%(at)s/?p=%(n)d</guid><description>%(words)s</description></item>\n')
    tail = "</channel></rss>\n"
    room = (FEED_BYTES - len(head) - len(tail)) // posts
    with open(path, "w", encoding="utf-8") as file:
        file.write(head)
        for n in range(posts):
            fact = {"n": n, "at": at, "minute": n % 60, "words": ""}
            left = room - len(item % fact)
            words = "&lt;p&gt;See &lt;a href=&quot;%s/more/%d&quot;&gt;more&lt;/a&gt;" % (at, n)
            while len(words) < left - 60:
                words += " " + " ".join(chance.choices(WORDS, k=8)) + chance.choice((".", ".&lt;/p&gt; &lt;p&gt;", ","))
            fact["words"] = words + "&lt;/p&gt;"
            file.write(item % fact)
        file.write(tail)


def wait_for(port):
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    sys.exit("nginx does not answer")


def say(what, value, unit, peer=None, peer_value=None):
    """One figure, beside the one that it is held against."""
    ratio = round(value / peer_value, 3) if peer_value else None
    print(json.dumps({"bench": "fetch", "what": what, "value": value, "unit": unit, "peer": peer,
                      "peer_value": peer_value, "ratio": ratio}), flush=True)


def curl(urls, folder, at_once):
    if shutil.which("curl") is None:
        print("curl is not installed: left out", file=sys.stderr)
        return None, None
    config = os.path.join(folder, "curl.conf")
    with open(config, "w", encoding="utf-8") as file:
        for url in urls:
            file.write('url = "%s"\noutput = "/dev/null"\n' % url)
    before, start = os.times(), time.monotonic()
    subprocess.run(["curl", "--silent", "--no-progress-meter", "--parallel", "--parallel-max", str(at_once), "--config", config], check=True)
    wall, after = time.monotonic() - start, os.times()
    return round(wall, 3), round(after.children_user + after.children_system - before.children_user -
                                 before.children_system, 3)


def make_home(folder, urls, at_once):
    home = os.path.join(folder, "home")
    os.makedirs(os.path.join(home, "config", "rules"), exist_ok=True)
    with open(os.path.join(home, "config", "discern.conf"), "w", encoding="utf-8") as file:
        file.write("school Bench\ncontact it@school.example\nreader all\n  title All\nnetwork\n  follow-links no\n"
                   "  look-up-works no\n  look-up-copies no\n  in-flight %d\n" % at_once)
    with open(os.path.join(home, "config", "sources.conf"), "w", encoding="utf-8") as file:
        for n, url in enumerate(urls):
            file.write("source s%d\n  kind feed\n  url %s\n  allow-loopback yes\n" % (n, url))
    return home


def pull(discern, home, now_s):
    """Wall and CPU seconds, MiB of the largest of its processes, and what it said."""
    start = time.monotonic()
    process = subprocess.Popen([discern, "--home", home, "--verbose", "pull"], stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, env={**os.environ, "DISCERN_NOW": str(now_s)}, text=True)
    words = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - start
    if process.returncode != 0:
        sys.exit("the pull ended with %d:\n%s" % (process.returncode, words[-2000:]))
    return round(wall, 3), round(usage.ru_utime + usage.ru_stime, 3), usage.ru_maxrss / 1024, words


def bodies(folder, from_line):
    with open(os.path.join(folder, "access.log"), encoding="utf-8") as file:
        lines = file.read().splitlines()[from_line:]
    return len(lines), sum(int(line.split()[1]) for line in lines if line.split()[0] != "304")


def measure(options, folder, port, posts):
    count, now_s = options.feeds, 1790000000
    hosts = ["127.%d.%d.%d" % (1 + n // 62500, n // 250 % 250, 1 + n % 250) for n in range(count)]
    shutil.rmtree(os.path.join(folder, "home"), ignore_errors=True)
    for n, host in enumerate(hosts):
        make_feed(os.path.join(folder, "feeds", host + ".xml"), n, posts)
    urls = ["http://%s:%d/feed.xml" % (host, port) for host in hosts]
    home = make_home(folder, urls, 50)
    wall, cpu, rss, words = pull(options.discern, home, now_s)
    if "%d sources asked, 0 unchanged, 0 failed" % count not in words:
        sys.exit("not every feed was read: %s" % words[-500:])
    of = "%d posts each: " % posts
    peer_wall, peer_cpu = curl(urls, folder, 50)
    ideal = count * WAIT_S / 50
    say(of + "wall of %d feeds, fetched, read and kept, 50 at a time" % count, wall, "s", "ideal", ideal)
    say(of + "wall of %d feeds, fetched, read and kept, 50 at a time" % count, wall, "s", "curl --parallel", peer_wall)
    say(of + "CPU of %d feeds, fetched, read and kept" % count, cpu, "s", "curl --parallel (fetched only)", peer_cpu)
    say(of + "memory of the largest process", round(rss, 1), "MiB")
    make_home(folder, urls, 100)
    seen, _ = bodies(folder, 0)
    # The store stays open here, so that its log outlives the run.
    store = sqlite3.connect(os.path.join(home, "discern.db"))
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    wall, cpu, rss, words = pull(options.discern, home, now_s + 86400)
    if "%d sources asked, %d unchanged, 0 failed" % (count, count) not in words:
        sys.exit("something changed: %s" % words[-500:])
    asked, body_bytes = bodies(folder, seen)
    with open(os.path.join(home, "discern.db-wal"), "rb") as file:
        written = commits.commits(file.read())
    store.close()
    say(of + "wall when nothing changed, 100 at a time", wall, "s", "ideal", count * WAIT_S / 100)
    say(of + "CPU when nothing changed", cpu, "s")
    say(of + "requests when nothing changed", asked, "requests", "sources", count)
    say(of + "bytes of bodies when nothing changed", body_bytes, "bytes")
    say(of + "transactions when nothing changed", written, "transactions")
    say(of + "memory when nothing changed", round(rss, 1), "MiB")


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--discern", required=True)
    words.add_argument("--feeds", type=int, default=1000)
    words.add_argument("--posts", type=int, nargs="+", default=[22, 96])
    options = words.parse_args()
    nginx = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
    if nginx is None or module() is None:
        print("nginx with its echo module is not installed: the fetch bench is left out", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        os.chmod(folder, 0o755)
        os.mkdir(os.path.join(folder, "feeds"))
        conf = os.path.join(folder, "nginx.conf")
        with open(conf, "w", encoding="utf-8") as file:
            file.write(CONF % {"dir": folder, "port": port, "wait": WAIT_S, "module": module()})
        server = subprocess.Popen([nginx, "-c", conf, "-e", os.path.join(folder, "start.log")])
        try:
            wait_for(port)
            for posts in options.posts:
                measure(options, folder, port, posts)
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
