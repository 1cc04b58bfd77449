# Goal of this test: of a thousand sources one bad one changes nothing for the others, and a thousand unchanged ones cost
# a header each: no body, and no row but the checks.
. "$(dirname "$0")/lib.sh"
count=1000
ulimit -n 4096 2>/dev/null || true
mkdir -p "$work/site"
python3 - "$work" $count <<'PY'
import json, sys
answers = {}
for n in range(int(sys.argv[2])):
    body = ('<?xml version="1.0"?><rss version="2.0"><channel><title>Blog %d</title><item><guid>p%d</guid><title>Idea %d for '
            'a lesson</title><link>https://blog%d.example/p</link><pubDate>Tue, 24 Nov 2026 06:00:00 GMT</pubDate>'
            '<description>Ask pupils three questions about lesson %d.</description></item></channel></rss>') % ((n,) * 5)
    answers["/%d" % n] = {"body": body, "etag": '"e%d"' % n}
json.dump(answers, open(sys.argv[1] + "/script.json", "w"))
PY
mkfifo "$work/hold"
python3 -Wignore "$DISCERN_ROOT/tests/server/bad_server.py" --also $count --script "$work/script.json" <"$work/hold" >"$work/port" &
server=$!
exec 9>"$work/hold"
for _ in $(seq 200); do [ -s "$work/port" ] && break; sleep 0.05; done
port=$(cat "$work/port")
ask() { python3 -c 'import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1]).read().decode())' "http://127.0.0.1:$port/$1"; }

# A home with all sources, each at an address of its own; the words behind it replace the path of one or more of them.
home_with() { # DIR N=PATH…
    local home=$1
    shift
    make_home "$home"
    printf '  deadline 40 s\n  timeout 3 s\n' >>"$home/config/discern.conf"
    python3 - $count "$port" "$@" >"$home/config/sources.conf" <<'PY'
import sys
other = dict(word.split("=", 1) for word in sys.argv[3:])
for n in range(int(sys.argv[1])):
    path = other.get(str(n), "/%d" % n)
    print("source s%d\n  kind feed\n  url http://127.1.%d.%d:%s%s\n  allow-loopback yes\n  every 1 h" %
          (n, n // 250, n % 250 + 1, sys.argv[2], path))
PY
}
# What a home holds of all sources but those named: posts and words, whatever order they came in.
posts() {
    local home=$1
    shift
    sqlite3 "$home/discern.db" "SELECT s.name, i.id, i.title, i.text, i.author, i.seen_s, i.sum FROM item i JOIN source s ON s.number = i.source ORDER BY 1, 2" |
        grep -vE "^($(IFS='|'; echo "$*"))\|"
}

good=$work/good
home_with "$good"
check "a thousand sources are read" status 0 "$DISCERN_BIN" --home "$good" --verbose run
check "all of them" said 'pull: 1000 sources asked, 0 unchanged, 0 failed; 1000 new'
ask reset >/dev/null
export DISCERN_NOW=$((DISCERN_NOW + 7200))
check "and two hours later again" status 0 python3 "$DISCERN_ROOT/tests/e2e/commits.py" "$good/discern.db" \
    "$DISCERN_BIN" --home "$good" --verbose run
check "nothing changed" said 'pull: 1000 sources asked, 1000 unchanged, 0 failed; 0 new'
cp "$work/out" "$work/written"
check "all of it was one transaction" grep -qx 'COMMITS 1' "$work/written"
check "every check was in it, and the run's own row" sh -c "grep -qx 'source 1000' '$work/written' && grep -qx 'run 1' '$work/written'"
check "and nothing else" sh -c "! grep -E '^[a-z_]+ [0-9]+$' '$work/written' | grep -vE '^(source|run|sqlite_sequence) '"
ask stats >"$work/stats"
check "each was asked once, with its validator" python3 - "$work/stats" <<'PY'
import json, sys
log = json.load(open(sys.argv[1]))["log"]
assert len(log) == 1000, len(log)
assert all(headers.get("if-none-match") == '"e%s"' % path[1:] for _, path, headers in log)
assert all(headers.get("user-agent", "").startswith("discern/") and "cpd@northfield.example" in headers["user-agent"] for _, _, headers in log)
PY
export DISCERN_NOW=$((DISCERN_NOW - 7200))

# The control: a difference does show.
home_with "$work/less" 500=/status/404
check "one is missing" status 0 "$DISCERN_BIN" --home "$work/less" --quiet pull
check "and is missed" sh -c "! test '$(posts "$good" none | sha256sum)' = '$(posts "$work/less" none | sha256sum)'"
check "but no other" test "$(posts "$good" s500 | sha256sum)" = "$(posts "$work/less" s500 | sha256sum)"

bad="0=/stall?size=9000 100=/drip?bytes=9000&ms=100 200=/bomb?mib=30 300=/chunked?endless=1 400=/garbage 500=/close
501=/cut?size=9000&sent=80 600=/loop 700=/headers?count=900 701=/status/500 800=/retry?after=99999 900=/redirect?to=http://10.1.1.1/
950=/unpacked 999=/stall?size=5"
home_with "$work/bad" $bad
names=$(for word in $bad; do echo "s${word%%=*}"; done)
start=$(date +%s%N)
check "with a bad one at every moment the run goes well" status 0 "$DISCERN_BIN" --home "$work/bad" --verbose pull
took_ms=$((($(date +%s%N) - start) / 1000000))
check "they fail, the others do not" said 'pull: 1000 sources asked, 0 unchanged, 14 failed; 986 new'
check "and the others have all that they had" test "$(posts "$good" $names | sha256sum)" = "$(posts "$work/bad" $names | sha256sum)"
check "on time ($took_ms ms)" test "$took_ms" -lt 40000

# A deadline that is too short for all: what was not asked is no failure, and comes first the next time.
slow=$(for n in $(seq 0 20 980); do echo "$n=/delay?ms=2900&text=x"; done)
home_with "$work/short" $slow
sed -i 's/  deadline 40 s/  deadline 10 s\n  in-flight 5/' "$work/short/config/discern.conf"
start=$(date +%s%N)
"$DISCERN_BIN" --home "$work/short" --verbose pull >"$work/out" 2>"$work/err"
took_ms=$((($(date +%s%N) - start) / 1000000))
check "the run ends at its deadline ($took_ms ms)" test "$took_ms" -lt 16000
check "and says what is left" said 'sources are left to the next run'
left=$(sed -n 's/.*pull: \([0-9]*\) sources are left.*/\1/p' "$work/err")
check "none of them failed for it" test "$(sqlite3 "$work/short/discern.db" "SELECT count(*) FROM source WHERE state IS NOT NULL")" -le "$((count - left))"
exec 9>&-
wait "$server" 2>/dev/null
finish
