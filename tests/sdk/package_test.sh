#!/usr/bin/env bash
# The SDK as its users have it: installed somewhere, found by find_package, with nothing but a C++17 compiler and
# CMake. What each compiler and standard makes of the template must load in the same host and take a payment there; the
# template, what the tutorial makes of it, and the example of a redirect must be certified by the kit of the package.
set -euo pipefail
livery=$1 build=$2 source=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ASAN_OPTIONS=detect_leaks=0
cmake --install "$build" --component sdk --prefix "$work/sdk" >"$work/install.log"
cd "$work"
"$livery" gateway new acme-pay
if "$livery" gateway new acme-pay 2>/dev/null; then echo "FAILED: made over what was there"; exit 1; fi
if "$livery" gateway new Acme 2>/dev/null; then echo "FAILED: made by a name that is none"; exit 1; fi
# Who has the package alone gets the same project, and the pages that say how to go on.
mkdir alone
(cd alone && cmake -D NAME=acme-pay -P ../sdk/share/livery/new_gateway.cmake)
diff -r acme-pay alone/acme-pay
for name in Acme acme-pay ""; do
    if (cd alone && cmake -D "NAME=$name" -P ../sdk/share/livery/new_gateway.cmake) 2>/dev/null; then
        echo "FAILED: the package made a project by the name \`$name\`"; exit 1
    fi
done
for page in tutorial contract errors double how-money-can-be-lost; do [ -s "sdk/share/doc/livery/$page.md" ]; done
# No package of the machine may help out: json.hpp must be the one that was installed.
grep -q "include/nlohmann" "$work/install.log"

# The binary contract is C11, and every place in it stays where it is.
for compiler in gcc clang-14; do
    command -v "$compiler" >/dev/null || { echo "FAILED: no $compiler for the binary contract; scripts/packages/test has it"; exit 1; }
    "$compiler" -std=c11 -pedantic -Wall -Wextra -Werror -I sdk/include -c "$source/tests/sdk/abi_layout.c" -o abi.o
    echo "The binary contract is C11 to $compiler."
done

