#!/usr/bin/env python3
"""Measure fetching 1,000 feeds of 100 kB from a local nginx that waits 100 ms before each answer.

usage: bench_fetch.py --bench BIN [--feeds N] [--in-flight N]

BIN is bench_fetch (built with -DDISCERN_BENCH=ON). Each feed has a loopback address of its own. The ideal is feeds x
0.1 s / connections; `curl --parallel` fetches the same list beside it. One JSON object a line. Needs nginx with its echo
module (Debian: nginx-light, libnginx-mod-http-echo) and curl; what is missing is said on standard error.
"""
import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

WAIT_S, FEED_BYTES = 0.1, 100_000
CONF = """
load_module %(module)s;
user root;
worker_processes 1; daemon off; pid %(dir)s/nginx.pid; error_log %(dir)s/error.log;
events { worker_connections 4096; }
http {
  access_log off; sendfile on; keepalive_timeout 5; default_type application/rss+xml;
  client_body_temp_path %(dir)s/b; proxy_temp_path %(dir)s/p; fastcgi_temp_path %(dir)s/f;
  uwsgi_temp_path %(dir)s/u; scgi_temp_path %(dir)s/s;
  server {
    listen %(port)d backlog=4096;
    location / { echo_sleep %(wait)s; echo_exec @file; }
    location @file { root %(dir)s; try_files /feed.xml =404; }
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


def make_feed(path):
    item = ("<item><guid>%d</guid><title>Lesson idea %d</title><link>https://school.example/%d</link>"
            "<description>" + "Pupils answer three questions from last week. " * 20 + "</description></item>\n")
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>A blog</title>\n'
    body, tail = [], "</channel></rss>\n"
    size = len(head) + len(tail)
    while size < FEED_BYTES:
        text = item % ((len(body),) * 3)
        body.append(text)
        size += len(text)
    with open(path, "w", encoding="utf-8") as file:
        file.write(head + "".join(body) + tail)


def wait_for(port):
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    sys.exit("nginx does not answer")


def say(what, value, unit, peer=None, peer_value=None):
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


def measure(options, folder, port):
    urls = ["http://127.%d.%d.%d:%d/feed.xml" % (1 + n // 62500, n // 250 % 250, 1 + n % 250, port)
            for n in range(options.feeds)]
    listed = os.path.join(folder, "list.txt")
    with open(listed, "w", encoding="utf-8") as file:
        file.write("\n".join(urls) + "\n")
    done = subprocess.run([options.bench, listed, str(options.in_flight)], stdout=subprocess.PIPE, check=True, text=True)
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    if first["answered"] != options.feeds or second["unchanged"] != options.feeds or second["body_bytes"]:
        sys.exit("not every feed was fetched, or the second run fetched bodies: %s" % done.stdout)
    ideal = options.feeds * WAIT_S / options.in_flight
    wall, cpu = curl(urls, folder, options.in_flight)
    say("wall of %d feeds" % options.feeds, first["wall_s"], "s", "ideal", ideal)
    say("wall of %d feeds" % options.feeds, first["wall_s"], "s", "curl --parallel", wall)
    say("CPU of %d feeds" % options.feeds, first["cpu_s"], "s", "curl --parallel", cpu)
    say("wall when nothing changed", second["wall_s"], "s", "ideal", ideal)
    say("CPU when nothing changed", second["cpu_s"], "s")
    say("memory", round(second["rss_kib"] / 1024, 1), "MiB")


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--bench", required=True)
    words.add_argument("--feeds", type=int, default=1000)
    words.add_argument("--in-flight", type=int, default=50)
    options = words.parse_args()
    nginx = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
    if nginx is None or module() is None:
        print("nginx with its echo module is not installed: the fetch bench is left out", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        os.chmod(folder, 0o755)
        make_feed(os.path.join(folder, "feed.xml"))
        conf = os.path.join(folder, "nginx.conf")
        with open(conf, "w", encoding="utf-8") as file:
            file.write(CONF % {"dir": folder, "port": port, "wait": WAIT_S, "module": module()})
        server = subprocess.Popen([nginx, "-c", conf, "-e", os.path.join(folder, "start.log")])
        try:
            wait_for(port)
            measure(options, folder, port)
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
