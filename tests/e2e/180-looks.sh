# Goal of this test: what a school changes without building: the order and the choice of parts, the length, the words, the
# style sheet, the logo; and what of it cannot stand is told and left out.
. "$(dirname "$0")/lib.sh"
home=$work/home
make_feeds() { # as in lib.sh, but for a post with an account of what came of it
    mkdir -p "$work/feeds"
    make_feed "$work/feeds/one.xml" "Ms Okafor" "$(feed_item 1 "Whole-class feedback in ten minutes" "Write one sheet of feedback for the class, and ask pupils to improve one paragraph. I tried it with my Year 10 class and their second drafts improved.")"
    make_feed "$work/feeds/two.xml" "The staffroom" "$(feed_item 3 "Find your learning styles with this quiz" "Every teacher should teach to learning styles: visual learners need pictures. Guaranteed results!")"
    make_feed "$work/feeds/three.xml" "Science" "$(feed_item 5 "Worked examples in chemistry" "Show a worked example, then give pupils the same problem with the last step missing. A meta-analysis of worked examples found clear gains for novices (https://doi.org/10.1007/s10648-010-9145-4).")"
}
make_home "$home"
d() { "$DISCERN_BIN" --home "$home" "$@"; }
reader() { # LINES…
    printf 'school Northfield Academy\ncontact cpd@northfield.example\nreader all-staff\n  title All staff\n' >"$home/config/discern.conf"
    printf '  %s\n' "$@" >>"$home/config/discern.conf"
    printf 'choose\n  bar 5\n  per-author 3\n  per-host 6\nnetwork\n  follow-links no\n' >>"$home/config/discern.conf"
}
page=$home/site/all-staff/2026-11-25/index.html
sections() {
    python3 -c "
import json
print(*(s['kind'] for s in json.load(open('$home/site/all-staff/2026-11-25/digest.json'))['sections']))" >"$work/sections"
    cat "$work/sections"
    [ "$(cat "$work/sections")" = "$*" ]
}

reader "length 6"
check "a digest with three parts is made" status 0 d run --date 2026-11-25
check "in the usual order" sections ideas classroom check-first
reader "sections check-first, classroom, ideas"
check "another order" status 0 d digest
check "is kept to" sections check-first classroom ideas
check "and is the page's" sh -c "grep -o '<h2>[^<]*' '$page' | head -n 1 | grep -q 'Check first'"
reader "sections ideas"
check "fewer parts" status 0 d digest
check "are all that is shown" sections ideas
check "and the choice says so" sh -c "DISCERN_NOW=$DISCERN_NOW '$DISCERN_BIN' --home '$home' digest --explain | grep -q 'has no part for'"
reader "sections ideas, sport"
check "an unknown part is told" status 2 d digest
check "with what there is" said "focus, ideas, classroom, check-first"
reader "length 1"
check "a shorter list" status 0 d digest
check "has one entry" sh -c "[ \$(grep -c '<article' '$page') -eq 1 ]"
reader "length 6"

cat >"$home/config/words.conf" <<'W'
section-ideas  Worth a try
W
printf 'body { color: #123456; background: #ffffff }\n' >"$home/config/style.css"
printf '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script><circle cx="4" cy="4" r="4"/></svg>' \
    >"$home/config/logo.svg"
check "words, style and logo of the school's own" status 0 d digest
check "its words" grep -q 'Worth a try' "$page"
check "its style" grep -q '#123456' "$page"
check "its logo, as a picture that cannot run" grep -q '<img class="logo" alt="" src="data:image/svg+xml;base64,' "$page"
check "allowed by the page's own policy" grep -q 'img-src data:' "$page"
check "on the archive's pages too" grep -q 'class="logo"' "$home/site/all-staff/index.html"
check "and not in mails" sh -c "! grep -q '<img' '$home/site/all-staff/2026-11-25/digest.eml'"
head -c 9000 /dev/zero | tr '\0' 'x' >>"$home/config/logo.svg"
check "one that is too large is left out" status 0 d digest
check "and told" said 'logo.svg: .* are too many'
check "so that the page has none" sh -c "! grep -q 'class=\"logo\"' '$page'"
echo 'GIF89a' >"$home/config/logo.svg"
check "what is no picture is left out" status 0 d digest
check "and told as well" said 'no SVG'
printf '</style><script>alert(1)</script>' >"$home/config/style.css"
check "a style that would end its element is left out" status 0 d digest
check "and told, too" said 'style.css'
check "no script is in the page" sh -c "! grep -qi '<script' '$page'"
finish
