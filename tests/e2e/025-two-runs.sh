# Goal of this test: of two runs at once the second ends with 75, at once, and disturbs nothing.
. "$(dirname "$0")/lib.sh"
home=$work/home
make_home "$home"
check "the first run makes the store" status 0 "$DISCERN_BIN" --home "$home" --quiet run
python3 - "$home/discern.db.lock" "$work/ready" <<'PY' &
import fcntl, os, struct, sys, time
# An open file description lock, as another process of the program would hold it.
F_OFD_SETLK = 37
fd = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
fcntl.fcntl(fd, F_OFD_SETLK, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0))
open(sys.argv[2], "w").close()
time.sleep(60)
PY
holder=$!
for _ in $(seq 200); do [ -e "$work/ready" ] && break; sleep 0.02; done
check "the second run ends with 75" status 75 "$DISCERN_BIN" --home "$home" run
check "and one line" one_line 'another run'
start=$(date +%s%N)
"$DISCERN_BIN" --home "$home" run >/dev/null 2>&1
took_ms=$((($(date +%s%N) - start) / 1000000))
# Sanitizers slow the program down several times: the figure is the release's, here it is only kept sane.
check "in no time ($took_ms ms)" test "$took_ms" -lt 500
kill "$holder" 2>/dev/null
wait "$holder" 2>/dev/null
check "when the first has ended, it goes on" status 0 "$DISCERN_BIN" --home "$home" --quiet run
finish
