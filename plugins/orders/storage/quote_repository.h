#pragma once

#include <optional>
#include <string>

#include <livery/db/database.h>

namespace livery::orders {

// What was shown to somebody before he confirmed, and what came of it.
struct StoredQuote {
    QuoteId id;
    Instant shown_at{};
    std::string wish;     // what it was asked for
    std::string wording;  // what it would charge
    // Once it was confirmed.
    std::optional<Instant> kept_at;
    std::optional<OrderId> order;
    std::optional<SubscriptionId> subscription;
};

class QuoteRepository {
 public:
    // Older ones of the account that nobody confirmed go.
    static void Add(db::Transaction& tx, AccountId account, const StoredQuote& quote);
    // Locked until the transaction ends: it is confirmed once.
    static std::optional<StoredQuote> Find(db::Transaction& tx, AccountId account, QuoteId id);
    static void Keep(db::Transaction& tx, AccountId account, const StoredQuote& quote);
};

}  // namespace livery::orders
