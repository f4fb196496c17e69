#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/billing/catalog.h>
#include <livery/ids.h>
#include <livery/money/decimal.h>
#include <livery/money/money.h>
#include <livery/time/frequency.h>

namespace livery::billing {

// What a subscription is to be charged for over time: made by `subscriptions` from what was agreed
// and the catalog, read by `invoices`. It says nothing of what was charged already.

// What is charged: equal keys are the same thing at the same price, so that what was billed under a
// key covers what is due under it, and what is no longer due under it is given back.
struct ChargeKey {
    enum class Kind { kRecurring, kOneTime, kUsage };
    Kind kind = Kind::kRecurring;
    std::string plan;
    int phase = 0;      // its place in the plan
    Date version{};     // effective_from of the plan's version
    std::string meter;  // of a usage price
    Decimal unit_price;
    Decimal quantity;  // of a recurring or one-time price
    bool operator==(const ChargeKey&) const = default;
};

// A measured use, counted once into the piece of time that holds it.
struct Usage {
    CivilTime at;
    Decimal units;
};

// One thing to be charged over one stretch of time without change.
struct ChargeStretch {
    ChargeKey key;
    CivilTime from;
    std::optional<CivilTime> to;  // none = until further notice
    // The exact moment at which `from` came about; a charge is never made before it (case PR-20).
    CivilTime begins_at;
    BillingGrid grid;
    BillingMode mode = BillingMode::kInAdvance;
    std::vector<Usage> usage;  // kUsage: what fell into the stretch, by time
};

// What is sold over a stretch, as lines say it: a change of plan may be one of product.
struct SoldAs {
    std::string product;  // names
    std::string plan;
    std::string tax_class;  // of the product
};

struct Timeline {
    SubscriptionId subscription;
    AccountId account;
    Currency currency;
    std::string site;          // where it is delivered; "" = the account's address
    std::vector<SoldAs> sold;  // beside `stretches`
    std::vector<ChargeStretch> stretches;
};

}  // namespace livery::billing
