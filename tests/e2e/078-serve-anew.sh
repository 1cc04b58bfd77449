# Goal of this test: `serve` takes up a configuration that is changed while it runs; one that does not hold is told on each
# page, with its line, and the one before counts until it is mended.
. "$DISCERN_ROOT/tests/e2e/lib.sh"
home=$work/home
make_home "$home"
"$DISCERN_BIN" --home "$home" serve --port 0 >"$work/serve.out" 2>"$work/serve.err" &
web=$!
trap 'kill "$web" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 200); do grep -qs 'http://' "$work/serve.out" && break; sleep 0.05; done
at=$(grep -oE '127\.0\.0\.1:[0-9]+' "$work/serve.out")
page() { # PATH: its body; the status goes to $work/status
    python3 - "$at" "$1" "$work/status" <<'PY'
import http.client, sys
connection = http.client.HTTPConnection(sys.argv[1], timeout=60)
connection.request("GET", sys.argv[2])
answer = connection.getresponse()
open(sys.argv[3], "w").write(str(answer.status))
sys.stdout.write(answer.read().decode())
PY
}
has() { page "$1" >"$work/page" && [ "$(cat "$work/status")" = 200 ] && { grep -qF -- "$2" "$work/page" || { tail -c 600 "$work/page"; return 1; }; }; }
has_not() { ! has "$1" "$2" >/dev/null && [ "$(cat "$work/status")" = 200 ]; }

check "the pages name the school" has / 'Northfield Academy'
sed -i 's/^school .*/school Southfield Academy/' "$home/config/discern.conf"
check "another name is taken up" has / 'Southfield Academy'
check "on every page" has /focus 'Southfield Academy'
printf 'source four\n  kind feed\n  title Source four\n  file %s/feeds/one.xml\n' "$work" >>"$home/config/sources.conf"
check "another source as well" has /sources 'Source four'
check "with nothing to complain of" has_not / 'does not hold as it is now'

cp "$home/config/discern.conf" "$work/good.conf"
printf 'reader maths\n  lenght 4\n  title <script>alert(1)</script>\n' >>"$home/config/discern.conf"
check "a mistake is told on the page" has / 'does not hold as it is now'
line=$(grep -n lenght "$home/config/discern.conf" | cut -d: -f1)
check "with file, line and what would be right" has / "discern.conf:$line:3: a reader has no &#39;lenght&#39;"
check "and what was meant" has / "did you mean &#39;length&#39;"
check "what counted before counts on" has /focus 'Southfield Academy'
check "without the reader of the half of it" has_not /focus '>maths<'
check "it is no markup" has_not / '<script'
rm "$home/config/discern.conf"
check "a file that is gone is told as well" has / 'there is no such file'
cp "$work/good.conf" "$home/config/discern.conf"
check "mended, it counts" has_not / 'does not hold as it is now'
printf 'reader maths\n  title Maths department\n' >>"$home/config/discern.conf"
check "and the next change, too" has /focus 'Maths department'

# Written as editors do it: another file takes its place.
sed 's/Southfield/Eastfield/' "$home/config/discern.conf" >"$work/new.conf"
mv "$work/new.conf" "$home/config/discern.conf"
check "a file that takes its place is seen" has / 'Eastfield Academy'
check "and once more, a hundred times" sh -c "for n in \$(seq 100); do touch '$home/config/discern.conf'; done"
check "it is served all the same" has /archive 'Eastfield Academy'
kill -TERM "$web"
wait "$web"
check "it ends well" test $? -eq 0
check "what was wrong was said nowhere else" test ! -s "$work/serve.err"
finish
