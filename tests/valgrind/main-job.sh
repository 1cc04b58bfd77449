#!/bin/bash
# Goal: the program as it is shipped reads no memory that it did not write and loses none: the main job, and each filter
# over real input, under valgrind.
# usage: tests/valgrind/main-job.sh BINARY   (an ordinary build: sanitizers and valgrind do not go together)
set -u
DISCERN_BIN=$(readlink -f "$1")
DISCERN_ROOT=$(cd "$(dirname "$0")/../.." && pwd)
DISCERN_SHARED=${DISCERN_SHARED:-$DISCERN_ROOT/../shared}
. "$DISCERN_ROOT/tests/e2e/lib.sh"
if ! command -v valgrind >/dev/null; then
    skip "valgrind is not installed"
    finish
fi

# memory WORDS STATUS ARGUMENTS…: ends with that status, and valgrind finds nothing
memory() {
    local words=$1 wanted=$2
    shift 2
    check "$words" under_valgrind "$wanted" "$@"
}
under_valgrind() {
    local wanted=$1 got=0
    shift
    valgrind --quiet --log-file="$work/found.%p" --suppressions="$DISCERN_ROOT/tests/valgrind/pcre2-jit.supp" \
        --leak-check=full --errors-for-leak-kinds=definite,possible --error-exitcode=99 \
        "$DISCERN_BIN" "$@" >"$work/out" 2>"$work/err" || got=$?
    grep -hE '^==' "$work"/found.* | head -n 40
    local found
    found=$(grep -cE '^==' "$work"/found.* | awk -F: '{sum += $2} END {print sum}')
    rm -f "$work"/found.*
    [ "$got" -eq "$wanted" ] && [ "$found" -eq 0 ] || { echo "status $got"; head -n 5 "$work/err"; return 1; }
}

home=$work/home
make_home "$home"
memory "a first run" 0 --home "$home" --quiet run
memory "a second run" 0 --home "$home" --quiet run
memory "why" 0 --home "$home" why https://blog.example/1
memory "search" 0 --home "$home" search quiz
memory "the sources" 0 --home "$home" sources list
memory "doctor, which finds a thing to look at" 1 --home "$home" doctor
memory "a focus" 0 --home "$home" focus start "Low-stakes quizzes in every lesson"
memory "export" 0 --home "$home" export
memory "the rules, their examples and hints" 0 --home "$home" rules check
printf 'contcat x\n' >>"$home/config/discern.conf"
memory "a mistake" 2 --home "$home" run
if [ -d "$DISCERN_SHARED/data" ]; then
    head -n 150 "$DISCERN_SHARED/data/labelled/docs.jsonl" >"$work/docs.jsonl"
    memory "classify, with every hit" 0 classify --rules "$DISCERN_ROOT/config/rules" --explain "$work/docs.jsonl"
    memory "parse, of real feeds" 0 parse "$work/feeds/one.xml" $(ls -S "$DISCERN_SHARED"/data/feeds/*.xml | tail -n 12)
    memory "parse, of bad input" 1 parse $(find "$DISCERN_SHARED/data/bad" -type f -size -40k | sort | head -n 30)
    memory "extract, of real pages" 0 extract $(ls -S "$DISCERN_SHARED"/data/pages/*.html | tail -n 12)
else
    skip "the shared data are not here"
fi
finish
