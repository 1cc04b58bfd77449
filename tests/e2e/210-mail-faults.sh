# Goal of this test: whatever a mail server does, yesterday's pages stand and today's are written, nobody gets a digest
# twice, and the ledger, doctor and the exit status say what happened.
. "$(dirname "$0")/lib.sh"
unset DISCERN_NOW
start=$(date -u -d '2026-11-25 06:20' +%s)
d() { DISCERN_NOW=$now "$DISCERN_BIN" --home "$home" "$@"; }

serve() { # MODE: on the same port as before where there was one
    [ -z "${server:-}" ] || { kill "$server"; wait "$server" 2>/dev/null; }
    rm -f "$work/smtp/port"
    mkdir -p "$work/smtp"
    python3 "$DISCERN_ROOT/tests/e2e/smtp_server.py" "$1" "$work/smtp" ${port:+"$port"} &
    server=$!
    for _ in $(seq 100); do [ -s "$work/smtp/port" ] && break; sleep 0.05; done
    port=$(cat "$work/smtp/port")
}
trap '[ -z "${server:-}" ] || kill "$server" 2>/dev/null; chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT

fresh() { # MODE: a new home, yesterday's digest in it, and a server that behaves so
    home=$work/home-$1
    rm -f "$work/smtp/mails"
    serve "$1"
    make_home "$home"
    cat >>"$home/config/discern.conf" <<CONF
delivery by-server
  by smtp
  server smtp://127.0.0.1:$port
  without-tls yes
  from discern@school.example
  to one@school.example
CONF
    sed -i 's/^  title All staff/  title All staff\n  deliver by-server/' "$home/config/discern.conf"
    now=$((start - 86400))
    d --quiet digest --date 2026-11-24 || return 1
    yesterday=$(sha256sum "$home/site/all-staff/2026-11-24/index.html")
    now=$start
}
mails() { [ "$(grep -c '^END$' "$work/smtp/mails" 2>/dev/null || true)" = "$1" ]; }
ids() { grep -i '^Message-ID:' "$work/smtp/mails" | sort -u | wc -l; }
pages_stand() {
    [ "$(sha256sum "$home/site/all-staff/2026-11-24/index.html")" = "$yesterday" ] &&
        [ -s "$home/site/all-staff/2026-11-25/index.html" ]
}
ledger() { [ "$(sqlite3 "$home/discern.db" 'select state from letter')" = "$1" ]; } # 0 queued 2 sent 3 unsure 4 failed

fresh refuse-receiver
check "refused for good: a person must act" status 1 d --quiet run
check "one line says so" one_line 'did not reach'
check "the pages stand" pages_stand
check "nothing went" mails ""
check "the ledger says: given up" ledger 4
check "doctor says to whom, and why" status 1 d doctor
check "in words" grep -qE '^LOOK +mail .*one@school.example: given up: .*refused' "$work/out"
now=$((start + 7200))
check "a later run does not try again" status 0 d --quiet run
check "and nothing went" mails ""

fresh later-receiver
check "busy: nobody is woken" status 0 d --quiet run
check "no line is said" test ! -s "$work/err"
check "the ledger says: waiting" ledger 0
serve good
now=$((start + 60))
check "at once again is too soon" status 0 d --quiet deliver
check "so nothing went" mails ""
now=$((start + 7200))
check "later it goes" status 0 d --quiet run
check "once" mails 1
check "the ledger says: sent" ledger 2
check "another run" status 0 d --quiet run
check "sends nothing more" mails 1

fresh taken-and-cut
check "the server takes it and goes away: a person must know" status 1 d --quiet run
check "one line says so" one_line 'not known'
check "the pages stand" pages_stand
check "it has it once" mails 1
check "the ledger says: unsure" ledger 3
check "doctor says what to do" sh -c "DISCERN_NOW=$now '$DISCERN_BIN' --home '$home' doctor 2>/dev/null | grep -qE 'LOOK +mail .*deliver --again'"
serve good
now=$((start + 7200))
check "the next run" status 0 d --quiet run
check "does not send it twice" mails 1
check "told to, it does" status 0 d deliver --again
check "once more" mails 2
check "under the same Message-ID" test "$(ids)" -eq 1
check "and then it is sent" ledger 2

