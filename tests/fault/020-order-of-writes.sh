# Goal of this test: no file takes its place before its bytes are on the disk, and none is counted on before its folder
# is. (A rename alone survives a crash of the program, not of the power: the name may be there and the bytes not.)
. "$(dirname "$0")/../e2e/lib.sh"
if ! strace -o /dev/null true 2>/dev/null; then
    skip "strace cannot trace here"
    finish
fi
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"
make_home "$work/home"

strace -f -y -o "$work/calls" -e trace=openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,linkat \
    "$DISCERN_BIN" --home "$work/home" --quiet run
check "the run wrote pages" test -s "$work/home/site/all-staff/2026-11-25/index.html"
cat >"$work/judge.py" <<'PY'
"""Reads the calls in their order: every rename's source was synced after its last write, and every folder that got a
name was synced after it."""
import re
import sys

dirty, synced, waiting, renames, wrong = set(), set(), {}, 0, []
for line in open(sys.argv[1], errors="replace"):
    call = re.match(r"\d+\s+(\w+)\((.*)", line)
    if not call:
        continue
    name, rest = call.groups()
    paths = re.findall(r"<([^>]*)>", rest)
    if name in ("write", "pwrite64") and paths:
        dirty.add(paths[0])
        synced.discard(paths[0])
    elif name in ("fsync", "fdatasync") and paths:
        synced.add(paths[0])
        dirty.discard(paths[0])
        waiting.pop(paths[0], None)
    elif name.startswith("rename") or name == "linkat":
        texts = re.findall(r'"([^"]*)"', rest)
        folders = [p for p in paths]
        renames += 1
        old = texts[0] if texts[0].startswith("/") else folders[0] + "/" + texts[0]
        new = texts[1] if texts[1].startswith("/") else folders[-1] + "/" + texts[1]
        if old in dirty or old not in synced:
            wrong.append("%s took the place of %s before its bytes were on the disk" % (old, new))
        waiting[new.rsplit("/", 1)[0]] = new
wrong += ["%s: its folder was not synced" % name for name in waiting.values()]
print("%d renames" % renames, *wrong, sep="\n")
sys.exit(1 if wrong or renames == 0 else 0)
PY
check "every file was on the disk before it got its name, and every name before the run ended" \
    python3 "$work/judge.py" "$work/calls"
finish
