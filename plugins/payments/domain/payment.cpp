#include "domain/payment.h"

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

Money Payment::Refundable() const {
    if (!HasMoney(state) || !processed) return {0, amount.currency()};
    return SettledBy(amount, *processed) - given_back;
}

}  // namespace livery::payments
