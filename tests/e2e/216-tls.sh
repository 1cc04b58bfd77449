# Goal of this test: a server whose certificate does not prove its name is not read, whatever is wrong with it: one line
# says what, nothing was asked of it, and the sources beside it are read as ever.
. "$DISCERN_ROOT/tests/e2e/lib.sh"
bundle=/etc/ssl/certs/ca-certificates.crt
if ! unshare -m mount --bind "$bundle" "$bundle" 2>/dev/null; then
    skip "no authority of one's own can be trusted here without changing the system"
    finish
fi
if [ -z "${IN_NAMESPACE:-}" ]; then
    rm -rf "$work"
    IN_NAMESPACE=yes exec unshare -m bash "$0"
fi
mkdir -p "$work/certs" "$work/site"
bash "$DISCERN_ROOT/tests/server/certs.sh" "$work/certs" localhost || exit 1
mount --bind "$work/certs/ca.pem" "$bundle"
make_feed "$work/site/feed.xml" "A blog" "$(feed_item 1 'Three questions at the start' 'We ask three questions about last week.')"

home=$work/home
make_home "$home"
printf '  timeout 20 s\n  connect-timeout 10 s\n' >>"$home/config/discern.conf"
mkfifo "$work/hold"
serve() { # NAME [TLS WORDS…]: a server; its port is in $work/NAME.port
    local name=$1
    shift
    python3 -Wignore "$DISCERN_ROOT/tests/server/bad_server.py" --root "$work/site" "$@" <"$work/hold" >"$work/$name.port" &
}
for name in good wrong expired self stranger; do serve "$name" --tls "$work/certs/$name.pem" "$work/certs/$name.key"; done
serve old --tls "$work/certs/good.pem" "$work/certs/good.key" --tls-most 1.1
serve plain
exec 9>"$work/hold"
for name in good wrong expired self stranger old plain; do
    for _ in $(seq 200); do [ -s "$work/$name.port" ] && break; sleep 0.05; done
done
source_at() { printf 'source %s\n  kind feed\n  url %s/feed.xml\n  allow-loopback yes\n' "$1" "$2"; }
for name in good wrong expired self stranger old; do
    source_at "$name" "https://localhost:$(cat "$work/$name.port")"
done >"$home/config/sources.conf"
{
    source_at plain "http://127.0.0.1:$(cat "$work/plain.port")"
    # The right server by a name that its certificate does not hold.
    source_at by-number "https://127.0.0.1:$(cat "$work/good.port")"
} >>"$home/config/sources.conf"

check "certificates of every kind do not stop a run" status 0 "$DISCERN_BIN" --home "$home" --verbose run
cp "$work/err" "$work/first"
for name in good plain; do
    check "$name is read" grep -q "source '$name': 1 posts, 1 new" "$work/first"
done
tells() { # NAME PATTERN: one line, and only one, says what is wrong
    [ "$(grep -c "source '$1'" "$work/first")" -eq 1 ] && grep -qE "source '$1': .*($2)" "$work/first"
}
check "a wrong name is told" tells wrong "belongs to another name"
check "the same of a right server asked by its number" tells by-number "belongs to another name"
check "an expired one is told" tells expired "has expired"
check "one that was signed by itself is told" tells self "signed by nobody but itself"
check "one by an authority that nobody trusts is told" tells stranger "not signed by an authority"
check "a protocol of old times is told" tells old "TLS 1.2 or later"
for name in good wrong expired self stranger; do
    python3 - "$(cat "$work/$name.port")" >"$work/$name.asked" <<'PY'
import json, ssl, sys, urllib.request
context = ssl._create_unverified_context()
answer = urllib.request.urlopen("https://localhost:%s/stats" % sys.argv[1], context=context).read()
print(json.loads(answer)["requests"])
PY
done
check "the good one was asked" grep -qx 1 "$work/good.asked"
for name in wrong expired self stranger; do check "'$name' was asked nothing" grep -qx 0 "$work/$name.asked"; done
exec 9>&-
wait 2>/dev/null
finish
