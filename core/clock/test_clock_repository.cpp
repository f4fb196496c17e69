#include "clock/test_clock_repository.h"

namespace livery::clock {

namespace {

using db::Statement;

constexpr Statement kFind{"test_clock.find",
                          "SELECT now_at, target_at, COALESCE(leased_until > UTC_TIMESTAMP(6), 0) "
                          "FROM core_test_clock WHERE tenant_id = :tenant"};
constexpr Statement kLock{"test_clock.lock",
                          "SELECT now_at, target_at, COALESCE(leased_until > UTC_TIMESTAMP(6), 0) "
                          "FROM core_test_clock WHERE tenant_id = :tenant FOR UPDATE"};
constexpr Statement kPut{
    "test_clock.put",
    "INSERT INTO core_test_clock (tenant_id, now_at, target_at, leased_until) "
    "VALUES (:tenant, ?, ?, UTC_TIMESTAMP(6) + INTERVAL 10 MINUTE) ON DUPLICATE KEY UPDATE "
    "now_at = VALUES(now_at), target_at = VALUES(target_at), leased_until = VALUES(leased_until)"};
constexpr Statement kStop{"test_clock.stop",
                          "UPDATE core_test_clock SET now_at = ?, target_at = NULL, "
                          "leased_until = NULL WHERE tenant_id = :tenant"};
constexpr Statement kRelease{
    "test_clock.release",
    "UPDATE core_test_clock SET leased_until = NULL WHERE tenant_id = :tenant"};

std::optional<TestClock> ClockFrom(const db::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    return TestClock{rows[0].Time(0), rows[0].MaybeTime(1), rows[0].Bool(2)};
}

}  // namespace

std::optional<TestClock> TestClockRepository::Find(db::Database& database, const TenantId& tenant) {
    return ClockFrom(database.Query(tenant, kFind, {}));
}

std::optional<TestClock> TestClockRepository::Lock(db::Transaction& tx) {
    return ClockFrom(tx.Query(kLock, {}));
}

void TestClockRepository::Put(db::Transaction& tx, Instant now, Instant target) {
    tx.Execute(kPut, {now, target});
}

void TestClockRepository::Stop(db::Transaction& tx, Instant now) { tx.Execute(kStop, {now}); }

void TestClockRepository::Release(db::Transaction& tx) { tx.Execute(kRelease, {}); }

}  // namespace livery::clock
