#include "domain/attempt_key.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include <livery/check.h>

namespace livery::payments {

std::string AttemptKey::Reference() const {
    LIVERY_CHECK(attempt >= 1 && attempt <= 99'999, "an attempt without a number");
    return fmt::format("{}-{}-{}", static_cast<char>(kind), ToBase58(subject), attempt);
}

std::string AttemptKey::Idempotency(const TenantId& tenant) const {
    return tenant.value() + "-" + Reference();
}

std::optional<Uuid> InvoiceNamedBy(std::string_view reference) {
    const auto last = reference.rfind('-');
    if (reference.substr(0, 2) != "p-" || last < 2) return std::nullopt;
    const std::string_view number = reference.substr(last + 1);
    const bool is_number =
        !number.empty() && std::all_of(number.begin(), number.end(),
                                       [](unsigned char c) { return std::isdigit(c) != 0; });
    return is_number ? UuidFromBase58(reference.substr(2, last - 2)) : std::nullopt;
}

bool IsReference(std::string_view text) {
    constexpr std::size_t kLongest = 40;  // older ones may be longer than today's
    const auto is_letter = [](unsigned char c) { return std::isalpha(c) != 0; };
    // Digits alone are none of ours, and may be a card's.
    return text.size() <= kLongest && std::any_of(text.begin(), text.end(), is_letter) &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) {
               return std::isalnum(c) != 0 || c == '-' || c == '_';
           });
}

}  // namespace livery::payments
