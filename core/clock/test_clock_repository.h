#pragma once

#include <optional>

#include <livery/db/database.h>

namespace livery::clock {

// The clock of a tenant in sandbox mode, once it has been moved: it stands where it was put.
struct TestClock {
    Instant now;
    std::optional<Instant> target;  // it is on its way there
    bool is_leased = false;         // somebody is moving it at the moment
};

class TestClockRepository {
 public:
    static std::optional<TestClock> Find(db::Database& database, const TenantId& tenant);
    // Locked until the transaction ends.
    static std::optional<TestClock> Lock(db::Transaction& tx);
    // On its way to `target`, leased for ten minutes by the database's clock.
    static void Put(db::Transaction& tx, Instant now, Instant target);
    // It has arrived.
    static void Stop(db::Transaction& tx, Instant now);
    // Whoever moved it gives up on the way; the target stays.
    static void Release(db::Transaction& tx);
};

}  // namespace livery::clock
