#include "pdf/render/srgb_profile.h"

#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace livery::pdf {

namespace {

constexpr std::size_t kHeadBytes = 128;
constexpr std::size_t kEntryBytes = 12;

// Big-endian, as all of ICC.1:2001-04.
std::string Number(std::uint32_t number, int bytes = 4) {
    std::string text;
    for (int i = bytes - 1; i >= 0; --i)
        text += static_cast<char>(number >> (8U * static_cast<unsigned int>(i)));
    return text;
}

// In 1/65536, as the profile holds them.
struct Xyz {
    std::uint32_t x, y, z;
};
constexpr Xyz kD50{0xF6D6, 0x10000, 0xD32D};
// The primaries of sRGB, adapted to D50 (Bradford).
constexpr Xyz kRed{0x6FA2, 0x38F5, 0x0390};
constexpr Xyz kGreen{0x6299, 0xB785, 0x18DA};
constexpr Xyz kBlue{0x24A0, 0x0F84, 0xB6CF};

std::string Numbers(const Xyz& xyz) { return Number(xyz.x) + Number(xyz.y) + Number(xyz.z); }
std::string Type(std::string_view name) { return std::string(name) + Number(0); }

std::string Description(std::string_view text) {
    return Type("desc") + Number(static_cast<std::uint32_t>(text.size() + 1)) + std::string(text) +
           std::string(1 + 4 + 4 + 2 + 1 + 67, '\0');
}

std::string Curve() {
    constexpr std::uint32_t kPoints = 1024;
    std::string curve = Type("curv") + Number(kPoints);
    for (std::uint32_t i = 0; i < kPoints; ++i) {
        const double value = i / (kPoints - 1.0);
        const double linear =
            value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
        curve += Number(static_cast<std::uint32_t>(std::lround(linear * 65535)), 2);
    }
    return curve;
}

std::string Head(std::uint32_t size) {
    std::string head = Number(size) + Number(0) + Number(0x02100000) + "mntrRGB XYZ ";
    for (const std::uint32_t part : {2026U, 1U, 1U, 0U, 0U, 0U}) head += Number(part, 2);
    head += "acsp";
    head.resize(68, '\0');
    head += Numbers(kD50);
    head.resize(kHeadBytes, '\0');
    return head;
}

}  // namespace

std::string SrgbProfile() {
    const std::vector<std::pair<std::string, std::string>> parts{
        {"desc", Description("sRGB IEC61966-2.1")},
        {"cprt", Type("text") + std::string("No copyright, use freely\0", 25)},
        {"wtpt", Type("XYZ ") + Numbers(kD50)},
        {"rXYZ", Type("XYZ ") + Numbers(kRed)},
        {"gXYZ", Type("XYZ ") + Numbers(kGreen)},
        {"bXYZ", Type("XYZ ") + Numbers(kBlue)},
        {"TRC", Curve()}};
    std::string table;
    std::string body;
    constexpr std::uint32_t kEntries = 9;  // the three curves are one part
    for (const auto& [name, part] : parts) {
        const auto offset =
            static_cast<std::uint32_t>(kHeadBytes + 4 + kEntries * kEntryBytes + body.size());
        const std::string place = Number(offset) + Number(static_cast<std::uint32_t>(part.size()));
        if (name == "TRC") {
            for (const char* curve : {"rTRC", "gTRC", "bTRC"}) table += curve + place;
        } else {
            table += name + place;
        }
        body += part;
        body.resize((body.size() + 3) / 4 * 4, '\0');
    }
    const std::string rest = Number(kEntries) + table + body;
    return Head(static_cast<std::uint32_t>(kHeadBytes + rest.size())) + rest;
}

}  // namespace livery::pdf
