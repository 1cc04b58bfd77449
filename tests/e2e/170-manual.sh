# Goal of this test: help, manual and completions tell the same verbs and flags, and work in the tools that read them.
. "$(dirname "$0")/lib.sh"
d() { "$DISCERN_BIN" "$@"; }

d --help >"$work/help"
verbs=$(sed -n '/^Verbs:/,/^$/p' "$work/help" | awk '/^  /{print $1}')
check "help lists the verbs" test "$(wc -w <<<"$verbs")" -ge 25
for shell in bash zsh fish; do
    check "there is a completion for $shell" status 0 d completions "$shell"
    cp "$work/out" "$work/$shell"
done
check "there is none for another shell, and it says so" status 2 d completions tcsh
check "the manual is printed" status 0 d man
cp "$work/out" "$work/discern.1"
check "so is that of the settings" status 0 d man discern.conf
cp "$work/out" "$work/discern.conf.5"
check "there is no other page, and it says so" status 2 d man nonsense

every_verb() {
    local verb flag flags
    for verb in $verbs; do
        d "$verb" --help >"$work/verb" || return 1
        grep -q '^Examples:' "$work/verb" || { echo "$verb has no example"; return 1; }
        grep -qE "^    +$verb\) words=" "$work/bash" || { echo "bash lacks $verb"; return 1; }
        grep -qE "^ +$verb\)\$" "$work/zsh" && grep -q "'$verb:" "$work/zsh" || { echo "zsh lacks $verb"; return 1; }
        grep -q -- "-a $verb -d" "$work/fish" || { echo "fish lacks $verb"; return 1; }
        flags=$(sed -nE 's/^  (--[a-z-]+) .*/\1/p' "$work/verb")
        for flag in $flags; do
            grep -E "^ +$verb\)" "$work/bash" | grep -q -- " $flag\b" || { echo "bash lacks $verb $flag"; return 1; }
            sed -n "/^ *$verb)\$/,/;;/p" "$work/zsh" | grep -q -- "'$flag\[" || { echo "zsh lacks $verb $flag"; return 1; }
            grep -q -- "seen_subcommand_from $verb' -l ${flag#--} " "$work/fish" || { echo "fish lacks $verb $flag"; return 1; }
            grep -qF -- "${flag//-/\\-}" "$work/discern.1" || { echo "the manual lacks $flag"; return 1; }
        done
        grep -q "^.SS \"$verb\"" "$work/discern.1" || { echo "the manual lacks $verb"; return 1; }
    done
}
check "every verb has an example, and stands with its flags everywhere" every_verb

completes() { # WANTED WORDS…: the last word is what is being typed
    local wanted=$1
    shift
    (
        . "$work/bash"
        COMP_WORDS=(discern "$@") COMP_CWORD=$#
        _discern
        echo "${COMPREPLY[*]-}"
        [ "${COMPREPLY[*]-}" = "$wanted" ]
    )
}
check "bash completes a verb" completes "digest" dig
check "and its flag" completes "--explain" digest --exp
check "and an act" completes "report" sources rep
check "and one of several in a row" completes "evaluate" focus ev
check "behind --home as well" completes "doctor" --home /tmp doc
check "and nothing where only you can know" completes "" digest --date 20
for shell in zsh fish; do
    if command -v "$shell" >/dev/null; then check "$shell reads its completion" "$shell" -n "$work/$shell"; fi
done
if command -v groff >/dev/null; then
    for page in discern.1 discern.conf.5; do
        check "$page has no mistake" sh -c "said=\$(groff -k -man -ww -z -Tutf8 '$work/$page' 2>&1); echo \"\$said\"; [ -z \"\$said\" ]"
    done
    check "the settings are in their page" sh -c \
        "groff -k -man -Tutf8 '$work/discern.conf.5' | sed 's/.\x08//g; s/\x1b\[[0-9;]*m//g' | grep -qE '^ *bar number, 0 to 100'"
else
    skip "no groff here"
fi
check "they are installed" sh -c "DESTDIR='$work/root' cmake --install '$DISCERN_BUILD' >/dev/null &&
    cd '$work/root' && [ \$(find . -path '*/man1/discern.1' -o -path '*/man5/discern.conf.5' -o -path '*completions/discern' \
    -o -name _discern -o -name discern.fish | wc -l) -eq 5 ]"
finish
