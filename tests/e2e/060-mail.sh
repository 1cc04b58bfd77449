# Goal of this test: each receiver gets each digest once, whatever happens between; a server that is down wakes nobody.
. "$(dirname "$0")/lib.sh"
home=$work/home
make_home "$home"
discern() { "$DISCERN_BIN" --home "$home" "$@"; }
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir -p "$work/mail"
cat >"$work/sendmail" <<PROG
#!/bin/sh
printf '%s\n' "\$*" >>"$work/sendmail.args"
cat >>"$work/sendmail.mail"
PROG
chmod +x "$work/sendmail"
cat >>"$home/config/discern.conf" <<CONF
delivery to-maildir
  by maildir
  folder $work/mail
  from discern@school.example
  to one@school.example
delivery by-program
  by sendmail
  program $work/sendmail
  from discern@school.example
  to two@school.example
delivery by-server
  by smtp
  server smtp://127.0.0.1:$port
  without-tls yes
  from discern@school.example
  to three@school.example, four@school.example
CONF
sed -i 's/^  title All staff/  title All staff\n  deliver to-maildir, by-program, by-server/' "$home/config/discern.conf"

check "a run whose mail server is down ends well" status 0 discern --quiet run
check "and wakes nobody" test ! -s "$work/err" -a ! -s "$work/out"
count() { [ "$(find "$work/mail/new" -type f | wc -l)" -eq "$1" ]; }
check "the maildir has one mail" count 1
check "the program was asked once" sh -c "[ \$(wc -l <'$work/sendmail.args') -eq 1 ]"
check "for its receiver" grep -q 'two@school.example' "$work/sendmail.args"
check "with the digest" grep -q '^Subject: ' "$work/sendmail.mail"
check "a second run" status 0 discern --quiet run
check "sends nothing twice" count 1
check "by no way" sh -c "[ \$(wc -l <'$work/sendmail.args') -eq 1 ]"
check "an explicit digest sends nothing" status 0 discern --quiet digest --date 2026-11-24
check "at all" count 1

# The system's Python, which the package of the mail server belongs to.
/usr/bin/python3 "$DISCERN_ROOT/tests/server/mail.py" "$port" "$work/box" >"$work/ready" 2>"$work/server.err" &
server=$!
for _ in $(seq 200); do [ -s "$work/ready" ] && break; sleep 0.05; done
if [ -s "$work/ready" ]; then
    check "before the next try is due" status 0 discern --quiet deliver
    check "nothing goes" test ! -e "$work/box/1"
    export DISCERN_NOW=$((DISCERN_NOW + 7200))
    check "when it is due" status 0 discern --quiet deliver
    check "both receivers get theirs" test -e "$work/box/1" -a -e "$work/box/2" -a ! -e "$work/box/3"
    check "each under its own name" sh -c "[ \$(grep -ih '^Message-ID:' '$work'/box/* | sort -u | wc -l) -eq 2 ]"
    check "a later run" status 0 discern --quiet run
    check "repeats nothing" test ! -e "$work/box/3"
    python3 - "$work/box/1" <<'PY' || failed=$((failed + 1))
import email, email.policy, sys
mail = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
assert not mail.defects, mail.defects
kinds = [part.get_content_type() for part in mail.walk()]
assert "text/plain" in kinds and "text/html" in kinds, kinds
assert "quiz" in mail.get_body(("plain",)).get_content()
PY
else
    skip "a mail server: $(tail -1 "$work/server.err")"
fi
kill "$server" 2>/dev/null
wait "$server" 2>/dev/null
finish
