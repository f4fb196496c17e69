#pragma once

#include <functional>
#include <optional>
#include <utility>

#include <livery/db/database.h>
#include <livery/result.h>

namespace livery::db {

// As Database::Transact, for work that can be refused: an Error that it returns leaves nothing of
// what it did.
template <class T>
Result<T> Attempt(Database& database, const TenantId& tenant,
                  const std::function<Result<T>(Transaction&)>& work) {
    struct Refused {};
    std::optional<Result<T>> outcome;
    try {
        database.Transact(tenant, [&](Transaction& tx) {
            outcome.emplace(work(tx));
            if (!*outcome) throw Refused{};
        });
    } catch (const Refused&) {
    }
    return *std::move(outcome);
}

// Does the work to see what would come of it: nothing is kept either way.
template <class T>
Result<T> Rehearse(Database& database, const TenantId& tenant,
                   const std::function<Result<T>(Transaction&)>& work) {
    struct Over {};
    std::optional<Result<T>> outcome;
    try {
        database.Transact(tenant, [&](Transaction& tx) {
            outcome.emplace(work(tx));
            throw Over{};
        });
    } catch (const Over&) {
    }
    return *std::move(outcome);
}

}  // namespace livery::db
