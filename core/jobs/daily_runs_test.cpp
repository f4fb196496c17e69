#include "jobs/daily_runs.h"

#include <atomic>
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "clock/test_clock_repository.h"
#include "db/testing/private_server.h"
#include "jobs/clock_advance.h"

namespace livery::jobs {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr Date kMonday = std::chrono::sys_days(std::chrono::year(2026) / 3 / 23);

constexpr db::Statement kExpireLeases{
    "test.expire_leases",
    "UPDATE core_job_run SET leased_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND "
    "WHERE tenant_id = :tenant"};
constexpr db::Statement kExpireClock{
    "test.expire_clock",
    "UPDATE core_test_clock SET leased_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND "
    "WHERE tenant_id = :tenant"};

class DailyRunsTest : public ::testing::Test {
 protected:
    static db::testing::PrivateServer& Server() {
        static db::testing::PrivateServer server({"db", "clock", "jobs"}, 6);
        return server;
    }
    // A tenant of its own for each test.
    DailyRunsTest() {
        static int made = 0;
        tenant.id = TenantId("t" + std::to_string(++made));
    }

    void AddJob(std::string name, int order, std::function<std::string(Instant)> work) {
        jobs.push_back(
            {"shop", {std::move(name), order, [work = std::move(work)](const Tenant&, Instant now) {
                          return work(now);
                      }}});
    }
    // Notes on which day it ran.
    void AddDiary(std::string name, int order) {
        AddJob(name, order, [this, name](Instant now) {
            diary.push_back(name + " " + ToIso(DayOf(time.ToCivil(tenant, now))));
            return std::string("{}");
        });
    }
    void Expire(const db::Statement& statement) {
        database.Transact(tenant.id, [&](db::Transaction& tx) { tx.Execute(statement, {}); });
    }
    std::vector<StoredRun> Stored() { return RunRepository::Newest(database, tenant.id, 100); }
    Instant Noon(Date day) { return time.ToInstant(tenant, CivilTime(day) + hours(12)); }

