# Goal of this test: what is kept can be copied whole while it is in use, opened elsewhere and gone on with; and what is
# older than wanted is taken out, and nothing else.
. "$(dirname "$0")/lib.sh"
make_feeds
home=$work/home
make_home "$home"
d() { "$DISCERN_BIN" --home "$home" "$@"; }
posts() { sqlite3 "$1/discern.db" 'select count(*) from item'; }
is() { [ "$1" = "$2" ] || { echo "'$1' is not '$2'"; return 1; }; }

check "a run keeps posts" status 0 d run
before=$(posts "$home")
check "five of them" is "$before" 5
check "a copy is made" status 0 d backup "$work/copy.db"
check "once more over the one before" status 0 d backup "$work/copy.db"
check "where none can be, one line says so" status 1 d backup "$work/nowhere/copy.db"
check "and names the place" one_line 'nowhere/copy.db'
mkdir "$work/other"
cp -r "$home/config" "$work/other/"
cp "$work/copy.db" "$work/other/discern.db"
home=$work/other
check "another home opens the copy" status 0 d search karpicke
check "and finds what was kept" grep -q 'g-1' "$work/out"
check "and goes on with it" status 0 d run
check "with nothing twice" is "$(posts "$home")" "$before"

check "how many days must be said" status 2 d prune
check "in a number" status 2 d prune soon
check "nothing is gone by that" is "$(posts "$home")" "$before"
check "what is younger stays" status 0 d prune 30
check "all of it" is "$(posts "$home")" "$before"
export DISCERN_NOW=$((DISCERN_NOW + 400 * 86400))
check "what is older goes" status 0 d prune 365
check "all of it, too" is "$(posts "$home")" 0
check "the store is sound" is "$(sqlite3 "$home/discern.db" 'pragma integrity_check')" ok
check "and the copy has everything still" is "$(sqlite3 "$work/copy.db" 'select count(*) from item')" "$before"
finish
