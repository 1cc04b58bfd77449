# social: the loopback server that plays the networks, for the tests of social sources. Source it after lib.sh.
#   start_server FOLDER            FOLDER/state.json must be there; $base is its address
#   state PYTHON                   changes FOLDER/state.json: `s` is the state
#   social_home HOME               a home with the shipped rules, no sources yet
#   rows SQL                       one value of $home's store
server_pid=
start_server() {
    net=$1
    rm -f "$net/address"
    python3 "$DISCERN_ROOT/tests/e2e/social_server.py" "$net" 2>"$net/errors" &
    server_pid=$!
    trap 'kill "$server_pid" 2>/dev/null; chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
    for _ in $(seq 200); do
        [ -s "$net/address" ] && break
        sleep 0.05
    done
    base=$(cat "$net/address")
    : >"$net/log"
}

state() {
    python3 - "$net/state.json" "$1" <<'PY'
import json, sys
with open(sys.argv[1]) as file:
    s = json.load(file)
exec(sys.argv[2])
with open(sys.argv[1], "w") as file:
    json.dump(s, file)
PY
}

social_home() {
    mkdir -p "$1/config/rules"
    cp "$DISCERN_ROOT"/config/rules/*.rules "$1/config/rules/"
    cp "$DISCERN_ROOT"/config/urls.conf "$DISCERN_ROOT"/config/prompts.conf "$1/config/"
    cat >"$1/config/discern.conf" <<CONF
school Northfield Academy
contact cpd@northfield.example
secrets-file $1/secrets
x-budget ${2:-50}
alarm-after ${3:-3}
reader all-staff
  title All staff
network
  follow-links no
  look-up-works no
  look-up-copies no
CONF
    : >"$1/config/sources.conf"
    (umask 077 && cat >"$1/secrets")
}

rows() { sqlite3 "$home/discern.db" "$1"; }
asked() { grep -c "$1" "$net/log"; }
is() { [ "$1" = "$2" ] || { echo "'$1' is not '$2'"; return 1; }; }
later() { export DISCERN_NOW=$((DISCERN_NOW + $1)); }

# Starts discern with these arguments, waits until the server hangs in the middle of an answer, and kills it there.
kill_at_hang() {
    rm -f "$net/hanging"
    "$DISCERN_BIN" --home "$home" "$@" >/dev/null 2>&1 &
    local victim=$!
    for _ in $(seq 400); do
        [ -f "$net/hanging" ] && break
        sleep 0.05
    done
    kill -9 "$victim"
    wait "$victim" 2>/dev/null
    [ -f "$net/hanging" ]
}