    db::MariadbDatabase& database = Server().database;
    Tenant tenant{.time_zone = "Europe/Berlin",
                  .currency = *Currency::Parse("EUR"),
                  .mode = TenantMode::kSandbox,
                  .plugins = {"shop"}};
    FixedClock machine{Instant(kMonday) + hours(9)};
    clock::TenantClocks time{database, machine};
    DailyRuns::Jobs jobs;
    DailyRuns runs{database, time, jobs};
    RecurringRuns::Jobs recurring_jobs;
    RecurringRuns recurring{database, recurring_jobs};
    std::vector<std::string> diary;
    using Days = std::vector<std::string>;
};

TEST_F(DailyRunsTest, RunsEveryJobOfTheDayOnceInItsOrder) {
    AddDiary("first", 1);
    AddDiary("second", 2);
    jobs.push_back({"casino", {"never", 3, [](const Tenant&, Instant) -> std::string {
                                   throw std::runtime_error("not enabled");
                               }}});
    EXPECT_TRUE(runs.RunDue(tenant, Noon(kMonday)).settled);
    EXPECT_TRUE(runs.RunDue(tenant, Noon(kMonday)).settled);
    EXPECT_EQ(diary, (Days{"first 2026-03-23", "second 2026-03-23"}));
}

TEST_F(DailyRunsTest, MakesUpForMissedDaysInTheirOrder) {
    AddDiary("a", 1);
    AddDiary("b", 2);
    runs.RunDue(tenant, Noon(kMonday));
    diary.clear();
    runs.RunDue(tenant, Noon(kMonday + days(2)));
    EXPECT_EQ(diary, (Days{"a 2026-03-24", "b 2026-03-24", "a 2026-03-25", "b 2026-03-25"}));
}

TEST_F(DailyRunsTest, TriesAgainLaterAndGivesUpWithoutHoldingUpTheRest) {
    int tries = 0;
    AddJob("broken", 1, [&](Instant) -> std::string {
        ++tries;
        throw std::runtime_error("no paper");
    });
    AddDiary("next", 2);
    const auto outcome = runs.RunDue(tenant, Noon(kMonday));
    EXPECT_FALSE(outcome.settled);
    EXPECT_EQ(outcome.failure, "shop/broken of 2026-03-23: no paper");
    EXPECT_FALSE(runs.RunDue(tenant, Noon(kMonday)).settled);
    EXPECT_EQ(tries, 1) << "it is left alone for a while";
    for (int again = 2; again <= 5; ++again) {
        EXPECT_TRUE(diary.empty());
        Expire(kExpireLeases);
        runs.RunDue(tenant, Noon(kMonday));
    }
    EXPECT_EQ(tries, 5);
    EXPECT_EQ(diary, Days{"next 2026-03-23"});
    Expire(kExpireLeases);
    EXPECT_TRUE(runs.RunDue(tenant, Noon(kMonday)).settled);
    EXPECT_EQ(tries, 5);
}

TEST_F(DailyRunsTest, TwoHostsNeverRunTheSameRun) {
    std::atomic<int> inside{0};
    std::atomic<int> most{0};
    AddJob("slow", 1, [&](Instant) {
        most = std::max(most.load(), ++inside);
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        return std::string("{}");
    });
    std::vector<std::future<DailyRuns::Outcome>> hosts;
    for (int host = 0; host < 3; ++host)
        hosts.push_back(
            std::async(std::launch::async, [&] { return runs.RunDay(tenant, kMonday); }));
    int busy = 0;
    for (auto& host : hosts) busy += host.get().busy ? 1 : 0;
    EXPECT_EQ(most, 1);
    EXPECT_EQ(inside, 1);
    EXPECT_EQ(busy, 2);
    ASSERT_EQ(Stored().size(), 1U);
    EXPECT_EQ(Stored()[0].state, RunState::kDone);
}

TEST_F(DailyRunsTest, TakesOverFromADeadHostAndItsLateEndChangesNothing) {
    AddDiary("a", 1);
    const RunKey key{kMonday, "shop", "a"};
    database.Transact(tenant.id, [&](db::Transaction& tx) { RunRepository::Begin(tx, key, 1); });
    EXPECT_TRUE(runs.RunDay(tenant, kMonday).busy);
    Expire(kExpireLeases);
    EXPECT_TRUE(runs.RunDay(tenant, kMonday).settled);
    bool late = true;
    database.Transact(tenant.id, [&](db::Transaction& tx) {
        late = RunRepository::Renew(tx, key, 1) ||
               RunRepository::Finish(tx, key, 1, {RunState::kFailed, "too late"});
    });
    EXPECT_FALSE(late);
    EXPECT_EQ(Stored()[0].state, RunState::kDone);
    EXPECT_EQ(Stored()[0].epoch, 2);
}

TEST_F(DailyRunsTest, ASlowHostCannotEndTheRunThatAnotherHasTakenOver) {
    const RunKey key{kMonday, "shop", "a"};
    bool late = true;
    bool in_time = false;
    database.Transact(tenant.id, [&](db::Transaction& tx) {
        RunRepository::Begin(tx, key, 1);
        RunRepository::Begin(tx, key, 2);
        late = RunRepository::Renew(tx, key, 1) ||
               RunRepository::Finish(tx, key, 1, {RunState::kDone, "too late"});
        in_time = RunRepository::Renew(tx, key, 2) &&
                  RunRepository::Finish(tx, key, 2, {RunState::kDone, "{}"});
    });
    EXPECT_FALSE(late);
    EXPECT_TRUE(in_time);
    EXPECT_EQ(Stored()[0].outcome, "{}");
}

class ClockAdvanceTest : public DailyRunsTest {
 protected:
    Result<Instant> To(CivilTime target) {
        return ClockAdvance(database, time, runs, recurring).To(tenant, target, [](Date) {});
    }
    CivilTime Now() { return time.CivilNow(tenant); }
};

TEST_F(ClockAdvanceTest, PassesEveryMidnightOfTheTenantAndStandsAtTheTarget) {
    Days seen;
    AddJob("look", 1, [&](Instant now) {
        seen.push_back(ToIso(time.CivilNow(tenant)) + (now == time.Now(tenant) ? "" : " late"));
        return std::string("{}");
    });
    // The clocks go forward in the night to Sunday 29 March.
    const CivilTime target = CivilTime(kMonday + days(7)) + hours(8);
    ASSERT_TRUE(To(target));
    EXPECT_EQ(seen, (Days{"2026-03-23T10:00:00 late", "2026-03-24", "2026-03-25", "2026-03-26",
                          "2026-03-27", "2026-03-28", "2026-03-29", "2026-03-30"}));
    EXPECT_EQ(Now(), target);
    machine.Set(machine.Now() + hours(100));
    EXPECT_EQ(Now(), target) << "it stands";
}

TEST_F(ClockAdvanceTest, WhatRecursIsRunAtEachMidnightAfterTheJobsOfTheDay) {
    AddDiary("daily", 1);
    recurring_jobs.push_back(
        {"shop", {"look", std::chrono::seconds(15), [this](const Tenant&, Instant now) {
                      diary.push_back("look " + ToIso(DayOf(time.ToCivil(tenant, now))));
                  }}});
    ASSERT_TRUE(To(CivilTime(kMonday + days(1)) + hours(8)));
    EXPECT_EQ(diary,
              (Days{"daily 2026-03-23", "look 2026-03-23", "daily 2026-03-24", "look 2026-03-24"}));
}

TEST_F(ClockAdvanceTest, OnlyGoesForwardAndOnlyInASandbox) {
    ASSERT_TRUE(To(CivilTime(kMonday + days(1))));
    const auto back = To(CivilTime(kMonday));
    ASSERT_FALSE(back);
    EXPECT_EQ(back.error().fields.at(0).message, "error.clock_not_ahead");
    tenant.mode = TenantMode::kLive;
    EXPECT_FALSE(To(CivilTime(kMonday + days(2))));
    EXPECT_EQ(time.Now(tenant), machine.Now());
}

TEST_F(ClockAdvanceTest, AJobThatFailsStopsItAtItsDayAndARepeatGoesOn) {
    bool broken = true;
    AddJob("fragile", 1, [&](Instant now) -> std::string {
        const std::string day = ToIso(DayOf(time.ToCivil(tenant, now)));
        if (broken && day == "2026-03-25") throw std::runtime_error("no paper");
        diary.push_back(day);
        return "{}";
    });
    const CivilTime target(kMonday + days(4));
    const auto stopped = To(target);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().message, "shop/fragile of 2026-03-25: no paper");
    EXPECT_EQ(Now(), CivilTime(kMonday + days(2)));
    broken = false;
    Expire(kExpireLeases);
    // What it did not reach then is reached now.
    ASSERT_TRUE(To(CivilTime(kMonday + days(3))));
    EXPECT_EQ(Now(), target);
    EXPECT_EQ(diary, (Days{"2026-03-23", "2026-03-24", "2026-03-25", "2026-03-26", "2026-03-27"}));
}

TEST_F(ClockAdvanceTest, TwoAtOnceAreRefusedAndADeadOnesMoveIsTakenUp) {
    AddDiary("a", 1);
    database.Transact(tenant.id, [&](db::Transaction& tx) {
        clock::TestClockRepository::Put(tx, Instant(kMonday), Instant(kMonday + days(2)));
    });
    const auto refused = To(CivilTime(kMonday + days(1)));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "error.clock_being_moved");
    Expire(kExpireClock);
    ASSERT_TRUE(To(CivilTime(kMonday + days(1))));
    EXPECT_EQ(time.Now(tenant), Instant(kMonday + days(2)));
}

}  // namespace
}  // namespace livery::jobs
