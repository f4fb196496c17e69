#include "domain/reply_address.h"

#include <array>

#include "domain/incoming_mail.h"

namespace livery::service_desk {

namespace {

constexpr std::string_view kBase32 = "abcdefghijklmnopqrstuvwxyz234567";  // RFC 4648
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t kTicketLetters = 26;
constexpr std::size_t kSignatureLetters = 16;

// Digits of `from` bits each, as digits of `to` bits; what is left of the last is padded, or, on
// the way back, dropped.
template <class Digits>
std::string Regrouped(const Digits& digits, unsigned from, unsigned to, bool pad) {
    std::string out;
    unsigned held = 0;
    unsigned bits = 0;
    for (const auto digit : digits) {
        held = (held << from) | static_cast<unsigned char>(digit);
        bits += from;
        for (; bits >= to; bits -= to)
            out += static_cast<char>((held >> (bits - to)) & ((1U << to) - 1U));
        held &= (1U << bits) - 1U;
    }
    if (pad && bits > 0) out += static_cast<char>((held << (to - bits)) & ((1U << to) - 1U));
    return out;
}

std::string Lettered(std::string digits) {
    for (char& digit : digits) digit = kBase32[static_cast<unsigned char>(digit)];
    return digits;
}

std::optional<std::string> DigitsOf(std::string_view letters, std::string_view alphabet) {
    std::string digits;
    for (const char letter : letters) {
        const auto digit = alphabet.find(letter);
        if (digit == std::string_view::npos) return std::nullopt;
        digits += static_cast<char>(digit);
    }
    return digits;
}

std::string Written(TicketId ticket) {
    return Lettered(Regrouped(ticket.uuid().bytes, 8, 5, true));
}

std::optional<TicketId> TicketIn(std::string_view letters) {
    const auto digits = DigitsOf(letters, kBase32);
    if (!digits || letters.size() != kTicketLetters) return std::nullopt;
    const TicketId ticket(Uuid::FromBinary(Regrouped(*digits, 5, 8, false)));
    // One way to write each.
    if (Written(ticket) != letters) return std::nullopt;
    return ticket;
}

std::string SignatureOf(TicketId ticket, const AddressHolder& holder, const SignText& sign) {
    const std::string whose = holder.agent ? holder.agent->ToString() : "customer";
    const auto digits = DigitsOf(sign("reply address " + ticket.ToString() + " " + whose), kBase64);
    return Lettered(Regrouped(digits.value(), 6, 5, false)).substr(0, kSignatureLetters);
}

}  // namespace

std::string ReplyAddressOf(std::string_view address, TicketId ticket, const AddressHolder& holder,
                           const SignText& sign) {
    const auto at = address.rfind('@');
    return std::string(address.substr(0, at)) + '+' + Written(ticket) + '.' +
           SignatureOf(ticket, holder, sign) + std::string(address.substr(at));
}

std::optional<ReplyAddress> ReplyAddressIn(std::string_view recipient, std::string_view address) {
    constexpr std::size_t kTail = 1 + kTicketLetters + 1 + kSignatureLetters;
    const std::string folded = FoldedAddress(recipient);
    const std::string ours = FoldedAddress(address);
    const auto at = ours.rfind('@');
    if (folded.size() != ours.size() + kTail || folded.substr(0, at) != ours.substr(0, at) ||
        folded.substr(at + kTail) != ours.substr(at) || folded[at] != '+' ||
        folded[at + 1 + kTicketLetters] != '.')
        return std::nullopt;
    const auto ticket = TicketIn(std::string_view(folded).substr(at + 1, kTicketLetters));
    if (!ticket) return std::nullopt;
    return ReplyAddress{*ticket, folded.substr(at + 2 + kTicketLetters, kSignatureLetters)};
}

bool IsGivenTo(const ReplyAddress& address, const AddressHolder& holder, const SignText& sign) {
    const std::string right = SignatureOf(address.ticket, holder, sign);
    if (right.size() != address.signature.size()) return false;
    unsigned differs = 0;
    for (std::size_t i = 0; i < right.size(); ++i)
        differs |=
            static_cast<unsigned char>(right[i]) ^ static_cast<unsigned char>(address.signature[i]);
    return differs == 0;
}

}  // namespace livery::service_desk
