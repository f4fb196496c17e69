#include "domain/payment.h"

#include <livery/money/rounding.h>

#include "domain/verdict.h"

namespace livery::payments {

std::string_view ToString(Origin origin) {
    switch (origin) {
        case Origin::kCustomer:
            return "customer";
        case Origin::kAutomatic:
            return "automatic";
        case Origin::kStaff:
            return "staff";
    }
    return "";
}

std::optional<Origin> OriginFrom(std::string_view word) {
    for (const Origin origin : {Origin::kCustomer, Origin::kAutomatic, Origin::kStaff}) {
        if (ToString(origin) == word) return origin;
    }
    return std::nullopt;
}

std::string LinkTo(const std::string& url, const std::map<std::string, std::string>& fields,
                   const std::string& page) {
    return fields.empty() ? url : page;
}

std::optional<Money> InAskedCurrency(const Payment& payment, const Money& said) {
    if (said.currency() == payment.amount.currency()) return said;
    if (said.minor_units() == 0) return Money(0, payment.amount.currency());
    if (!payment.processed || said.currency() != payment.processed->currency()) return std::nullopt;
    const Money settled = SettledBy(payment.amount, *payment.processed);
    return Part(settled, said.minor_units(), payment.processed->minor_units());
}

Money Payment::Refundable() const {
    if (!HasMoney(state) || !processed) return {0, amount.currency()};
    return SettledBy(amount, *processed) - given_back;
}

}  // namespace livery::payments
