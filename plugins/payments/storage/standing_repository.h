#pragma once

#include <optional>
#include <vector>

#include <livery/db/database.h>

#include "domain/standing.h"

namespace livery::payments {

class StandingRepository {
 public:
    // Locked until the transaction ends; an account without one stands clear.
    static Standing Lock(db::Transaction& tx, AccountId account);
    // nullopt: it stands clear, and never did otherwise.
    static std::optional<Standing> LockIfThere(db::Transaction& tx, AccountId account);
    static void Save(db::Transaction& tx, const Standing& standing);
    static Standing Of(db::Database& database, const TenantId& tenant, AccountId account);
    // When, by the tenant's time, money was tried to be taken by itself for what that invoice leads
    // (payment.h), up to that attempt.
    static std::vector<Instant> TriedAt(db::Transaction& tx, AccountId account,
                                        const AttemptKey& key);
    // In the order of their ids, after `after`: those that pay by themselves, or are being dunned.
    static std::vector<AccountId> Treated(db::Database& database, const TenantId& tenant,
                                          AccountId after, std::size_t most);
};

}  // namespace livery::payments
