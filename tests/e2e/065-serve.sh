# Goal of this test: the local pages work without a script, and a hostile client gets nothing and disturbs nobody.
. "$(dirname "$0")/lib.sh"
home=$work/home
make_home "$home"
"$DISCERN_BIN" --home "$home" --quiet run || exit 1
"$DISCERN_BIN" --home "$home" serve --port 0 >"$work/serve.out" 2>"$work/serve.err" &
server=$!
for _ in $(seq 200); do grep -q 'http://' "$work/serve.out" && break; sleep 0.05; done
address=$(grep -oE '127\.0\.0\.1:[0-9]+' "$work/serve.out" | head -1)
check "it says where it listens" test -n "$address"
python3 - "$address" "$work" <<'PY'
"""Each check prints one line; the last line counts them."""
import html.parser
import http.client
import re
import socket
import sys
import time
import urllib.parse

address, work = sys.argv[1], sys.argv[2]
host, port = address.split(":")
passed, failed = 0, 0


def check(words, holds):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print("FAILED: " + words, file=sys.stderr)


def ask(method, path, body=None, **headers):
    connection = http.client.HTTPConnection(host, int(port), timeout=15)
    try:
        connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return 0, {}, ""
    finally:
        connection.close()


class Forms(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.forms, self.links, self.scripts = [], [], 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "script":
            self.scripts += 1
        if tag == "a" and attrs.get("href"):
            self.links.append(attrs["href"])
        if tag == "form":
            self.forms.append({"action": attrs["action"], "method": attrs.get("method", "get"), "fields": {}})
        if tag in ("input", "textarea", "select") and self.forms and attrs.get("name"):
            self.forms[-1]["fields"][attrs["name"]] = attrs.get("value", "")


def post(form, **headers):
    body = urllib.parse.urlencode(form["fields"])
    more = {"Content_Type": "application/x-www-form-urlencoded", "Origin": "http://" + address}
    more.update(headers)
    return ask("POST", form["action"], body, **more)


# Every page that a page leads to.
seen, todo = {}, ["/"]
while todo:
    path = todo.pop()
    if path in seen:
        continue
    status, headers, text = ask("GET", path)
    seen[path] = text
    check("%s answers" % path, status == 200)
    policy = headers.get("Content-Security-Policy", "")
    check("%s may run nothing" % path, "default-src 'none'" in policy and "script-src" not in policy)
    check("%s is not kept and not framed" % path, "no-store" in headers.get("Cache-Control", "")
          and ("frame-ancestors 'none'" in policy or headers.get("X-Frame-Options") == "DENY"))
    page = Forms(text)
    check("%s needs no script" % path, page.scripts == 0)
    for link in page.links:
        if link.startswith("/") and len(seen) + len(todo) < 80:
            todo.append(link.split("#")[0])
check("there are several pages", len(seen) >= 6)


def focus_form(path="/focus"):
    return [f for f in Forms(ask("GET", path)[2]).forms if f["action"].endswith("/focus/start")][0]


form = focus_form()
form["fields"].update(title="Quizzes at the start", aim="Year 8 remember more", topics="retrieval-practice")
check("a form of another site is refused", post(form, Origin="http://evil.example")[0] == 403)
check("so is one without an origin", ask("POST", form["action"], urllib.parse.urlencode(form["fields"]),
                                         Content_Type="application/x-www-form-urlencoded")[0] == 403)
form = focus_form()
good = dict(form["fields"])
form["fields"]["token"] = "A" * len(good["token"])
check("a made-up token is refused", post(form)[0] == 403)
form = focus_form()
form["fields"].update(title="Quizzes at the start", aim="Year 8 remember more", topics="retrieval-practice")
status, headers, text = post(form)
check("a form that was filled in is taken (%d %s)" % (status, re.sub("<[^>]*>", " ", text)[:300] if status != 303 else ""),
      status == 303)
check("its token serves once", post(form)[0] == 403)
check("and the focus stands there", "Quizzes at the start" in ask("GET", "/focus")[2])

check("a strange host is refused", ask("GET", "/", Host="evil.example")[0] in (400, 403, 421))
check("a strange port too", ask("GET", "/", Host="127.0.0.1:1")[0] in (400, 403, 421))
for trick in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/.git/config", "/a%00b", "/a%5c..%5cb",
              "/day/all-staff/..%2f..%2fdiscern.db", "/" + "a" * 5000):
    status, _, text = ask("GET", trick)
    check("%s leads nowhere (%d)" % (trick[:40], status), status in (400, 404, 414, 431) and "root:" not in text)
for method in ("PUT", "DELETE", "TRACE", "OPTIONS", "CONNECT"):
    check("%s is refused" % method, ask(method, "/")[0] in (0, 400, 404, 405, 501))

# A body of a gigabyte is not waited for.
start = time.time()
sock = socket.create_connection((host, int(port)), timeout=20)
sock.sendall(("POST /focus/start HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nContent-Type: "
              "application/x-www-form-urlencoded\r\nContent-Length: 1073741824\r\n\r\n" % (address, address)).encode())
sent = 0
try:
    while sent < 1 << 30 and time.time() - start < 15:
        sent += sock.send(b"a" * 65536)
except OSError:
    pass
sock.close()
check("a gigabyte is cut off (%d bytes went in)" % sent, sent < 64 << 20)
check("and others are served", ask("GET", "/")[0] == 200)

# Two hundred that drip, and one that asks.
drips = []
for _ in range(200):
    try:
        sock = socket.create_connection((host, int(port)), timeout=5)
        sock.sendall(b"GET / HTTP/1.1\r\nHo")
        drips.append(sock)
    except OSError:
        break
start = time.time()
served = 0
while served != 200 and time.time() - start < 40:
    served = ask("GET", "/")[0]
    for sock in drips:
        try:
            sock.send(b"s")
        except OSError:
            pass
    time.sleep(0.2)
check("a slow crowd is thrown out (%.0f s)" % (time.time() - start), served == 200)
for sock in drips:
    sock.close()
print("%d %d" % (passed, failed), file=open(work + "/counts", "w", encoding="utf-8"))
PY
read -r more_passed more_failed <"$work/counts" || more_failed=1
passed=$((passed + ${more_passed:-0})) failed=$((failed + more_failed))
check "it still runs" kill -0 "$server"
kill -TERM "$server"
for _ in $(seq 100); do kill -0 "$server" 2>/dev/null || break; sleep 0.1; done
wait "$server"
check "and ends when asked to, well" test $? -eq 0
check "without a word" test ! -s "$work/serve.err"
check "what came in by the form is in the home" status 0 "$DISCERN_BIN" --home "$home" focus
check "by name" grep -q 'Quizzes at the start' "$work/out"
finish
