#!/usr/bin/env bash
# The command line as an operator uses it: exit codes, JSON, and errors that say what to do.
set -uo pipefail
livery=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$source/tenants" "$source/themes" "$work/"
cd "$work"
export ASAN_OPTIONS=detect_leaks=0
passed=0 failed=0
check() {  # what, expected exit code, expected words, command…
    local what=$1 code=$2 words=$3; shift 3
    local out; out=$("$@" 2>&1); local got=$?
    if [ $got -eq "$code" ] && grep -qF -- "$words" <<<"$out"; then passed=$((passed + 1)); else
        failed=$((failed + 1)); printf 'FAILED %s: exit %s (expected %s), said:\n%s\n' "$what" "$got" "$code" "$out"; fi
}
check "valid configuration" 0 "Everything is in order." "$livery" validate
check "help has examples" 0 "Examples:" "$livery" validate --help
check "wrong usage" 64 "" "$livery" no-such-command
check "no command" 64 "" "$livery"
check "version" 0 "livery 0.1.0" "$livery" version
check "version as JSON" 0 '"version":"0.1.0"' "$livery" version --json
check "plugins" 0 "subscriptions" "$livery" plugin list
check "plugin as JSON" 0 '"state": "loaded"' "$livery" plugin inspect accounts --json
check "unknown plugin" 1 "There is no plugin" "$livery" plugin inspect nowhere
check "tenants" 0 "Harbor Wi-Fi" "$livery" tenant list
check "tenant" 0 "EUR" "$livery" tenant show harbor
check "unknown tenant" 1 "There is no tenant" "$livery" tenant show nowhere
check "routes" 0 "/subscriptions/:id" "$livery" routes
check "routes as JSON" 0 '"access": "signed-in"' "$livery" routes --json
check "no mail yet" 0 "" "$livery" mail
check "unknown mail" 1 "There is no mail" "$livery" mail nothing
check "doctor" 0 "ok   configuration" "$livery" doctor
check "schemas" 0 "" "$livery" schema "$work/schema"
check "published schemas are those of the code" 0 "" diff -r "$work/schema" "$source/sdk/schema"
# Gateways: what is installed, and what a tenant writes of them.
gateway() { "$livery" "$@" --config gateways.yaml; }
cp -r tenants paying && sed -i '/^gateways:/,+1d' paying/*/tenant.yaml && cp paying/harbor/tenant.yaml unpaid.yaml && mkdir -p secrets/harbor && echo value > secrets/harbor/odd-key && chmod 600 secrets/harbor/odd-key
printf 'gateways_dir: %s/testing\nsecrets_dir: secrets\ntenants_dir: paying\n' "$(dirname "$livery")" > gateways.yaml
paying() { cp unpaid.yaml paying/harbor/tenant.yaml && printf 'gateways:\n  - id: cards\n    gateway: com.example.odd\n    config: {%s}\n' "$1" >> paying/harbor/tenant.yaml; }
line=$(($(wc -l < unpaid.yaml) + 4))
printf 'gateways_dir: nowhere\n' > none.yaml
check "no gateway" 0 "There is no gateway in nowhere." "$livery" gateway list --config none.yaml
check "gateways" 0 "com.example.odd  1.2.3    usable" gateway gateway list
check "what a file says of itself" 0 "webhook     signed in X-Odd-Signature" "$livery" gateway inspect "$(dirname "$livery")/testing/odd_gateway.so"
check "a file that is none" 1 "disabled:" "$livery" gateway inspect tenants/harbor/tenant.yaml
paying "kex: odd-key"
check "a key that its gateway does not know" 1 "paying/harbor/tenant.yaml:$line:14: gateways[0].config.kex: unknown key" gateway validate
paying "key: nothing"
check "a secret that is not there" 1 "gateways[0].config.key: there is no file secrets/harbor/nothing" gateway validate
paying "key: odd-key"
check "a gateway in order" 0 "Everything is in order." gateway validate
# What plugins add: a plugin that lies apart from the real ones, beside them.
build=$(dirname "$livery")
mkdir -p more/plugins
ln -s "$build"/plugins/*/ more/plugins/ && ln -s "$build/broken_plugins/errands" more/plugins/ && ln -s "$build/migrations" "$build/gateways" more/
cp -r tenants more/tenants && printf '\n  errands: {}\n' >> more/tenants/harbor/tenant.yaml
printf 'plugins_dir: more/plugins\ntenants_dir: more/tenants\n' > more.yaml
errand() { "$livery" errand --config more.yaml --data "$work/demo" "$@"; }
check "help lists the commands of plugins" 0 "Fetch something" "$livery" --help --config more.yaml
check "help of one" 0 "Of the plugin errands." errand --help
check "a command without its option" 64 "--what is required" errand --tenant harbor
check "a command without a tenant" 64 "--tenant is required" errand --what bread
check "a command without a database" 1 "There is no database in" errand --tenant harbor --what bread
check "no plugin, no command" 64 "" "$livery" errand --tenant harbor --what bread
# A login, without a running host: the database is started for the command.
timeout 600 "$livery" demo --data "$work/demo" --port 18098 --front none --quiet >"$work/demo.log" 2>&1 &
demo=$!
for _ in $(seq 300); do curl -sf -o /dev/null http://127.0.0.1:18098/readyz && break; sleep 0.1; done
user() { local what=$1; shift; "$livery" user "$what" greta@seeblick.example --tenant harbor --data "$work/demo" "$@"; }
check "a login beside a running host" 0 '"second_factor": false' user show --json
check "unlock" 0 "can be tried again at once" user unlock
check "audit" 0 "user.unlocked" user audit
check "second factor that is not on" 0 "off already" user remove-second-factor
staff() { local what=$1; shift; "$livery" user "$what" --tenant harbor --data "$work/demo" "$@"; }
check "the staff" 0 "femke@harbor-wifi.example" staff list
check "roles and what they allow" 0 "staff.manage" staff roles
check "an invitation's link" 0 "/console/invitation?token=" staff invite onno@harbor-wifi.example --role agent,billing
check "an invitation as JSON" 0 '"link": "http' staff invite onno@harbor-wifi.example --role owner --name "Onno" --json
check "somebody who is here already" 64 "email: Diese Adresse hat hier schon einen Zugang" staff invite femke@harbor-wifi.example --role agent
check "a role that is none" 64 "There are: agent, billing, owner." staff invite ida@harbor-wifi.example --role boss
check "no role" 64 "role" staff invite ida@harbor-wifi.example
check "a login of the staff" 0 '"email": "femke@harbor-wifi.example"' staff show femke@harbor-wifi.example --staff --json
check "a subscriber is no staff" 1 "There is no login \`greta@seeblick.example\` of the staff" staff show greta@seeblick.example --staff
check "help names what plugins add to a command" 0 "livery user invite" "$livery" user invite --help
check "unknown login" 1 "There is no login" "$livery" user show nobody@x.example --tenant harbor --data "$work/demo"
check "credentials" 0 "ok   cards (com.example.odd)" gateway gateway check --tenant harbor --data "$work/demo"
check "credentials of what is not there" 1 "has no gateway \`debit\`" gateway gateway check --tenant harbor --instance debit --data "$work/demo"
check "a command beside a running host" 0 "Harbor Wi-Fi gets bread in time" errand --tenant harbor --what bread
check "a flag" 0 "bread at once" errand --tenant harbor --what bread --fast
check "a command that fails" 1 "gets nothing" errand --tenant harbor --what nothing
check "progress" 0 "On the way" errand --tenant harbor --what bread
check "no progress" 1 "" grep -q "On the way" <(errand --tenant harbor --what bread --quiet 2>&1)
check "a command for nobody" 1 'There is no tenant `nowhere`; see `livery tenant list`.' errand --tenant nowhere --what bread
check "a command for another tenant" 1 'has not enabled `errands`' errand --tenant lumen --what bread
check "verify" 0 "" "$livery" verify --tenant lumen --data "$work/demo"
check "verify names what is wrong" 1 "BAD harbor E1 Nothing is left to fetch: 25 rows" "$livery" verify --config more.yaml --data "$work/demo"
check "and how much more" 1 "and 5 more" "$livery" verify --tenant harbor --config more.yaml --data "$work/demo"
check "verify as JSON" 1 '"broken": 25' "$livery" verify --tenant harbor --json --config more.yaml --data "$work/demo"
check "verify nobody" 1 "There is no tenant" "$livery" verify --tenant nowhere --data "$work/demo"
check "no database there" 1 "There is no database in" "$livery" user show nobody@x.example --tenant harbor --data "$work/nowhere"
check "and none is made" 1 "" test -e "$work/nowhere"
check "user without tenant" 64 "" "$livery" user show nobody@x.example --data "$work/demo"
# A catalog beside what is sold by it.
validate() { "$livery" validate --data "$work/demo" "$@"; }
check "a catalog that agrees with what is sold" 0 "Everything is in order." validate
check "and that says nothing else" 1 "" grep -q "not compared" <(validate 2>&1)
check "without a database it says so" 0 "the catalogs were not compared with what is sold: There is no database in" "$livery" validate --data "$work/nowhere"
sed -i 's/recurring: "24.90"/recurring: "25.90"/' tenants/harbor/catalog.yaml
place=$(grep -n '"25.90"' tenants/harbor/catalog.yaml | head -1 | cut -d: -f1)
check "a price that is sold and edited in place" 1 "catalog.yaml:$place:16: plans.harbor_residence_fibre_500_per_flat.recurring.EUR: was sold as \`24.9\` and is \`25.9\` now" validate
check "as JSON" 1 "\"line\": $place" validate --json
check "no run uses it" 1 "catalog.yaml:$place:16: plans.harbor_residence_fibre_500_per_flat.recurring.EUR: was sold as" "$livery" bill --tenant harbor --data "$work/demo"
check "nor its daily jobs" 1 "leave it, and add to \`versions\` what holds from a day after" "$livery" jobs run --tenant harbor --data "$work/demo"
check "another tenant's jobs run" 0 "billing" "$livery" jobs list --tenant lumen --data "$work/demo"
check "drafts" 0 "[" "$livery" drafts --tenant lumen --json --data "$work/demo"
check "which draft?" 64 "--draft is required" "$livery" finalize-draft --tenant lumen --data "$work/demo"
check "no draft's id" 64 "as \`livery drafts\` prints it" "$livery" finalize-draft --draft inv-7 --tenant lumen --data "$work/demo"
check "a draft of nobody" 1 "There is no such draft; see \`livery drafts\`." "$livery" finalize-draft --draft inv_1111111111111111111111 --tenant lumen --data "$work/demo"
check "a credit of nothing" 64 "an amount above nothing" "$livery" credit-draft --draft inv_1111111111111111111111 --amount 0 --tenant lumen --data "$work/demo"
check "another tenant is billed" 0 "" "$livery" bill --tenant lumen --data "$work/demo"
check "all others are verified" 0 "ok  lumen" grep -F "ok  lumen" <("$livery" verify --data "$work/demo" 2>&1)
check "and it is told who was not" 1 "BAD harbor could not be checked: " "$livery" verify --data "$work/demo"
check "as JSON, too" 1 '"tenant": "harbor"' "$livery" verify --json --data "$work/demo"
# A host with two tenants, of which one is refused.
page() { curl -s -o /dev/null -w '%{http_code}' -H "Host: $1.localhost" "http://127.0.0.1:$2/sign-in"; }
says() { for _ in $(seq 100); do [ "$(grep -c "$1" "$3")" -ge "$2" ] && return; sleep 0.1; done; echo "never said $1"; return 1; }
sed -i 's/^name: .*/name: Lumen Anew/' tenants/lumen/tenant.yaml
kill -HUP "$(pgrep -P $demo)"
says '"reload.done"' 1 "$work/demo.log"
check "a reload says whom it refuses" 0 "harbor/catalog.yaml:$place:16: plans.harbor_residence_fibre_500_per_flat" grep "tenant.refused" "$work/demo.log"
check "who is served by his files of before" 0 "200" page harbor 18098
check "beside the new files of others" 0 "Lumen Anew" curl -s -H "Host: lumen.localhost" http://127.0.0.1:18098/sign-in
kill -HUP "$(pgrep -P $demo)"
says '"reload.done"' 2 "$work/demo.log"
check "also when it is read once more" 0 "200" page harbor 18098
kill $demo; wait $demo 2>/dev/null
"$livery" serve --data "$work/demo" --port 18097 --front none --quiet 2>"$work/refused.log" &
host=$!
for _ in $(seq 300); do curl -sf -o /dev/null http://127.0.0.1:18097/readyz && break; sleep 0.1; done
check "a host starts beside it" 0 "200" page lumen 18097
check "and does not serve it" 0 "503" page harbor 18097
check "nor its programs" 0 '"code":"unavailable"' curl -s -H "Host: harbor.localhost" http://127.0.0.1:18097/api/v1/accounts
check "which the log explains" 0 "harbor/catalog.yaml:$place:16: plans.harbor_residence_fibre_500_per_flat.recurring.EUR: was sold as" grep "tenant.refused" "$work/refused.log"
cp "$source/tenants/harbor/catalog.yaml" tenants/harbor/catalog.yaml
cp "$source/tenants/lumen/tenant.yaml" tenants/lumen/tenant.yaml
kill -HUP $host
says '"reload.done"' 1 "$work/refused.log"
check "mended, it is served" 0 "200" page harbor 18097
kill $host; wait $host 2>/dev/null
check "a command without a running host" 0 "gets bread" errand --tenant harbor --what bread
check "a login without a running host" 0 "greta@seeblick.example" user show
check "plan of a new database" 2 "db/0001_create_data_version" "$livery" migrate --plan --data "$work/d"
check "a plan makes nothing" 1 "" test -e "$work/d/database"
check "plan as JSON" 2 '"component": "accounts"' "$livery" migrate --plan --json --data "$work/d"
check "migrate" 0 "The database is up to date." "$livery" migrate --data "$work/d"
check "plan of a migrated database" 0 "The database is up to date." "$livery" migrate --plan --data "$work/d"
check "empty plan as JSON" 0 '"pending": []' "$livery" migrate --plan --json --data "$work/d"
# What an operator may watch of a running host.
ports=("$(node "$source/tests/ports/free_port.mjs")" "$(node "$source/tests/ports/free_port.mjs")")
printf 'metrics:\n  port: %s\n' "${ports[1]}" > watched.yaml
"$livery" serve --config watched.yaml --front none --port "${ports[0]}" --data "$work/d" 2> serve.log &
host=$!
fetch() { python3 -c 'import sys, urllib.request as u
print(u.urlopen(u.Request(f"http://127.0.0.1:{sys.argv[1]}", headers={"Host": "harbor.localhost"})).read().decode())' "$1" 2>&1; }
for _ in $(seq 300); do kill -0 $host 2>/dev/null && ! fetch "${ports[0]}/readyz" | grep -q ready || break; sleep 0.1; done
check "plan while a host runs" 0 "The database is up to date." "$livery" migrate --plan --data "$work/d"
check "a page" 0 "<html" fetch "${ports[0]}/sign-in"
check "a page that is not there" 1 "404" fetch "${ports[0]}/nothing-here"
check "requests by status" 0 'livery_requests_total{status="4xx"} 1' fetch "${ports[1]}/metrics"
check "connections" 0 'livery_db_connections{state="limit"} 20' fetch "${ports[1]}/metrics"
check "statements by name" 0 'livery_statement_seconds_count{name="core.take_lease"} 1' fetch "${ports[1]}/metrics"
check "the longest of a statement" 0 'livery_statement_seconds_max{name="core.take_lease"}' fetch "${ports[1]}/metrics"
kill -TERM $host; wait $host
check "metrics end with the host" 1 "refused" fetch "${ports[1]}/metrics"
# Every error of every file at once, each with its place.
printf 'name: X\nhosts: [Harbor.localhost]\ntheme: quai\nlocales: [de]\ncolour: red\nname: Y\n' > tenants/harbor/tenant.yaml
sed -i 's/currency: USD/currency: DOLLARS/' tenants/northwind/tenant.yaml
check "unknown key with its place" 1 "tenants/harbor/tenant.yaml:5:1: colour: unknown key" "$livery" validate
check "duplicate key" 1 "harbor/tenant.yaml:6:1: name: duplicate key; it stands in line 1 already" "$livery" validate
check "bad host" 1 "no host name" "$livery" validate
check "unknown theme" 1 "there is no theme \`quai\`" "$livery" validate
check "the second file is read too" 1 "northwind/tenant.yaml:7:11: currency: \`DOLLARS\` is no ISO 4217 code" "$livery" validate
check "problems as JSON" 1 '"line": 5' "$livery" validate --json
check "broken configuration does not start" 1 "unknown key" "$livery" serve --data "$work/data" --port 18099
check "and is told before a database is made" 1 "" test -e "$work/data/database"
printf 'prot: 1\n' > livery.yaml
check "misspelt host setting" 1 "livery.yaml:1:1: prot: unknown key" "$livery" plugin list
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
