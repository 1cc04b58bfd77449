#!/bin/bash
# Goal: mail by SMTP goes once, encrypted unless told otherwise, and every kind of no is told apart: refused, later,
# unsure. Against a real server on loopback that can be told how to behave.
set -u
target=$DISCERN_BUILD/tests/unit.deliver.test_target
mail=$DISCERN_ROOT/tests/golden/digest/expected.eml
work=$(mktemp -d)
passed=0 failed=0
server_pid=
cleanup() { [ -n "$server_pid" ] && kill "$server_pid" 2>/dev/null; rm -rf "$work"; }
trap cleanup EXIT

openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/key.pem" -out "$work/cert.pem" -days 2 -subj /CN=localhost \
  -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' 2>/dev/null || exit 77

# serve MODE: starts the server and waits for its port.
serve() {
  [ -n "$server_pid" ] && kill "$server_pid" 2>/dev/null && wait "$server_pid" 2>/dev/null
  rm -f "$work/port" "$work/mails" "$work/log"
  python3 "$DISCERN_ROOT/tests/e2e/smtp_server.py" "$1" "$work" &
  server_pid=$!
  for _ in $(seq 200); do [ -s "$work/port" ] && break; sleep 0.05; done
  port=$(cat "$work/port")
}

# check NAME EXPECTED-STATUS WORDS ARGUMENTS…: delivers and compares.
check() {
  local name=$1 want=$2 words=$3; shift 3
  local said status
  said=$("$target" smtp "$@" 2>&1); status=$?
  if [ $status -eq "$want" ] && [[ $said == *$words* ]]; then passed=$((passed + 1))
  else failed=$((failed + 1)); echo "FAILED: $name: status $status, wanted $want; said '$said', wanted '$words'"; fi
}
mails() { cat "$work/mails" 2>/dev/null | grep -c '^END$'; }
same() { if [ "$1" = "$2" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $3: '$1', wanted '$2'"; fi; }

from=digest@school.example to=staff@school.example
serve good
check 'plain, told so' 0 '' "smtp://127.0.0.1:$port" $from $to "$mail" without-tls
same "$(mails)" 1 'one mail arrived'
same "$(grep -c '^RCPT' "$work/log")" 1 'one receiver'
check 'plain server, encryption wanted' 69 'no encryption' "smtp://127.0.0.1:$port" $from $to "$mail"
same "$(mails)" 1 'nothing was sent without encryption'

serve starttls
check 'STARTTLS' 0 '' "smtp://localhost:$port" $from $to "$mail" "$work/cert.pem" user secret
same "$(grep -c '^AUTH-IN-TLS' "$work/log")" 1 'the password went after STARTTLS'
same "$(grep -c '^AUTH-IN-CLEAR' "$work/log")" 0 'and never before'
python3 - "$work/mails" "$mail" <<'P'
import sys
got = open(sys.argv[1], 'rb').read().split(b'END\n')[0]
sys.exit(got.rstrip() != open(sys.argv[2], 'rb').read().rstrip())
P
same $? 0 'the mail came through unchanged'
check 'unknown certificate' 69 'certificate' "smtp://localhost:$port" $from $to "$mail"
check 'wrong password' 78 'password' "smtp://localhost:$port" $from $to "$mail" "$work/cert.pem" user wrong

serve refuse-receiver;  check 'receiver refused' 69 'refused' "smtp://127.0.0.1:$port" $from $to "$mail" without-tls
serve later-receiver;   check 'receiver later' 75 'try later' "smtp://127.0.0.1:$port" $from $to "$mail" without-tls
serve refuse-data;      check 'message refused' 69 'refused' "smtp://127.0.0.1:$port" $from $to "$mail" without-tls
serve cut-before-data;  check 'cut before the message' 75 'mail server' "smtp://127.0.0.1:$port" $from $to "$mail" without-tls
serve cut-after-data;   check 'cut after the message' 75 'unsure' "smtp://127.0.0.1:$port" $from $to "$mail" without-tls
serve silent-after-data; check 'silent after the message' 75 'unsure' "smtp://127.0.0.1:$port" $from $to "$mail" without-tls
check 'nobody there' 75 'mail server' "smtp://127.0.0.1:1" $from $to "$mail" without-tls
check 'a receiver that is an option' 78 'no mail address' "smtp://127.0.0.1:$port" $from -oX "$mail" without-tls
check 'a receiver with a line break' 78 'no mail address' "smtp://127.0.0.1:$port" $from \
  $'a@b.example>\r\nRCPT TO:<c@d.example' "$mail" without-tls

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
