# Goal of this test: name servers that never answer, for one source's name, cost the other sources nothing: neither what is
# under way meanwhile, nor the process that reads. In a network of its own, which has nothing but its own loopback.
. "$(dirname "$0")/lib.sh"
if ! unshare -n -m true 2>/dev/null; then
    skip "no namespace of our own can be had here"
    finish
fi
if [ -z "${IN_NAMESPACE:-}" ]; then
    rm -rf "$work"
    IN_NAMESPACE=yes exec unshare -n -m bash "$0"
fi
ip link set lo up
printf 'nameserver 127.0.0.53\nnameserver 127.0.0.54\n' >"$work/resolv.conf"
mount --bind "$work/resolv.conf" /etc/resolv.conf

cat >"$work/server.py" <<'PY'
"""Two name servers that hear and say nothing, and a web server that thinks for twelve seconds."""
import http.server, os, socket, sys, time

ears = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2)]
for number, ear in enumerate(ears):
    ear.bind(("127.0.0.%d" % (53 + number), 53))
FEED = (b'<?xml version="1.0"?><rss version="2.0"><channel><title>Slow</title><item><guid>s-1</guid><title>Quizzes</title>'
        b'<description>Ask pupils three questions from memory.</description></item></channel></rss>')

class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args): pass
    def do_GET(self):
        time.sleep(12)
        self.send_response(200)
        self.send_header("Content-Length", str(len(FEED)))
        self.end_headers()
        self.wfile.write(FEED)

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(sys.argv[1] + ".new", "w") as file:
    file.write("http://127.0.0.1:%d" % server.server_address[1])
os.replace(sys.argv[1] + ".new", sys.argv[1])
server.serve_forever()
PY
python3 "$work/server.py" "$work/address" 2>"$work/errors" &
server=$!
trap 'kill "$server"; umount /etc/resolv.conf; chmod -R u+w "$work"; rm -rf "$work"' EXIT
for _ in $(seq 200); do [ -s "$work/address" ] && break; sleep 0.05; done
base=$(cat "$work/address")

home=$work/home
mkdir -p "$home/config/rules"
cp "$DISCERN_ROOT"/config/rules/*.rules "$home/config/rules/"
cp "$DISCERN_ROOT"/config/urls.conf "$DISCERN_ROOT"/config/prompts.conf "$home/config/"
cat >"$home/config/discern.conf" <<CONF
school Northfield Academy
contact cpd@northfield.example
reader all-staff
  title All staff
CONF
cat >"$home/config/sources.conf" <<CONF
source slow
  kind feed
  url $base/feed
  allow-loopback yes
source lost
  kind feed
  url http://blog.lost.example/feed
CONF
check "a run goes on" status 0 "$DISCERN_BIN" --home "$home" --verbose pull
check "what is slow is waited for" said "source 'slow': 1 posts, 1 new"
check "the name that nobody knows is told" said "blog.lost.example"
check "the server had no trouble of its own" test ! -s "$work/errors"
finish
