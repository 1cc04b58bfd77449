# Goal of this test: what people and disks get wrong costs one clear line and a documented status, and nothing is lost.
. "$(dirname "$0")/lib.sh"
home=$work/home
make_home "$home"
discern() { "$DISCERN_BIN" --home "$home" "$@"; }
check "all is well at first" status 0 discern --quiet run
before=$(sqlite3 "$home/discern.db" 'select count(*) from item')
kept() { [ "$(sqlite3 "$home/discern.db" 'select count(*) from item')" -ge "$before" ] && [ "$(sqlite3 "$home/discern.db" 'pragma integrity_check')" = ok ]; }

cp -r "$home/config" "$work/config"
restore() { rm -rf "$home/config" && cp -r "$work/config" "$home/config"; }

sed -i 's/^contact/contcat/' "$home/config/discern.conf"
check "a wrong key is status 2" status 2 discern run
check "told with file, line, column and the right word" said "discern.conf:2:1: .*contcat"
check "and the nearest right one" said "did you mean 'contact'"
restore

printf '  length many\n' >>"$home/config/discern.conf"
check "a wrong type is status 2" status 2 discern run
check "told with what is right" said 'whole number|has no .length'
restore

printf 'topic x X\n  parent memory\n  regex /(open/\n  yes open\n  no shut\n' >"$home/config/rules/zz.rules"
check "a bad pattern is status 2" status 2 discern run
check "told with its place" said 'zz.rules:3:[0-9]+: .*parenthesis'
check "nothing was lost" kept
restore

printf 'nonsense\nsource a\n  kind fed\n' >"$home/config/sources.conf"
check "several mistakes are told at once" status 2 discern run
check "the first" said 'sources.conf:1:'
check "and the second" said 'sources.conf:3:'
restore

check "an unknown verb is status 2" status 2 discern frobnicate
check "with one line" one_line 'no verb'
check "an unknown flag is status 2" status 2 discern run --frob
check "with one line" one_line 'frob'
check "a date that is none is status 2" status 2 discern digest --date 2026-02-30
check "with one line" one_line 'no date'

rm "$work/feeds/one.xml"
check "a source that is gone does not stop the run" status 0 discern pull --source one
check "its posts stay" kept
check "and 'sources list' says why" status 0 discern sources list
make_feeds

cp "$home/discern.db" "$work/good.db"
sqlite3 "$home/discern.db" 'pragma user_version = 9999'
check "a store from the future is refused" status 1 discern run
check "with one line" one_line 'newer'
check "and left alone" test "$(sqlite3 "$home/discern.db" 'pragma user_version')" = 9999
cp "$work/good.db" "$home/discern.db" && rm -f "$home/discern.db-wal" "$home/discern.db-shm"

head -c 3000 /dev/urandom >"$home/discern.db"
sum=$(sha256sum <"$home/discern.db")
check "a file that is no store is refused" status 1 discern run
check "with one line" one_line '.'
check "and left alone" test "$(sha256sum <"$home/discern.db")" = "$sum"
cp "$work/good.db" "$home/discern.db" && rm -f "$home/discern.db-wal" "$home/discern.db-shm"

if [ "$(id -u)" -eq 0 ] && mkdir "$work/small" && mount -t tmpfs -o size=400k tmpfs "$work/small" 2>/dev/null; then
    cp -r "$home/config" "$work/small/" 2>/dev/null
    head -c 200000 /dev/zero >"$work/small/filler" 2>/dev/null
    got=0
    "$DISCERN_BIN" --home "$work/small" run >"$work/out" 2>"$work/err" || got=$?
    check "a full disk is status 1" test "$got" -eq 1
    check "with one line" one_line '.'
    rm -f "$work/small/filler"
    mount -o remount,size=64m "$work/small"
    check "and goes on when there is room again" status 0 "$DISCERN_BIN" --home "$work/small" --quiet run
    mount -o remount,ro "$work/small"
    got=0
    "$DISCERN_BIN" --home "$work/small" run >"$work/out" 2>"$work/err" || got=$?
    check "a read-only folder is status 1" test "$got" -eq 1
    check "with one line" one_line '.'
    umount "$work/small"
else
    skip "no small file system can be mounted here"
fi

# A file that may not grow is a disk that is full, for everybody who cannot mount one.
rm -f "$home"/discern.db*
cap() { (ulimit -f 60; "$DISCERN_BIN" --home "$home" run); }
check "a store that may not grow is status 1" status 1 cap
check "with one line" one_line '.'
rm -f "$home"/discern.db*
cp "$work/good.db" "$home/discern.db"

# A file that may not be read. Root may read all, so it is tried as somebody else.
as_other() { "$@"; }
if [ "$(id -u)" -eq 0 ]; then as_other() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }; fi
other=$work/other
cp -r "$home" "$other"
chmod 755 "$work" && chmod -R a+rwX "$other" "$work/feeds"
if as_other "$DISCERN_BIN" --version >/dev/null 2>&1; then
    run_other() { as_other "$DISCERN_BIN" --home "$other" --quiet run; }
    check "somebody else may run it" status 0 run_other
    chmod 000 "$other/config/sources.conf"
    check "an unreadable list of sources is status 2" status 2 run_other
    check "with one line that names it" one_line 'sources.conf'
    chmod 644 "$other/config/sources.conf"
    rules=$(ls "$other"/config/rules/*.rules | head -n 1)
    chmod 000 "$rules"
    check "an unreadable rule file is status 2" status 2 run_other
    check "with one line that names it" one_line "${rules##*/}"
    chmod 644 "$rules"
    chmod 000 "$other/discern.db"
    check "an unreadable store is status 1" status 1 run_other
    check "with one line that names it" one_line 'discern.db'
    chmod 666 "$other/discern.db"
    chmod 000 "$work/feeds/one.xml"
    check "an unreadable feed does not stop the run" status 0 run_other
    chmod 644 "$work/feeds/one.xml"
    check "and all is well afterwards" status 0 run_other
    cp "$other/discern.db" "$work/other.db"
else
    skip "nobody else can run the program here"
fi
check "at the end all is well again" status 0 discern --quiet run
check "and nothing was lost" kept
finish