fresh cut-before-data
check "cut before it was sent: it waits" status 0 d --quiet run
check "the ledger says so" ledger 0
serve good
now=$((start + 7200))
check "and goes with the next run" status 0 d --quiet run
check "once" mails 1

# --- slow: a server that drips its words is left after the time that is allowed for a mail, and asked once a run.
fresh drip
sed -i 's/^  to one@school.example/  to one@school.example, two@school.example, three@school.example\n  timeout 2 s/' "$home/config/discern.conf"
rm -f "$work/smtp/log"
check "a server that drips: nobody is woken" status 0 d --quiet run
check "no line is said" test ! -s "$work/err"
check "the pages stand" pages_stand
check "all wait" test "$(sqlite3 "$home/discern.db" 'select count(*) from letter where state = 0')" -eq 3
check "for it was asked once, not once a mail" test "$(grep -c CONNECTED "$work/smtp/log")" -eq 1
serve good
now=$((start + 7200))
check "later they go" status 0 d --quiet run
check "each once" mails 3
check "each its own" test "$(ids)" -eq 3

for mode in taken-and-silent taken-and-drip; do
    fresh $mode
    sed -i 's/^  to one@school.example/  to one@school.example, two@school.example, three@school.example\n  timeout 2 s/' "$home/config/discern.conf"
    check "$mode: a person must know" status 1 d --quiet run
    check "one line says so, of one mail" one_line '1 mail did not reach .*not known'
    check "the pages stand" pages_stand
    check "the server has it once" mails 1
    check "the ledger: one unsure, two that wait" test "$(sqlite3 "$home/discern.db" 'select group_concat(state) from (select state from letter order by state)')" = 0,0,3
    serve good
    now=$((start + 7200))
    check "the next run" status 0 d --quiet run
    check "sends the two" mails 3
    check "doctor still asks about the one" sh -c "DISCERN_NOW=$now '$DISCERN_BIN' --home '$home' doctor 2>/dev/null | grep -qE 'LOOK +mail .*deliver --again'"
    check "told to, it goes once more" status 0 d deliver --again
    check "four in all" mails 4
    check "under three Message-IDs" test "$(ids)" -eq 3
done

fresh good
check "all is well" status 0 d --quiet run
check "nothing is said" test ! -s "$work/err" -a ! -s "$work/out"
check "one mail went" mails 1
check "it is the digest, in two forms" python3 - "$work/smtp/mails" "$home/site/all-staff/2026-11-25/digest.json" <<'P'
import email, email.policy, json, re, sys
raw = open(sys.argv[1], 'rb').read().replace(b'END\n', b'')
assert len(raw) < 90_000
message = email.message_from_bytes(raw, policy=email.policy.default)
assert message.get_content_type() == 'multipart/alternative' and not message.defects
plain = message.get_body(('plain',)).get_content()
html = message.get_body(('html',)).get_content()
heads = [e['headline'] for s in json.load(open(sys.argv[2]))['sections'] for e in s['entries']]
assert len(heads) >= 2
fold = lambda text: re.sub(r'\s+', ' ', text)
in_plain = [fold(plain).index(head) for head in heads]
import html as entities
in_html = [fold(entities.unescape(html)).index(head) for head in heads]
assert in_plain == sorted(in_plain) and in_html == sorted(in_html)
assert not re.search(r'(src|background)=|url\(|<script', html)
for header in ('From', 'To', 'Subject', 'Date', 'Message-ID', 'List-Id', 'Auto-Submitted'):
    assert message[header], header
P
finish
