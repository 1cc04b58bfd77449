# lib: words for the tests that run the real program. Source it first.
#   check WORDS COMMAND…   one check: passes when the command does
#   make_home DIR          a home with the shipped rules and the three local feeds of $work/feeds
#   finish                 the last line, and the exit status
set -u
passed=0 failed=0 skipped=0
work=$(mktemp -d "${TMPDIR:-/tmp}/discern-e2e.XXXXXX")
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
export DISCERN_NOW=1795590000 # 2026-11-25 06:20 UTC
unset DISCERN_HOME

check() {
    local words=$1
    shift
    if "$@" >"$work/check.out" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $words" >&2
        sed 's/^/    /' "$work/check.out" >&2
    fi
}

skip() {
    skipped=$((skipped + 1))
    echo "skipped: $1" >&2
}

finish() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ] && [ $((passed + skipped)) -gt 0 ]
    exit
}

# status WANTED COMMAND…: the command ends with that exit status; its messages are in $work/err
status() {
    local wanted=$1 got=0
    shift
    "$@" >"$work/out" 2>"$work/err" || got=$?
    cat "$work/out" "$work/err"
    [ "$got" -eq "$wanted" ] || { echo "exit status $got, not $wanted"; return 1; }
}

# one_line PATTERN: the last command said exactly one line on standard error, and it matches
one_line() {
    cat "$work/err"
    [ "$(wc -l <"$work/err")" -eq 1 ] && grep -qE "$1" "$work/err"
}

said() {
    cat "$work/err"
    grep -qE "$1" "$work/err"
}

feed_item() { # NUMBER TITLE TEXT
    printf '<item><guid>g-%s</guid><title>%s</title><link>https://blog.example/%s</link><pubDate>Tue, 24 Nov 2026 0%s:00:00 GMT</pubDate><description>%s</description></item>' \
        "$1" "$2" "$1" "$1" "$3"
}

make_feed() { # FILE NAME ITEMS…
    local file=$1 name=$2
    shift 2
    printf '<?xml version="1.0"?><rss version="2.0"><channel><title>%s</title><link>https://blog.example/</link><description>x</description>%s</channel></rss>' \
        "$name" "$*" >"$file"
}

# The same files for every home, with the same time, so that homes can be compared.
make_feeds() {
    mkdir -p "$work/feeds"
    make_feed "$work/feeds/one.xml" "Ms Okafor teaches" \
        "$(feed_item 1 'Low-stakes quizzes that my Year 8 class asks for' 'I open each maths lesson with a low-stakes quiz of three questions: ask pupils to answer from memory, then correct together. After six weeks my class scored 12 marks more on the topic test. Roediger and Karpicke (2006) found the same: https://doi.org/10.1111/j.1467-9280.2006.01693.x')" \
        "$(feed_item 2 'Whole-class feedback in ten minutes' 'Read the books, write one sheet of feedback for the class, and ask pupils to improve one paragraph. I tried it with my Year 10 class and the second drafts were clearer.')"
    make_feed "$work/feeds/two.xml" "The staffroom" \
        "$(feed_item 3 'Find your learning styles with this quiz' 'Every teacher should teach to pupils’ learning styles: visual learners need pictures. Guaranteed results!')" \
        "$(feed_item 4 'School fair on Saturday' 'Cakes and a raffle in the hall from two.')"
    make_feed "$work/feeds/three.xml" "Science corner" \
        "$(feed_item 5 'Worked examples in chemistry' 'Show a worked example, then give pupils the same problem with the last step missing. A meta-analysis of worked examples found clear gains for novices (https://doi.org/10.1007/s10648-010-9145-4).')"
    touch -d @1795500000 "$work"/feeds/*.xml
}

make_home() {
    local home=$1
    mkdir -p "$home/config/rules"
    make_feeds
    cp "$DISCERN_ROOT"/config/rules/*.rules "$home/config/rules/"
    cp "$DISCERN_ROOT"/config/urls.conf "$DISCERN_ROOT"/config/prompts.conf "$home/config/"
    cat >"$home/config/discern.conf" <<'CONF'
school Northfield Academy
contact cpd@northfield.example
reader all-staff
  title All staff
network
  follow-links no
  look-up-works no
  look-up-copies no
CONF
    for name in one two three; do
        printf 'source %s\n  kind feed\n  title Source %s\n  file %s/feeds/%s.xml\n' "$name" "$name" "$work" "$name"
    done >"$home/config/sources.conf"
}

# What two homes must have in common: every table but the ledger of runs, row for row, and every page.
same_homes() {
    local home
    for home in "$1" "$2"; do
        sqlite3 "$home/discern.db" .dump | grep -vE 'INTO (run|sqlite_sequence|words_|"words_)|INTO "?run"?' |
            sed "s|$home|HOME|g" | sort >"$home/dump.txt"
        (cd "$home/site" && find . -type f ! -name '.*' | sort | xargs sha256sum) >"$home/pages.txt"
    done
    diff "$1/dump.txt" "$2/dump.txt" && diff "$1/pages.txt" "$2/pages.txt"
}
