#include "jobs/daily_runs.h"

#include <fmt/format.h>

#include <livery/db/failure.h>

#include "jobs/heartbeat.h"
#include "jobs/schedule.h"
#include "log/log.h"

namespace livery::jobs {

namespace {

RunRepository::End EndOf(const std::string& report, const std::string& failure, int epoch) {
    if (failure.empty()) return {RunState::kDone, report};
    return {epoch < kMostTries ? RunState::kFailed : RunState::kGivenUp, failure, WaitAfter(epoch)};
}

}  // namespace

std::optional<int> DailyRuns::Claim(const TenantId& tenant, const RunKey& key, Outcome& outcome) {
    std::optional<int> epoch;
    try {
        database_.Transact(tenant, [&](db::Transaction& tx) {
            epoch.reset();
            const auto found = RunRepository::Lock(tx, key);
            const bool over =
                found && (found->state == RunState::kDone || found->state == RunState::kGivenUp);
            if (over) return;
            if (found && found->is_leased) {
                outcome.settled = false;
                outcome.busy = found->state == RunState::kRunning;
                outcome.failure = found->outcome;
                return;
            }
            epoch = found ? found->epoch + 1 : 1;
            RunRepository::Begin(tx, key, *epoch);
        });
    } catch (const db::DuplicateKey&) {
        epoch.reset();
        outcome.settled = false;
        outcome.busy = true;
    }
    return epoch;
}

void DailyRuns::RunOne(const Tenant& tenant, const host::Contributions::OwnedDailyJob& owned,
                       const RunKey& key, Outcome& outcome) {
    const auto epoch = Claim(tenant.id, key, outcome);
    if (!epoch) return;
    std::string report;
    std::string failure;
    try {
        const Heartbeat heartbeat([&] {
            database_.Transact(tenant.id,
                               [&](db::Transaction& tx) { RunRepository::Renew(tx, key, *epoch); });
        });
        report = owned.job.run(tenant, time_.ToInstant(tenant, CivilTime(key.day)));
    } catch (const std::exception& error) {
        failure = error.what();
    }
    const RunRepository::End end = EndOf(report, failure, *epoch);
    database_.Transact(tenant.id,
                       [&](db::Transaction& tx) { RunRepository::Finish(tx, key, *epoch, end); });
    if (end.state == RunState::kFailed) outcome.settled = false;
    if (!failure.empty())
        outcome.failure =
            fmt::format("{}/{} of {}: {}", key.plugin, key.job, ToIso(key.day), failure);
    log::Write(failure.empty() ? log::Level::kInfo : log::Level::kError,
               failure.empty() ? "job.done" : "job.failed",
               {{"tenant", tenant.id.value()},
                {"plugin", key.plugin},
                {"job", key.job},
                {"day", ToIso(key.day)},
                {"what", failure}});
}

DailyRuns::Outcome DailyRuns::RunDay(const Tenant& tenant, Date day) {
    Outcome outcome;
    for (const auto& owned : jobs_) {
        if (!tenant.Enables(owned.plugin)) continue;
        RunOne(tenant, owned, {day, owned.plugin, owned.job.name}, outcome);
        if (!outcome.settled) break;
    }
    return outcome;
}

DailyRuns::Outcome DailyRuns::RunDue(const Tenant& tenant, Instant now) {
    Outcome outcome;
    const Date today = DayOf(time_.ToCivil(tenant, now));
    for (const Date day : DaysDue(RunRepository::LastDay(database_, tenant.id), today)) {
        outcome = RunDay(tenant, day);
        if (!outcome.settled) break;
    }
    return outcome;
}

std::vector<TenantWork> DailyRuns::Works() {
    constexpr std::chrono::seconds kEvery{20};
    return {{"", kEvery, [this](const Tenant& tenant) { RunDue(tenant, time_.Now(tenant)); }}};
}

}  // namespace livery::jobs
