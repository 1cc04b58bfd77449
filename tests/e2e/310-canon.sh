#!/bin/bash
# discern canon: one canonical address a line, by its own rules or those of a file.
set -u
passed=0 failed=0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

check() { # what, wanted, got
    if [ "$2" = "$3" ]; then passed=$((passed + 1)); else
        failed=$((failed + 1))
        printf 'FAILED %s\n  wanted: %s\n  got:    %s\n' "$1" "$2" "$3"
    fi
}

check "several addresses, one a line" $'https://example.org/a?id=3\nhttps://x.com/i/status/12' \
    "$("$DISCERN_BIN" canon 'HTTP://www.Example.org:80/a/?utm_source=x&id=3#top' 'https://twitter.com/ann/status/12?s=20')"
check "addresses from standard input" $'https://example.org/a\nhttps://example.org/b' \
    "$(printf 'https://example.org/a/\nhttps://example.org/b?fbclid=1\n' | "$DISCERN_BIN" canon -)"
out=$("$DISCERN_BIN" canon nonsense https://example.org/ 2> "$dir/err")
status=$?
refused=$'{"ok":false,"error":"\'nonsense\' is no web address","url":"nonsense"}'
check "what is no address is refused in its own line" "1:$refused"$'\nhttps://example.org/' "$status:$out"
check "and nowhere else" "" "$(cat "$dir/err")"
check "nor is what no web server knows" $'false\nfalse\nfalse' \
    "$("$DISCERN_BIN" canon 'javascript:alert(1)' mailto:head@school.example '' | jq .ok)"
printf 'dorp x\n' > "$dir/urls.conf"
"$DISCERN_BIN" canon --rules "$dir/urls.conf" https://example.org/ > "$dir/out" 2> "$dir/err"
check "rules that do not hold are wrong usage" 2 $?
check "told with their place" 1 "$(grep -c "urls.conf:1:1: unknown keyword 'dorp'" "$dir/err")"
mkdir -p "$dir/config"
printf 'drop id\n' > "$dir/config/urls.conf"
check "a home's own rules count" "https://example.org/a" "$("$DISCERN_BIN" --home "$dir" canon 'https://example.org/a?id=3')"
"$DISCERN_BIN" canon > /dev/null 2>&1
check "no address is wrong usage" 2 $?

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
