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
import sqlite3
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

# What the store holds of people's words; nothing below may change it.
def kept():
    rows = []
    with sqlite3.connect("file:%s/home/discern.db?mode=ro" % work, uri=True) as store:
        for table in ("focus", "note", "focus_event", "mark", "parked"):
            rows += store.execute("SELECT * FROM %s ORDER BY 1, 2" % table).fetchall()
    return rows


before = kept()

# Forms that no page of ours sends.
def post_raw(body, path="/focus/start", **headers):
    more = {"Content_Type": "application/x-www-form-urlencoded", "Origin": "http://" + address}
    more.update(headers)
    return ask("POST", path, body, **more)[0]


def token(path="/focus"):
    return focus_form(path)["fields"]["token"]


check("a form from nowhere ('null') is refused", post_raw("title=x&token=" + token(), Origin="null") == 403)
check("a form of the same host on another port too", post_raw("title=x&token=" + token(), Origin="http://%s:1" % host) == 403)
check("a form over TLS is another site's", post_raw("title=x&token=" + token(), Origin="https://" + address) == 403)
check("a referer of another site does not help", post_raw("title=x&token=" + token(), Origin="http://evil.example",
                                                         Referer="http://%s/" % address) == 403)
check("plain text is no form", post_raw("title=x", Content_Type="text/plain") == 415)
check("nor is JSON", post_raw("{}", Content_Type="application/json") == 415)
check("no token, no form", post_raw("title=x") == 403)
check("a token cut short is none", post_raw("title=x&token=" + token()[:-1]) == 403)
check("more fields than any form has are refused", post_raw("&".join("a%d=b" % n for n in range(100))) == 400)
check("a form for a page that takes none is refused", post_raw("token=" + token(), path="/search") == 404)
check("a page for a form is none", ask("GET", "/focus/start")[0] == 404)
status, headers, text = ask("POST", "/mark/undo", "number=999999&token=" + token(), Content_Type="application/x-www-form-urlencoded",
                            Origin="http://" + address)
check("what is not there is not undone (%d)" % status, status == 400 and "no mark" in text)
for back in ("//evil.example/", "http://evil.example/", "/i/../../x", "/i/a%0d%0aSet-Cookie:x=1", "javascript:alert(1)"):
    status, headers, _ = ask("POST", "/mark", "kind=useful&what=nothing&back=%s&token=%s" % (urllib.parse.quote(back, "%"), token()),
                             Content_Type="application/x-www-form-urlencoded", Origin="http://" + address)
    check("a way back to %s is not gone" % back, not re.match("(?i)(https?:|//|javascript)", headers.get("Location", "/")) and
          "Set-Cookie" not in headers)

# Texts that would be markup, bytes that are no text.
evil = '"><script>alert(1)</script>'
status, headers, text = ask("GET", "/search?q=" + urllib.parse.quote(evil))
check("what is searched for stays text", status == 200 and "<script" not in text and "&lt;script" in text)
for junk in ("%ff%fe%00", "%c0%af", "a%0d%0aSet-Cookie:%20b", "%F0%9F%92", "%E2%80%AE", "%22" * 500):
    status, headers, text = ask("GET", "/search?topic=a&q=" + junk)
    check("%s is searched for, or refused (%d)" % (junk[:24], status), status in (200, 400) and "Set-Cookie" not in headers)
check("a thousand parameters are refused", ask("GET", "/search?" + "&".join("q=%d" % n for n in range(1000)))[0] in (0, 400, 414, 431))
status, headers, text = ask("GET", "/no/such/page")
check("a page that is not there is as harmless", status == 404 and "default-src 'none'" in headers.get("Content-Security-Policy", ""))
status, headers, text = ask("GET", "/focus", Host="evil.example")
check("a refusal is as harmless and says nothing", "default-src 'none'" in headers.get("Content-Security-Policy", "")
      and "Quizzes" not in text)


def raw(data, wait=3.0, read=True):
    sock = socket.create_connection((host, int(port)), timeout=wait)
    try:
        sock.sendall(data)
        return sock.recv(65536) if read else b""
    except OSError:
        return b""
    finally:
        sock.close()


check("two hosts are no host", b" 200 " not in raw(("GET / HTTP/1.1\r\nHost: evil.example\r\nHost: %s\r\n\r\n" % address).encode())[:20])
check("no host is none", b" 200 " not in raw(b"GET / HTTP/1.1\r\n\r\n")[:20])
check("the host of an absolute address is checked", b" 200 " not in
      raw(("GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n").encode())[:20])
check("noise is answered by nothing but an error", b" 200 " not in raw(bytes(range(256)) * 20)[:20])
check("headers without end are cut off", b" 200 " not in raw(b"GET / HTTP/1.1\r\n" + b"X-A: " + b"a" * 200000 + b"\r\n\r\n")[:20])
check("a length below nought is refused", b" 200 " not in raw(
    ("POST /mark HTTP/1.1\r\nHost: %s\r\nContent-Length: -1\r\n\r\n" % address).encode())[:20])
check("and others are served", ask("GET", "/")[0] == 200)


# A body of a gigabyte is not waited for, whether it says how long it is or not.
def pour(head, chunk):
    start, sent = time.time(), 0
    sock = socket.create_connection((host, int(port)), timeout=20)
    try:
        sock.sendall(head)
        while sent < 1 << 30 and time.time() - start < 15:
            sent += sock.send(chunk)
    except OSError:
        pass
    sock.close()
    return sent


