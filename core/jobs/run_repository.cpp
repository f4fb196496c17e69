#include "jobs/run_repository.h"

#include <array>

#include <livery/check.h>

namespace livery::jobs {

namespace {

using db::Statement;

#define JOBS_RUN_COLUMNS                                                                   \
    "SELECT day, plugin, job, state, epoch, leased_until > UTC_TIMESTAMP(6), started_at, " \
    "finished_at, outcome FROM core_job_run "

constexpr Statement kLock{"job_run.lock", JOBS_RUN_COLUMNS
                          "WHERE tenant_id = :tenant AND day = ? AND plugin = ? AND job = ? "
                          "FOR UPDATE"};
constexpr Statement kInsert{
    "job_run.insert",
    "INSERT INTO core_job_run (tenant_id, day, plugin, job, state, epoch, leased_until, "
    "started_at, outcome) VALUES (:tenant, ?, ?, ?, 'running', 1, "
    "UTC_TIMESTAMP(6) + INTERVAL 60 SECOND, UTC_TIMESTAMP(6), '')"};
constexpr Statement kClaim{
    "job_run.claim",
    "UPDATE core_job_run SET state = 'running', epoch = ?, leased_until = UTC_TIMESTAMP(6) + "
    "INTERVAL 60 SECOND, started_at = UTC_TIMESTAMP(6), finished_at = NULL "
    "WHERE tenant_id = :tenant AND day = ? AND plugin = ? AND job = ?"};
constexpr Statement kRenew{
    "job_run.renew",
    "UPDATE core_job_run SET leased_until = UTC_TIMESTAMP(6) + INTERVAL 60 SECOND "
    "WHERE tenant_id = :tenant AND day = ? AND plugin = ? AND job = ? AND epoch = ? AND "
    "state = 'running'"};
constexpr Statement kFinish{
    "job_run.finish",
    "UPDATE core_job_run SET state = ?, outcome = ?, finished_at = UTC_TIMESTAMP(6), "
    "leased_until = UTC_TIMESTAMP(6) + INTERVAL ? SECOND "
    "WHERE tenant_id = :tenant AND day = ? AND plugin = ? AND job = ? AND epoch = ? AND "
    "state = 'running'"};
constexpr Statement kLastDay{
    "job_run.last_day",
    "SELECT day FROM core_job_run WHERE tenant_id = :tenant ORDER BY day DESC LIMIT 1"};
constexpr Statement kNewest{"job_run.newest", JOBS_RUN_COLUMNS
                            "WHERE tenant_id = :tenant ORDER BY day DESC, started_at DESC LIMIT ?"};

struct Named {
    RunState state;
    std::string_view name;
};
constexpr std::array kStates{Named{RunState::kRunning, "running"},
                             Named{RunState::kFailed, "failed"}, Named{RunState::kDone, "done"},
                             Named{RunState::kGivenUp, "given_up"}};

RunState StateFrom(std::string_view text) {
    for (const Named& named : kStates)
        if (named.name == text) return named.state;
    LIVERY_CHECK(false, "a state of a run that nobody knows");
}

StoredRun RunFrom(const db::Row& row) {
    return {{row.Date(0), std::string(row.Text(1)), std::string(row.Text(2))},
            StateFrom(row.Text(3)),
            row.Int(4),
            row.Bool(5),
            row.Time(6),
            row.MaybeTime(7),
            std::string(row.Text(8))};
}

}  // namespace

std::string_view ToString(RunState state) {
    for (const Named& named : kStates)
        if (named.state == state) return named.name;
    return "";
}

std::optional<StoredRun> RunRepository::Lock(db::Transaction& tx, const RunKey& key) {
    const db::Rows rows = tx.Query(kLock, {key.day, key.plugin, key.job});
    return rows.empty() ? std::nullopt : std::optional(RunFrom(rows[0]));
}

void RunRepository::Begin(db::Transaction& tx, const RunKey& key, int epoch) {
    if (epoch == 1) {
        tx.Execute(kInsert, {key.day, key.plugin, key.job});
    } else {
        tx.Execute(kClaim, {epoch, key.day, key.plugin, key.job});
    }
}

bool RunRepository::Renew(db::Transaction& tx, const RunKey& key, int epoch) {
    return tx.Execute(kRenew, {key.day, key.plugin, key.job, epoch}) > 0;
}

bool RunRepository::Finish(db::Transaction& tx, const RunKey& key, int epoch, const End& end) {
    return tx.Execute(kFinish, {ToString(end.state), end.outcome, end.wait.count(), key.day,
                                key.plugin, key.job, epoch}) > 0;
}

std::optional<Date> RunRepository::LastDay(db::Database& database, const TenantId& tenant) {
    const db::Rows rows = database.Query(tenant, kLastDay, {});
    return rows.empty() ? std::nullopt : std::optional(rows[0].Date(0));
}

std::vector<StoredRun> RunRepository::Newest(db::Database& database, const TenantId& tenant,
                                             int most) {
    std::vector<StoredRun> runs;
    for (const db::Row row : database.Query(tenant, kNewest, {most})) runs.push_back(RunFrom(row));
    return runs;
}

}  // namespace livery::jobs
