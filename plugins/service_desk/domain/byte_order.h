#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace livery::service_desk {

// A number of `Size` bytes at a place of a file's content; the caller has looked that it is there.
template <std::size_t Size>
std::uint64_t BigEndianAt(std::string_view content, std::size_t at) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < Size; ++i)
        number = number << 8U | static_cast<unsigned char>(content[at + i]);
    return number;
}

template <std::size_t Size>
std::uint64_t LittleEndianAt(std::string_view content, std::size_t at) {
    std::uint64_t number = 0;
    for (std::size_t i = Size; i > 0; --i)
        number = number << 8U | static_cast<unsigned char>(content[at + i - 1]);
    return number;
}

}  // namespace livery::service_desk
