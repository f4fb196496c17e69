#pragma once

#include <optional>

#include <livery/db/database.h>
#include <livery/ids.h>

namespace livery::payments {

class ReturnRepository {
 public:
    static void Add(db::Transaction& tx, const Uuid& token, AccountId account, const Uuid& subject);
    // What it leads to; nullopt: no such token of this account.
    static std::optional<Uuid> Find(db::Transaction& tx, const Uuid& token, AccountId account);
    // False: it was used before.
    static bool Use(db::Transaction& tx, const Uuid& token, AccountId account, Instant now);
};

}  // namespace livery::payments
