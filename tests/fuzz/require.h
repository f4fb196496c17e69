#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace livery::fuzz {

// What must hold for every input. Aborts, so that the fuzzer keeps the input that broke it.
inline void Require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken property: %s\n", what);
    std::abort();
}

inline std::string_view TextOf(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

}  // namespace livery::fuzz

// The entry of a target, as libFuzzer calls it; replay.cpp calls the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
