#include "domain/derivation.h"

namespace livery::invoices {

namespace {

constexpr int kShownDecimals = 6;

// What is charged for, at a price; corrections and credits are amounts by themselves.
bool IsPriced(const Line& line) {
    switch (line.kind) {
        case LineKind::kRecurring:
        case LineKind::kOneTime:
        case LineKind::kUsage:
        case LineKind::kCharge:
            return true;
        case LineKind::kRepair:
        case LineKind::kAdjustment:
        case LineKind::kCredit:
        case LineKind::kChild:
            break;
    }
    return false;
}

}  // namespace

Derivation DerivationOf(const Line& line) {
    Derivation why{.unit_price = line.unit_price,
                   .quantity = line.quantity,
                   .price_since = std::nullopt,
                   .phase = std::nullopt,
                   .share = line.share,
                   .covers = line.covers,
                   .period = line.period,
                   .product = {},
                   .amount = line.amount,
                   .discount = line.discount,
                   .tax_included = !line.taxes.empty() && line.net != line.Charged(),
                   .net = line.net,
                   .taxes = line.taxes,
                   .total = line.Total(),
                   .corrects = line.corrects};
    if (line.key) {
        why.price_since = line.key->version;
        why.phase = line.key->phase + 1;
    }
    if (IsPriced(line))
        why.product = ExactProduct(line.unit_price, line.quantity, line.share, kShownDecimals);
    return why;
}

}  // namespace livery::invoices
