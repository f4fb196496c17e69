#!/usr/bin/env bash
# The SDK as its users have it: installed somewhere, found by find_package, with nothing but a C++17 compiler and
# CMake. What each compiler and standard makes of the template must load in the same host; the template, and what the
# tutorial makes of it, must be certified by the kit of the package.
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
# No package of the machine may help out: json.hpp must be the one that was installed.
grep -q "include/nlohmann" "$work/install.log"
passed=0
try() {  # what, cmake options…
    local what=$1; shift
    local folder=$work/build-$passed
    cmake -S acme-pay -B "$folder" -DCMAKE_PREFIX_PATH="$work/sdk" "$@" >"$work/log" 2>&1 &&
        cmake --build "$folder" --target acme-pay >>"$work/log" 2>&1 || { echo "FAILED $what:"; cat "$work/log"; exit 1; }
    local said; said=$("$livery" gateway inspect "$folder/acme-pay.so") || { echo "FAILED $what: $said"; exit 1; }
    grep -q "acme-pay 1.0.0 (AcmePay), contract 1.0" <<<"$said"
    grep -q "not certified: it has no certificate" <<<"$said"
    local exported; exported=$(nm -D --defined-only "$folder/acme-pay.so" | awk '{print $3}')
    [ "$exported" = livery_gateway_entry_v1 ] || { echo "FAILED $what: exports $exported"; exit 1; }
    passed=$((passed + 1))
}
try "g++, C++17" -DCMAKE_CXX_COMPILER=g++ -DCMAKE_CXX_STANDARD=17
try "g++, C++20, release" -DCMAKE_CXX_COMPILER=g++ -DCMAKE_CXX_STANDARD=20 -DCMAKE_BUILD_TYPE=Release
try "g++, debug mode of the library" -DCMAKE_CXX_COMPILER=g++ -DCMAKE_CXX_FLAGS="-D_GLIBCXX_DEBUG -Wall -Wextra -Werror"
try "g++, its own standard library" -DCMAKE_CXX_COMPILER=g++ -DCMAKE_MODULE_LINKER_FLAGS=-static-libstdc++
clang=$(command -v clang++ || command -v clang++-14 || true)
if [ -n "$clang" ]; then
    try "clang++, C++17" -DCMAKE_CXX_COMPILER="$clang" -DCMAKE_CXX_STANDARD=17
else
    echo "skipped: clang++ is not installed, so what it makes of the template was not loaded"
fi
echo "$passed builds load."

certified() {  # what is certified; the project stands in acme-pay
    local begun=$SECONDS
    acme-pay/certify "$work/sdk" >"$work/log" 2>&1 || {
        echo "FAILED $1:"; cat "$work/log" acme-pay/build/Testing/Temporary/LastTest.log 2>/dev/null; exit 1; }
    local said; said=$("$livery" gateway inspect acme-pay/build/acme-pay.so)
    grep -q "certified   L[123] by kit" <<<"$said" || { echo "FAILED $1: $said"; exit 1; }
    grep -q "</html>" acme-pay/build/acme-pay.html
    echo "$1 is $(grep -o 'L[123]' <<<"$said" | head -1), in $((SECONDS - begun)) seconds"
}
certified "the template"
# Promised and not done is found.
python3 "$source/tests/sdk/follow_tutorial.py" "$source/sdk/docs/gateway/tutorial.md" acme-pay
certified "the tutorial's gateway"
# Another byte, and it is no longer what was certified.
printf x >>acme-pay/build/acme-pay.so
"$livery" gateway inspect acme-pay/build/acme-pay.so | grep -q "not certified: it was changed since"
