#pragma once

#include <map>
#include <optional>

#include <livery/db/database.h>

#include "domain/tiling.h"

namespace livery::invoices {

// What was charged for the time of subscriptions, for whoever checks it. Ranges of accounts: after
// `after`, up to `last`.
class ChargedTimeRepository {
 public:
    struct Charged {
        AccountId account;
        std::vector<ChargedLine> lines;
    };
    static std::map<SubscriptionId, Charged> OfRange(db::Transaction& tx, AccountId after,
                                                     AccountId last);
    // Up to when each was billed.
    static std::map<SubscriptionId, CivilTime> SettledInRange(db::Transaction& tx, AccountId after,
                                                              AccountId last);
    // Up to when a billing run has looked at everybody; no later than the day before it ran.
    static std::optional<CivilTime> BilledTo(db::Transaction& tx);
};

}  // namespace livery::invoices
