# Goal of this test: a run that is killed at any write to the disk, and run again, ends as an undisturbed one: same store,
# same pages. The kill comes from the kernel (SIGKILL injected at the Nth system call that writes), so nothing can tidy up.
. "$(dirname "$0")/../e2e/lib.sh"
if ! strace -o /dev/null true 2>/dev/null; then
    skip "strace cannot trace here"
    finish
fi
# Leak checking cannot work under a tracer.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"
calls=pwrite64,fdatasync,fsync,rename,renameat,renameat2,linkat,unlink,unlinkat,ftruncate
make_home "$work/even"
check "an undisturbed run" status 0 "$DISCERN_BIN" --home "$work/even" --quiet run
make_home "$work/count"
strace -f -c -S calls -e trace=$calls -o "$work/counted" "$DISCERN_BIN" --home "$work/count" --quiet run
# Every kind of call is counted apart by the injection, so each is walked through by itself.
for call in pwrite64 fdatasync fsync renameat2 renameat rename linkat; do
    total=$(awk -v c="$call" '$NF == c {print $4}' "$work/counted")
    [ -n "$total" ] || continue
    # Every commit and every rename is a moment of its own; of the many writes in between, one in a few.
    stride=1
    [ "$call" = pwrite64 ] && stride=$((total / 24 + 1))
    n=1
    while [ "$n" -le "$total" ]; do
        home=$work/killed-$call-$n
        make_home "$home"
        strace -f -o /dev/null -e trace=$call -e inject=$call:signal=KILL:when=$n "$DISCERN_BIN" --home "$home" --quiet run >/dev/null 2>&1
        check "run again after a kill at $call $n of $total" status 0 "$DISCERN_BIN" --home "$home" --quiet run
        check "same store and pages after a kill at $call $n of $total" same_homes "$work/even" "$home"
        rm -rf "$home"
        n=$((n + stride))
    done
done
# The same of the day after, when nothing is new: what is written then is the checks.
export DISCERN_NOW=$((DISCERN_NOW + 86400))
rm -rf "$work/count"
for name in next count; do cp -a "$work/even" "$work/$name"; done
check "an undisturbed pull of unchanged sources" status 0 "$DISCERN_BIN" --home "$work/next" --quiet pull
strace -f -c -S calls -e trace=$calls -o "$work/counted" "$DISCERN_BIN" --home "$work/count" --quiet pull
for call in pwrite64 fdatasync; do
    total=$(awk -v c="$call" '$NF == c {print $4}' "$work/counted")
    check "it writes by $call" test "${total:-0}" -gt 0
    stride=1
    [ "$call" = pwrite64 ] && stride=$((${total:-0} / 12 + 1))
    for n in $(seq 1 "$stride" "${total:-0}"); do
        home=$work/next-$call-$n
        cp -a "$work/even" "$home"
        strace -f -o /dev/null -e trace=$call -e inject=$call:signal=KILL:when=$n "$DISCERN_BIN" --home "$home" --quiet pull >/dev/null 2>&1
        check "pull again after a kill at $call $n of $total" status 0 "$DISCERN_BIN" --home "$home" --quiet pull
        check "same store after a kill at $call $n of $total" same_homes "$work/next" "$home"
        rm -rf "$home"
    done
done
finish
