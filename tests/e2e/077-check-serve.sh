# Goal of this test: a link that is checked in `serve` disturbs nobody: while a site keeps it waiting, every other page is
# answered and forms work; two are looked at at a time; who waits long is told; the page is there when it is loaded again.
. "$DISCERN_ROOT/tests/e2e/lib.sh"
home=$work/home
make_home "$home"
mkdir "$work/site"
cat >"$work/slow.py" <<'PY'
"""A site that answers /slow-N only when FOLDER/go-N is there, and notes in FOLDER/asked-N that it was asked."""
import http.server, pathlib, sys, time
FOLDER = pathlib.Path(sys.argv[1])
PAGE = ("<!doctype html><html lang=en><head><title>Slow but sure %s</title></head><body><article><h1>Slow but sure %s</h1><p>" +
        "I open each maths lesson with a low-stakes quiz of three questions and ask pupils to answer from memory. " * 8 + "</p></article>")


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        name = self.path.rpartition("-")[2]
        if self.path == "/robots.txt":
            self.send_response(404)
            self.end_headers()
            return
        (FOLDER / ("asked-" + name)).touch()
        for _ in range(1200):
            if (FOLDER / ("go-" + name)).exists():
                break
            time.sleep(0.05)
        body = (PAGE % (name, name)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
(FOLDER / "address.new").write_text("http://127.0.0.1:%d" % server.server_port)
(FOLDER / "address.new").rename(FOLDER / "address")
server.serve_forever()
PY
python3 "$work/slow.py" "$work/site" &
site=$!
trap 'kill "$site" 2>/dev/null; kill "$web" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 200); do [ -s "$work/site/address" ] && break; sleep 0.05; done
at=$(cat "$work/site/address")
cat >>"$home/config/sources.conf" <<CONF
source okafor
  kind feed
  url $at/feed
  allow-loopback yes
CONF
sed -i "s|^  look-up-works no|  look-up-works no\n  timeout 14 s\n  spacing 0 s|" "$home/config/discern.conf"
"$DISCERN_BIN" --home "$home" serve --port 0 >"$work/serve.out" 2>"$work/serve.err" &
web=$!
for _ in $(seq 200); do grep -qs 'http://' "$work/serve.out" && break; sleep 0.05; done
check "checks wait, others do not" python3 - "$(grep -oE '127\.0\.0\.1:[0-9]+' "$work/serve.out")" "$at" "$work/site" <<'PY'
import http.client, pathlib, re, sys, threading, time, urllib.parse
address, site, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])


def ask(method, path, fields=None):
    connection = http.client.HTTPConnection(address, timeout=60)
    connection.request(method, path, urllib.parse.urlencode(fields) if fields else None,
                       {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://" + address} if fields else {})
    answer = connection.getresponse()
    return answer.status, answer.getheader("Location"), answer.read().decode("utf-8")


def token():
    return re.search(r'name="token" value="([0-9a-f]+)"', ask("GET", "/check")[2]).group(1)


def begin(name):
    status, where, page = ask("POST", "/check", {"token": token(), "url": site + "/slow-" + name})
    return status, where, page


def asked(name):
    for _ in range(1200):
        if (folder / ("asked-" + name)).exists():
            return
        time.sleep(0.05)
    raise AssertionError("the site was never asked for " + name)


class Waiter(threading.Thread):
    def __init__(self, path):
        super().__init__(daemon=True)
        self.path, self.result = path, None
        self.start()

    def run(self):
        self.result = ask("GET", self.path)

    def end(self):
        self.join(90)
        assert self.result is not None, "no answer ever came to " + self.path
        return self.result


# Two are under way, each with a page that waits for it.
first, second = begin("one"), begin("two")
assert first[0] == second[0] == 303 and first[1] != second[1], (first[:2], second[:2])
waiters = [Waiter(first[1]), Waiter(second[1])]
asked("one"), asked("two")

# All else answers while the site has not.
for path in ("/", "/archive", "/search?q=quiz", "/focus", "/sources", "/check"):
    assert ask("GET", path)[0] == 200, path
assert not any(waiter.result for waiter in waiters), "an answer came before the site gave one"
status, where, page = begin("three")
assert status == 503 and "2 links are being looked at already" in page and "/slow-three" in page, (status, page[-1500:])
assert not (folder / "asked-three").exists(), "a third is asked for"
# A form that writes works beside them.
status, where, page = ask("POST", "/focus/start", {"token": token(), "title": "Three questions from memory"})
assert status == 303, (status, page[-1500:])
assert "Three questions from memory" in ask("GET", "/focus")[2]
assert not any(waiter.result for waiter in waiters)

# One is answered: its page comes, the other waits on.
(folder / "go-one").touch()
status, _, page = waiters[0].end()
assert status == 200 and "Slow but sure one" in page, page[-1500:]
assert waiters[1].result is None
status, _, again = ask("GET", first[1])
assert status == 200 and again == page, "the page is another when it is loaded again"

# The other waits too long for one page: that is said, with the way on.
status, _, page = waiters[1].end()
assert status == 200 and "It is being looked at" in page and 'href="%s"' % second[1].lstrip("/") in page or second[1] in page, page[-1500:]
assert "<script" not in page
(folder / "go-two").touch()
for _ in range(3):
    status, _, page = ask("GET", second[1])
    if "Slow but sure two" in page:
        break
assert status == 200 and "Slow but sure two" in page, page[-1500:]

# Names cannot be guessed, and what is not kept is said.
for name in ("0" * 32, "x", "..%2f..%2fetc%2fpasswd"):
    assert ask("GET", "/check/" + name)[0] == 404, name

# What it knows of the store is right, and the store is whole after all that.
(folder / "go-four").touch()
status, where, _ = begin("four")
assert status == 303 and "Slow but sure four" in ask("GET", where)[2]

# A server that is ended does not wait for a site.
status, where, _ = begin("five")
assert status == 303
asked("five")
Waiter(where)
time.sleep(0.2)
PY
kill -TERM "$web"
check "it ends at once although one is under way" timeout 10 tail --pid="$web" -f /dev/null
wait "$web"
check "and well" test $? -eq 0
check "nothing was wrong" test ! -s "$work/serve.err"
check "no process is left" test -z "$(pgrep -f -- "--home $home serve")"
check "the store is whole" "$DISCERN_BIN" --home "$home" doctor
finish
