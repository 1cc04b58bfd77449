# Goal of this test: a server that offers HTTP/2 is asked by it, twenty sources of one host over two connections at most;
# one that offers only HTTP/1.1 is asked by that. (A real nginx: the servers of the other tests speak 1.1 alone.)
. "$DISCERN_ROOT/tests/e2e/lib.sh"
bundle=/etc/ssl/certs/ca-certificates.crt
nginx=$(PATH=$PATH:/usr/sbin command -v nginx)
if [ -z "$nginx" ] || ! "$nginx" -V 2>&1 | grep -q http_v2_module; then
    skip "nginx is not installed here"
    finish
fi
if ! unshare -m mount --bind "$bundle" "$bundle" 2>/dev/null; then
    skip "no authority of one's own can be trusted here without changing the system"
    finish
fi
if [ -z "${IN_NAMESPACE:-}" ]; then
    rm -rf "$work"
    IN_NAMESPACE=yes exec unshare -m bash "$0"
fi
mkdir -p "$work/certs" "$work/site"
chmod 755 "$work"
bash "$DISCERN_ROOT/tests/server/certs.sh" "$work/certs" localhost || exit 1
mount --bind "$work/certs/ca.pem" "$bundle"
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
new=$(free_port) old=$(free_port)
cat >"$work/nginx.conf" <<CONF
daemon off; pid $work/nginx.pid; error_log $work/error.log; worker_processes 1;
events { worker_connections 256; }
http {
  log_format facts '\$server_protocol \$connection \$status';
  client_body_temp_path $work/b; proxy_temp_path $work/p; fastcgi_temp_path $work/f; uwsgi_temp_path $work/u;
  scgi_temp_path $work/s; default_type application/rss+xml; root $work/site;
  ssl_certificate $work/certs/good.pem; ssl_certificate_key $work/certs/good.key;
  server { listen 127.0.0.1:$new ssl http2; access_log $work/new.log facts; }
  server { listen 127.0.0.1:$old ssl; access_log $work/old.log facts; }
}
CONF
"$nginx" -c "$work/nginx.conf" -e "$work/start.log" -g "user $(id -un);" 2>"$work/nginx.err" &
server=$!
for _ in $(seq 200); do [ -s "$work/nginx.pid" ] && break; sleep 0.05; done

home=$work/home
make_home "$home"
for n in $(seq 20); do
    make_feed "$work/site/$n.xml" "Blog $n" "$(feed_item 1 "Idea $n" "Ask three questions, number $n.")"
    printf 'source new-%s\n  kind feed\n  url https://localhost:%s/%s.xml\n  allow-loopback yes\n' "$n" "$new" "$n"
    printf 'source old-%s\n  kind feed\n  url https://localhost:%s/%s.xml\n  allow-loopback yes\n' "$n" "$old" "$n"
done >"$home/config/sources.conf"
printf '  spacing 0 s\n' >>"$home/config/discern.conf"
check "forty sources are read" status 0 "$DISCERN_BIN" --home "$home" --verbose pull
check "all of them" said 'pull: 40 sources asked, 0 unchanged, 0 failed; 40 new'
kill "$server"
wait "$server" 2>/dev/null
check "by HTTP/2 where it is offered" sh -c "grep -c '^HTTP/2.0 [0-9]* 200' '$work/new.log' | grep -qx 20"
check "and by HTTP/1.1 where it is not" sh -c "grep -c '^HTTP/1.1 [0-9]* 200' '$work/old.log' | grep -qx 20"
check "over two connections to the host at most" sh -c "[ \"\$(cut -d ' ' -f 2 '$work/new.log' | sort -u | wc -l)\" -le 2 ]"
check "which are kept" sh -c "[ \"\$(cut -d ' ' -f 2 '$work/old.log' | sort -u | wc -l)\" -le 2 ]"
finish