# Nothing of the machine but the C and C++ libraries (and the sanitizers' of a build that has them) is used by the kit.
of_the_compiler='^(linux-vdso|lib(c|m|dl|rt|pthread|resolv|stdc\+\+|gcc_s|asan|ubsan|tsan)|ld-linux-x86-64)\.so'
for program in livery-certify livery-plugin-host livery-sandbox-provider; do
    used=$(env -i ldd "sdk/bin/$program") || { echo "FAILED $program: $used"; exit 1; }
    foreign=$(awk '{print $1, $3}' <<<"$used" | sed 's:^/lib64/::' | grep -vE "$of_the_compiler" |
        while read -r name path; do case $path in "$work"/sdk/*) ;; *) echo "$name ($path)" ;; esac; done)
    [ -z "$foreign" ] || { echo "FAILED: $program uses what is not in the package: $foreign"; exit 1; }
done
for library in sdk/lib/livery/*; do [ -L "$library" ] || echo "$library"; done >bundled
[ -s bundled ] && [ -n "$(ls sdk/share/doc/livery/licences)" ]
echo "The kit brings $(wc -l <bundled) libraries, with $(ls sdk/share/doc/livery/licences | wc -l) licences."

passed=0
try() {  # what, cmake options…
    local what=$1; shift
    local folder=$work/build-$passed
    # The double is a program of its own, whatever the gateway is built with: the first one's serves them all.
    local double=$work/build-0/acme-pay_double
    local targets=(acme-pay); [ -e "$double" ] || targets+=(acme-pay_double)
    cmake -S acme-pay -B "$folder" -DCMAKE_PREFIX_PATH="$work/sdk" "$@" >"$work/log" 2>&1 &&
        cmake --build "$folder" --target "${targets[@]}" --parallel >>"$work/log" 2>&1 || { echo "FAILED $what:"; cat "$work/log"; exit 1; }
    local said; said=$("$livery" gateway inspect "$folder/acme-pay.so") || { echo "FAILED $what: $said"; exit 1; }
    grep -q "acme-pay 1.0.0 (AcmePay), contract 1.0" <<<"$said"
    grep -q "not certified: it has no certificate" <<<"$said"
    local exported; exported=$(nm -D --defined-only "$folder/acme-pay.so" | awk '{print $3}')
    [ "$exported" = livery_gateway_entry_v1 ] || { echo "FAILED $what: exports $exported"; exit 1; }
    # It answers, too: a payment is taken in a helper process, against the double.
    local paid; paid=$(sdk/bin/livery-certify "$folder/acme-pay.so" --double "$double" --only FLOW.sale_ok --json paid.json) ||
        { echo "FAILED $what: $paid"; exit 1; }
    grep -q '"sale_ok"' paid.json && grep -q '"passed"' paid.json || { echo "FAILED $what: $paid"; cat paid.json; exit 1; }
    passed=$((passed + 1))
}
[ "$(g++ -dumpversion)" = 12 ] || { echo "FAILED: g++ is GCC $(g++ -dumpversion), and not 12"; exit 1; }
try "GCC 12, C++17" -DCMAKE_CXX_COMPILER=g++ -DCMAKE_CXX_STANDARD=17
try "GCC 12, C++20, release" -DCMAKE_CXX_COMPILER=g++ -DCMAKE_CXX_STANDARD=20 -DCMAKE_BUILD_TYPE=Release
try "GCC 12, debug mode of the library" -DCMAKE_CXX_COMPILER=g++ -DCMAKE_CXX_FLAGS="-D_GLIBCXX_DEBUG -Wall -Wextra -Werror"
try "GCC 12, sections of their own that nobody needs thrown away" -DCMAKE_CXX_COMPILER=g++ -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_CXX_FLAGS="-ffunction-sections -fdata-sections" -DCMAKE_MODULE_LINKER_FLAGS=-Wl,--gc-sections
try "GCC 12, its own standard library" -DCMAKE_CXX_COMPILER=g++ -DCMAKE_MODULE_LINKER_FLAGS=-static-libstdc++
try "Clang 14, C++17" -DCMAKE_CXX_COMPILER=clang++-14 -DCMAKE_CXX_STANDARD=17
echo "$passed builds load, and take a payment."
# All in one process, too, as with `isolation: none`; its host is C, and has none of their libraries.
gcc -std=gnu11 -Wall -Wextra -Werror -I sdk/include "$source/tests/sdk/load_together.c" -o load_together -ldl
./load_together build-*/acme-pay.so

certified() {  # what is certified, its folder, its name, its command
    local what=$1 folder=$2 name=$3; shift 3
    local begun=$SECONDS
    "$@" >"$work/log" 2>&1 || {
        echo "FAILED $what:"; cat "$work/log" "$folder/build/Testing/Temporary/LastTest.log" 2>/dev/null; exit 1; }
    local said; said=$("$livery" gateway inspect "$folder/build/$name.so")
    grep -q "certified   L[123] by kit" <<<"$said" || { echo "FAILED $what: $said"; exit 1; }
    grep -q "</html>" "$folder/build/$name.html"
    echo "$what is $(grep -o 'L[123]' <<<"$said" | head -1), in $((SECONDS - begun)) seconds"
}
# Seconds of the processor that what has ended here took: they do not depend on who else is busy.
spent() { times >spent; sed -nE '2s/[ms]/ /gp' spent | awk '{print int($1 * 60 + $2 + $3 * 60 + $4)}' >"$1"; }
spent before
certified "the template" acme-pay acme-pay acme-pay/certify "$work/sdk"
spent after
ran() { grep -Eq "acme-pay\.$1 \.+ +Passed" "$work/log" || { echo "FAILED: its $1 was not run"; cat "$work/log"; exit 1; }; }
ran test
ran certify
took=$(($(cat after) - $(cat before)))
echo "the one command of a new project took $took seconds of the processor"
# A kit with sanitizers takes as long as it takes; what partners have takes less than a minute.
if grep -q '^CMAKE_BUILD_TYPE:[A-Z]*=Release' "$build/CMakeCache.txt" && [ "$took" -ge 60 ]; then
    echo "FAILED: a new project takes a minute or longer"; exit 1
fi

# Its own test sees what is wrong with it: a payment that is sent without its key.
refused() {  # a folder, what it must be told, its command
    local folder=$1 words=$2; shift 2
    if "$@" >"$work/log" 2>&1; then echo "FAILED $folder: nobody finds fault with it"; cat "$work/log"; exit 1; fi
    grep -Eq "$words" "$work/log" || { echo "FAILED $folder: it is not told \`$words\`"; cat "$work/log"; exit 1; }
}
cp -r alone/acme-pay wrong
sed -i 's/api_.Post("\/payments", order.idempotency_key,/api_.Post("\/payments", "another-key",/' wrong/acme-pay.cpp
if cmp -s alone/acme-pay/acme-pay.cpp wrong/acme-pay.cpp; then echo "FAILED: nothing was made wrong"; exit 1; fi
{ cmake -S wrong -B wrong/build -DCMAKE_PREFIX_PATH="$work/sdk" && cmake --build wrong/build --target acme-pay_test --parallel; } >"$work/log" 2>&1 ||
    { echo "FAILED wrong:"; cat "$work/log"; exit 1; }
refused wrong "FAILED: the key is sent with it" ctest --test-dir wrong/build --output-on-failure -R "acme-pay\.test"
echo "Its own test is run, and fails when the gateway is wrong."

# A whole gateway with a redirect, in fewer than a hundred lines.
cp -r sdk/share/livery/redirect-demo .
lines=$(wc -l <redirect-demo/redirect-demo.cpp)
[ "$lines" -lt 100 ] || { echo "FAILED: the redirect takes $lines lines"; exit 1; }
build_demo() { cmake -S redirect-demo -B redirect-demo/build -DCMAKE_PREFIX_PATH="$work/sdk" && cmake --build redirect-demo/build --parallel &&
    ctest --test-dir redirect-demo/build --output-on-failure; }
certified "the redirect, of $lines lines," redirect-demo redirect-demo build_demo

# Promised and not done is found, as the tutorial says of its third step.
cp -r alone/acme-pay promised
python3 "$source/tests/sdk/follow_tutorial.py" "$source/sdk/docs/gateway/tutorial.md" promised 1
refused promised "every_declared_capability_works.*refund\.create/1" promised/certify "$work/sdk"
[ ! -e promised/build/acme-pay.certificate.json ] || { echo "FAILED: it has a certificate for what it does not do"; exit 1; }
echo "What is promised and not done is found."
python3 "$source/tests/sdk/follow_tutorial.py" "$source/sdk/docs/gateway/tutorial.md" acme-pay
certified "the tutorial's gateway" acme-pay acme-pay acme-pay/certify "$work/sdk"
# Another byte, and it is no longer what was certified.
printf x >>acme-pay/build/acme-pay.so
"$livery" gateway inspect acme-pay/build/acme-pay.so | grep -q "not certified: it was changed since"
