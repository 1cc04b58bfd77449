# Goal of this test: a run over the shared real feeds, as local files, ends with a digest of real posts.
. "$(dirname "$0")/lib.sh"
feeds=$DISCERN_SHARED/data/feeds
if [ ! -d "$feeds" ]; then
    skip "no shared feeds here"
    finish
fi
home=$work/home
make_home "$home"
number=0
for file in "$feeds"/*; do
    case "$file" in *.jsonl | *.md) continue ;; esac
    number=$((number + 1))
    printf 'source f-%s\n  kind feed\n  file %s\n' "$number" "$file"
done >"$home/config/sources.conf"
check "the run ends well although some files are no feeds" status 0 "$DISCERN_BIN" --home "$home" run
check "hundreds of posts are kept" sh -c "[ \$(sqlite3 '$home/discern.db' 'select count(*) from item') -gt 500 ]"
check "there is a digest" test -s "$home/site/all-staff/2026-11-25/index.html"
"$DISCERN_BIN" parse "$feeds"/* >"$work/parsed" 2>/dev/null
check "every file has its line" sh -c "[ \$(wc -l <'$work/parsed') -eq \$(ls '$feeds' | wc -l) ]"
check "what is no feed has one clear line" sh -c "! grep '\"ok\":false' '$work/parsed' | grep -vq '\"error\":\"[^\"]\{10,200\}\"'"
finish
