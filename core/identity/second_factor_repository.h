#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <livery/db/database.h>
#include <livery/ports/second_factor.h>

namespace livery::identity {

// A user's second step, begun or in force.
struct FoundSecondFactor {
    std::string sealed_secret;
    Instant begun_at;
    std::optional<Instant> turned_on_at;
    std::int64_t last_step = 0;  // of the last code that was taken
    std::optional<SessionId> begun_by;
};

// One that is begun by a session, which alone may turn it on.
struct BegunSecondFactor {
    std::string sealed_secret;
    Instant at;
    SessionId by;
};

// All SQL of codes by time and recovery codes.
class SecondFactorRepository {
 public:
    // For a page: one statement, and no lock that a sign-in would wait for.
    static SecondFactor::Status StatusOf(db::Database& database, const TenantId& tenant,
                                         UserId user);
    // Locks the row.
    static std::optional<FoundSecondFactor> Find(db::Transaction& tx, UserId user);
    static void Begin(db::Transaction& tx, UserId user, const BegunSecondFactor& begun);
    static void TurnOn(db::Transaction& tx, UserId user, Instant now, std::int64_t step);
    static void TakeStep(db::Transaction& tx, UserId user, std::int64_t step);
    static void Remove(db::Transaction& tx, UserId user);

    static void ReplaceCodes(db::Transaction& tx, UserId user,
                             const std::vector<std::string>& hashes);
    // Of two that try at a time, one gets it.
    static bool TakeCode(db::Transaction& tx, UserId user, const std::string& hash);
    static int CountCodes(db::Transaction& tx, UserId user);
};

}  // namespace livery::identity
