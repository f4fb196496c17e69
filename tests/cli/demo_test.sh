#!/usr/bin/env bash
# scripts/demo as a new user meets it: started, started twice, stopped, started again on its data.
set -uo pipefail
export LIVERY=$1 ASAN_OPTIONS=detect_leaks=0
cd "$2"
work=$(mktemp -d)
chmod 755 "$work"
data=$work/data
port=$(node tests/ports/free_port.mjs)
other=$(node tests/ports/free_port.mjs)
trap 'scripts/demo --stop --data "$data" 2>/dev/null; kill $(jobs -p) 2>/dev/null; rm -rf "$work"' EXIT
passed=0 failed=0
check() {  # what, expected exit code, expected words, command…
    local what=$1 code=$2 words=$3; shift 3
    out=$("$@" 2>&1); local got=$?
    if [ $got -eq "$code" ] && grep -qF -- "$words" <<<"$out"; then passed=$((passed + 1)); else
        failed=$((failed + 1)); printf 'FAILED %s: exit %s (expected %s), said:\n%s\n' "$what" "$got" "$code" "$out"; fi
}
demo() { scripts/demo --data "$data" "$@"; }
ours() { pgrep -f -- "$data" | grep -vx $$ | wc -l; }

check "first start" 0 '{"tenant":"harbor","url":"http://harbor.localhost:'"$port"'/","login":"greta@seeblick.example"' demo --port "$port" --detach --json
check "three tenants" 0 "3" grep -c '^{"tenant"' <<<"$out"
check "ready" 0 "200" curl -s -o /dev/null -w '%{http_code}' -H "Host: harbor.localhost:$port" "http://127.0.0.1:$port/sign-in"
check "second start beside it" 0 "greta@seeblick.example" demo --port "$port" --detach
check "second start on another port" 1 "runs in $data already, on port $port" demo --port "$other" --detach
check "still there" 0 "200" curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/readyz"
check "stop, the folder spelt otherwise" 0 "Stopped." scripts/demo --stop --data "$work/./other/../data"
check "nothing is left" 1 "0" ours
check "stop again" 0 "Nothing is running" demo --stop

sleep 300 & stranger=$!
echo "$stranger $port" > "$data/livery.pid"
check "a number that is another program's" 0 "Nothing is running" demo --stop
check "which lives on" 0 "" kill -0 "$stranger"

check "start on the same data" 0 "greta@seeblick.example" demo --port "$port" --detach
check "made nothing anew" 1 "0" grep -c "Making demo data" "$data/livery.log"
demo --stop 2>/dev/null

mkdir "$work/www" && echo ok > "$work/www/readyz"
python3 -m http.server "$other" --bind 127.0.0.1 --directory "$work/www" >/dev/null 2>&1 &
until curl -sf "http://127.0.0.1:$other/readyz" >/dev/null; do sleep 0.1; done
check "a port that is taken" 1 "did not start" demo --port "$other" --detach
check "unknown option" 64 "Unknown option" scripts/demo --wrong
echo "$passed checks passed, $failed failed"
[ $failed -eq 0 ]
