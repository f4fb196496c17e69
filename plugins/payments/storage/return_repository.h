#pragma once

#include <optional>

#include <livery/db/database.h>
#include <livery/ids.h>

namespace livery::payments {

class ReturnRepository {
 public:
    static void Add(db::Transaction& tx, const Uuid& token, AccountId account, const Uuid& subject);
    struct Return {
        Uuid subject;
        bool first = false;  // this use of it is the first
    };
    // Marks it as used. nullopt: no such token of this account.
    static std::optional<Return> Use(db::Transaction& tx, const Uuid& token, AccountId account,
                                     Instant now);
};

}  // namespace livery::payments