head = ("POST /focus/start HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nContent-Type: "
        "application/x-www-form-urlencoded\r\n" % (address, address)).encode()
sent = pour(head + b"Content-Length: 1073741824\r\n\r\n", b"a" * 65536)
check("a gigabyte is cut off (%d bytes went in)" % sent, sent < 64 << 20)
sent = pour(head + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"a" * 65536 + b"\r\n")
check("one in pieces too (%d)" % sent, sent < 64 << 20)
sent = pour(b"GET / HTTP/1.1\r\nHost: " + address.encode() + b"\r\n", b"X-Pad: " + b"a" * 8192 + b"\r\n")
check("and headers of one (%d)" % sent, sent < 64 << 20)
check("and others are served", ask("GET", "/")[0] == 200)


# Crowds that drip: whoever asks meanwhile is answered at once; in the end they are thrown out.
def crowd(count):
    socks = []
    for _ in range(count):
        try:
            sock = socket.create_connection((host, int(port)), timeout=5)
            sock.sendall(b"GET / HTTP/1.1\r\nHo")
            socks.append(sock)
        except OSError:
            break
    return socks


def drip(socks):
    for sock in socks:
        try:
            sock.send(b"s")
        except OSError:
            pass


for count in (200, 600):
    drips = crowd(count)
    slowest, answers = 0.0, []
    for _ in range(10):
        start = time.time()
        answers.append(ask("GET", "/archive")[0])
        slowest = max(slowest, time.time() - start)
        drip(drips)
    check("beside %d that drip, everybody is served (%s, %.1f s at most)" % (count, answers, slowest),
          answers == [200] * 10 and slowest < 5)
    for sock in drips:
        sock.close()
drips = crowd(20)
start, gone = time.time(), 0
while gone < len(drips) and time.time() - start < 40:
    drip(drips)
    gone = 0
    for sock in drips:
        sock.settimeout(0.01)
        try:
            gone += sock.recv(100) == b""
        except socket.timeout:
            pass
        except OSError:
            gone += 1
    time.sleep(0.3)
check("who drips is thrown out (%d of %d after %.0f s)" % (gone, len(drips), time.time() - start), gone == len(drips))
for sock in drips:
    sock.close()

# Who hammers is told to wait, and a little later is served again.
codes = set()
connection = http.client.HTTPConnection(host, int(port), timeout=15)
for _ in range(100):
    connection.request("POST", "/mark", "a=b", {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://" + address})
    answer = connection.getresponse()
    answer.read()
    codes.add(answer.status)
connection.close()
check("a hundred forms at once are too many (%s)" % sorted(codes), codes == {403, 429})
check("pages are served all the same", ask("GET", "/")[0] == 200)
check("nothing of all that was kept", kept() == before)
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
# Beyond this machine: only with a password.
check "another address needs a password file" status 1 "$DISCERN_BIN" --home "$home" serve --port 0 --listen 0.0.0.0
check "and the message says so" one_line 'password file'
check "a short password is refused" sh -c "echo short | '$DISCERN_BIN' serve --make-password '$work/pw'; [ \$? -eq 2 ] && [ ! -e '$work/pw' ]"
check "a good one is hashed into a file" sh -c "echo 'three words and more' | '$DISCERN_BIN' serve --make-password '$work/pw'"
check "by Argon2id" grep -q '^[$]argon2id[$]v=19[$]m=65536,t=3' "$work/pw"
check "for its owner alone" test "$(stat -c %a "$work/pw")" = 600
check "what is no hash is refused" sh -c "echo secret >'$work/bad'; '$DISCERN_BIN' --home '$home' serve --port 0 --password-file '$work/bad'; [ \$? -eq 2 ]"
"$DISCERN_BIN" --home "$home" serve --port 0 --listen 0.0.0.0 --name reading.school.example --password-file "$work/pw" >"$work/serve.out" 2>"$work/serve.err" &
server=$!
for _ in $(seq 200); do grep -q 'http://' "$work/serve.out" && break; sleep 0.05; done
port=$(grep -oE ':[0-9]+/' "$work/serve.out" | tr -d ':/')
answer() { curl -s -o "$work/page" -w '%{http_code}' "$@"; }
check "without the password there is nothing" test "$(answer "http://127.0.0.1:$port/")" = 401
check "not a word of it" sh -c "! grep -qi 'focus' '$work/page'"
check "a wrong one is refused" test "$(answer -u staff:wrong "http://127.0.0.1:$port/")" = 401
check "the right one opens" test "$(answer -u 'staff:three words and more' "http://127.0.0.1:$port/")" = 200
check "also by the other name" test "$(answer -u 'staff:three words and more' -H "Host: reading.school.example:$port" "http://127.0.0.1:$port/")" = 200
check "but by no strange one" test "$(answer -u 'staff:three words and more' -H "Host: evil.example:$port" "http://127.0.0.1:$port/")" = 421
for n in $(seq 12); do last=$(answer -u "staff:guess $n" "http://127.0.0.1:$port/"); done
check "who guesses gets nowhere" test "$last" = 401
check "who knows it is not kept out by who guesses" test "$(answer -u 'staff:three words and more' "http://127.0.0.1:$port/")" = 200
kill -TERM "$server"
wait "$server"
check "what came in by the form is in the home" status 0 "$DISCERN_BIN" --home "$home" focus
check "by name" grep -q 'Quizzes at the start' "$work/out"
finish
