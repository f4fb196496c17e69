#include "jobs/clock_advance.h"

#include <algorithm>
#include <thread>

#include <livery/db/attempt.h>

#include "clock/test_clock_repository.h"

namespace livery::jobs {

using clock::TestClockRepository;

// A target that an earlier move did not reach is reached by this one, at the least.
Result<ClockAdvance::Way> ClockAdvance::Begin(const Tenant& tenant, Instant target) {
    const Instant now = time_.Now(tenant);
    return db::Attempt<Way>(database_, tenant.id, [&](db::Transaction& tx) -> Result<Way> {
        const auto moved = TestClockRepository::Lock(tx);
        if (moved && moved->is_leased) return Conflict("error.clock_being_moved");
        const Instant from = moved ? moved->now : now;
        const Instant end = std::max(target, moved && moved->target ? *moved->target : target);
        if (end < from) return InvalidField("to", "error.clock_not_ahead");
        TestClockRepository::Put(tx, from, end);
        return Way{from, end};
    });
}

void ClockAdvance::Put(const Tenant& tenant, const Way& way) {
    database_.Transact(tenant.id, [&](db::Transaction& tx) {
        TestClockRepository::Put(tx, way.from, way.target);
    });
}

// A host that serves may have begun with the day's jobs the moment the clock was put there.
Result<void> ClockAdvance::RunDay(const Tenant& tenant, Date day) {
    for (;;) {
        const DailyRuns::Outcome outcome = runs_.RunDay(tenant, day);
        if (outcome.settled) return {};
        if (!outcome.busy) return Error{ErrorCode::kUnavailable, outcome.failure, {}};
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

Result<Instant> ClockAdvance::To(const Tenant& tenant, CivilTime target, const Progress& progress) {
    if (!tenant.HasTestClock()) return Conflict("error.clock_no_sandbox");
    Way way = LIVERY_TRY(Begin(tenant, time_.ToInstant(tenant, target)));
    const auto civil = [&](Instant instant) { return time_.ToCivil(tenant, instant); };
    // The day on which it stands may not be done: it was just begun, or a move was cut off in it.
    for (Date day = DayOf(civil(way.from)); CivilTime(day) <= civil(way.target);
         day += std::chrono::days(1)) {
        way.from = std::max(way.from, time_.ToInstant(tenant, CivilTime(day)));
        Put(tenant, way);
        if (const auto done = RunDay(tenant, day); !done) {
            database_.Transact(tenant.id,
                               [](db::Transaction& tx) { TestClockRepository::Release(tx); });
            return done.error();
        }
        recurring_.RunAll(tenant, way.from);
        progress(day);
    }
    database_.Transact(tenant.id,
                       [&](db::Transaction& tx) { TestClockRepository::Stop(tx, way.target); });
    return way.target;
}

}  // namespace livery::jobs
