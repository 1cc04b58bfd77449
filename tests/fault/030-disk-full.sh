# Goal of this test: on a disk that fills up at whatever point of a run, yesterday's pages stand, no page is half, one line
# says what to do, and with room again the next run ends as if nothing had been.
. "$DISCERN_ROOT/tests/e2e/lib.sh"
if ! unshare -m mount -t tmpfs none /mnt 2>/dev/null; then
    skip "no disk of a size of one's own can be mounted here"
    finish
fi
if [ -z "${IN_NAMESPACE:-}" ]; then
    rm -rf "$work"
    IN_NAMESPACE=yes exec unshare -m bash "$0"
fi
make_home "$work/start"
sed -i "s|length .*||" "$work/start/config/discern.conf"
DISCERN_NOW=$((DISCERN_NOW - 86400)) "$DISCERN_BIN" --home "$work/start" --quiet digest --date 2026-11-24
before=$(cd "$work/start/site/all-staff/2026-11-24" && sha256sum -- * | sha256sum)

on_disk() { # KILOBYTES: a copy of the start on a disk with so much room beside it
    local used
    mkdir -p "$work/disk"
    umount "$work/disk" 2>/dev/null
    used=$(du -sk "$work/start" | cut -f 1)
    mount -t tmpfs -o "size=$((used + $1))k" none "$work/disk"
    cp -a "$work/start/." "$work/disk/"
}
trap 'umount "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT

on_disk 20000
check "with room the run ends well" status 0 "$DISCERN_BIN" --home "$work/disk" --quiet run
cp -a "$work/disk" "$work/even"
needed=$(du -sk "$work/even" | cut -f 1)
needed=$((needed - $(du -sk "$work/start" | cut -f 1)))

whole_pages() {
    local page
    while read -r page; do
        tail -c 20 "$page" | grep -q '</html>' || { echo "$page is half"; return 1; }
    done < <(find "$work/disk/site" -name '*.html')
    [ "$(cd "$work/disk/site/all-staff/2026-11-24" && sha256sum -- * | sha256sum)" = "$before" ]
}
failed_runs=0
for part in 5 15 30 45 60 70 80 90; do
    on_disk $((needed * part / 100))
    "$DISCERN_BIN" --home "$work/disk" --quiet run >"$work/out" 2>"$work/err"
    got=$?
    [ "$got" -eq 0 ] && continue
    failed_runs=$((failed_runs + 1))
    check "at $part % it is status 1" test "$got" -eq 1
    check "at $part % one line says why" one_line 'full|space|room|written'
    check "at $part % yesterday stands and no page is half" whole_pages
    mount -o remount,size=40000k "$work/disk"
    check "at $part % it ends well with room again" status 0 "$DISCERN_BIN" --home "$work/disk" --quiet run
    check "at $part % with the same store and pages" same_homes "$work/even" "$work/disk"
done
check "the disk was full several times" test "$failed_runs" -ge 4
finish
