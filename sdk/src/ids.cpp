#include <algorithm>

#include <livery/check.h>
#include <livery/ids.h>

namespace livery {

namespace {

constexpr std::string_view kAlphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::uint64_t kFiveDigits = 58ULL * 58 * 58 * 58 * 58;
constexpr std::size_t kTextSize = 22;  // ceil(128 / log2(58))

}  // namespace

Uuid Uuid::FromBinary(std::string_view sixteen_bytes) {
    LIVERY_CHECK(sixteen_bytes.size() == 16, "a UUID has 16 bytes");
    Uuid uuid;
    std::copy(sixteen_bytes.begin(), sixteen_bytes.end(), uuid.bytes.begin());
    return uuid;
}

// Long division by 58^5, the largest power that a limb of 32 bits holds, gives five digits at once:
// a page writes an id per row.
std::string ToBase58(const Uuid& uuid) {
    std::array<std::uint64_t, 4> limbs{};
    for (std::size_t i = 0; i < uuid.bytes.size(); ++i)
        limbs[i / 4] = limbs[i / 4] << 8U | uuid.bytes[i];
    std::string text(kTextSize, kAlphabet[0]);
    for (std::size_t end = kTextSize; end > 0;) {
        std::uint64_t remainder = 0;
        for (std::uint64_t& limb : limbs) {
            const std::uint64_t value = remainder << 32U | limb;
            limb = value / kFiveDigits;
            remainder = value % kFiveDigits;
        }
        for (int digit = 0; digit < 5 && end > 0; ++digit, remainder /= 58)
            text[--end] = kAlphabet[remainder % 58];
    }
    return text;
}

std::optional<Uuid> UuidFromBase58(std::string_view text) {
    if (text.size() != kTextSize) return std::nullopt;
    Uuid uuid;
    for (const char c : text) {
        const std::size_t digit = kAlphabet.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        unsigned carry = static_cast<unsigned>(digit);
        for (std::size_t i = uuid.bytes.size(); i-- > 0;) {
            const unsigned value = uuid.bytes[i] * 58U + carry;
            uuid.bytes[i] = static_cast<std::uint8_t>(value & 0xFFU);
            carry = value >> 8U;
        }
        if (carry != 0) return std::nullopt;  // past 128 bits
    }
    return uuid;
}

Uuid MakeUuidV7(std::uint64_t unix_milliseconds, const std::array<std::uint8_t, 10>& random) {
    Uuid uuid;
    for (unsigned i = 0; i < 6; ++i) {
        uuid.bytes[i] = static_cast<std::uint8_t>(unix_milliseconds >> (8U * (5U - i)));
    }
    std::copy(random.begin(), random.end(), uuid.bytes.begin() + 6);
    uuid.bytes[6] = static_cast<std::uint8_t>(0x70U | (uuid.bytes[6] & 0x0FU));
    uuid.bytes[8] = static_cast<std::uint8_t>(0x80U | (uuid.bytes[8] & 0x3FU));
    return uuid;
}

}  // namespace livery
