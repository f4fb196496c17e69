#include "jobs/turn_repository.h"

namespace livery::jobs {

namespace {

using db::Statement;

constexpr Statement kLock{
    "job_turn.lock",
    "SELECT epoch, leased_until > UTC_TIMESTAMP(6), due_at <= UTC_TIMESTAMP(6) FROM core_job_turn "
    "WHERE tenant_id = :tenant AND plugin = ? AND job = ? FOR UPDATE"};
constexpr Statement kInsert{
    "job_turn.insert",
    "INSERT INTO core_job_turn (tenant_id, plugin, job, epoch, leased_until, due_at) VALUES "
    "(:tenant, ?, ?, 1, UTC_TIMESTAMP(6) + INTERVAL 60 SECOND, UTC_TIMESTAMP(6))"};
constexpr Statement kClaim{
    "job_turn.claim",
    "UPDATE core_job_turn SET epoch = ?, leased_until = UTC_TIMESTAMP(6) + INTERVAL 60 SECOND "
    "WHERE tenant_id = :tenant AND plugin = ? AND job = ?"};
constexpr Statement kRenew{
    "job_turn.renew",
    "UPDATE core_job_turn SET leased_until = UTC_TIMESTAMP(6) + INTERVAL 60 SECOND "
    "WHERE tenant_id = :tenant AND plugin = ? AND job = ? AND epoch = ?"};
constexpr Statement kFinish{
    "job_turn.finish",
    "UPDATE core_job_turn SET leased_until = UTC_TIMESTAMP(6), due_at = UTC_TIMESTAMP(6) + "
    "INTERVAL ? SECOND WHERE tenant_id = :tenant AND plugin = ? AND job = ? AND epoch = ?"};

}  // namespace

std::optional<TurnRepository::Turn> TurnRepository::Lock(db::Transaction& tx, const TurnKey& key) {
    const db::Rows rows = tx.Query(kLock, {key.plugin, key.job});
    if (rows.empty()) return std::nullopt;
    return Turn{rows[0].Int64(0), rows[0].Bool(1), rows[0].Bool(2)};
}

void TurnRepository::Begin(db::Transaction& tx, const TurnKey& key, std::int64_t epoch) {
    if (epoch == 1) {
        tx.Execute(kInsert, {key.plugin, key.job});
    } else {
        tx.Execute(kClaim, {epoch, key.plugin, key.job});
    }
}

void TurnRepository::Renew(db::Transaction& tx, const TurnKey& key, std::int64_t epoch) {
    tx.Execute(kRenew, {key.plugin, key.job, epoch});
}

void TurnRepository::Finish(db::Transaction& tx, const TurnKey& key, std::int64_t epoch,
                            std::chrono::seconds rest) {
    tx.Execute(kFinish, {rest.count(), key.plugin, key.job, epoch});
}

}  // namespace livery::jobs
