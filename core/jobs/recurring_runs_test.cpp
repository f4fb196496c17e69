#include "jobs/recurring_runs.h"

#include <atomic>
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "clock/tenant_clocks.h"
#include "db/testing/private_server.h"
#include "jobs/daily_runs.h"

namespace livery::jobs {
namespace {

using Outcome = RecurringRuns::Outcome;

constexpr db::Statement kMakeDue{
    "test.make_due",
    "UPDATE core_job_turn SET due_at = UTC_TIMESTAMP(6) WHERE tenant_id = :tenant"};
constexpr db::Statement kExpire{
    "test.expire_turn",
    "UPDATE core_job_turn SET leased_until = UTC_TIMESTAMP(6) WHERE tenant_id = :tenant"};

class RecurringRunsTest : public ::testing::Test {
 protected:
    static db::testing::PrivateServer& Server() {
        static db::testing::PrivateServer server({"db", "clock", "jobs"}, 6);
        return server;
    }
    RecurringRunsTest() {
        static int made = 0;
        tenant.id = TenantId("r" + std::to_string(++made));
    }
    void AddJob(std::string name, std::function<void()> work) {
        jobs.push_back({"shop",
                        {std::move(name), std::chrono::seconds(15),
                         [work = std::move(work)](const Tenant&, Instant) { work(); }}});
    }
    void Execute(const db::Statement& statement) {
        database.Transact(tenant.id, [&](db::Transaction& tx) { tx.Execute(statement, {}); });
    }
    Outcome RunFirst() { return runs.RunIfDue(tenant, jobs.front(), Instant{}); }

    db::MariadbDatabase& database = Server().database;
    Tenant tenant{.time_zone = "Europe/Berlin",
                  .currency = *Currency::Parse("EUR"),
                  .mode = TenantMode::kSandbox,
                  .plugins = {"shop"}};
    RecurringRuns::Jobs jobs;
    RecurringRuns runs{database, jobs};
};

TEST_F(RecurringRunsTest, RunsAgainOnlyWhenItsTimeHasCome) {
    int ran = 0;
    AddJob("look", [&] { ++ran; });
    EXPECT_EQ(RunFirst(), Outcome::kRan);
    EXPECT_EQ(RunFirst(), Outcome::kNotDue);
    Execute(kMakeDue);
    EXPECT_EQ(RunFirst(), Outcome::kRan);
    EXPECT_EQ(ran, 2);
}

TEST_F(RecurringRunsTest, AFailureIsTriedAgainWhenItsTimeComes) {
    AddJob("look", [] { throw std::runtime_error("no light"); });
    EXPECT_EQ(RunFirst(), Outcome::kFailed);
    EXPECT_EQ(RunFirst(), Outcome::kNotDue);
    Execute(kMakeDue);
    EXPECT_EQ(RunFirst(), Outcome::kFailed);
}

TEST_F(RecurringRunsTest, OnlyOneHostIsAtItAtATime) {
    std::promise<void> begun;
    std::promise<void> end;
    AddJob("look", [&] {
        begun.set_value();
        end.get_future().wait();
    });
    std::thread other([&] { RunFirst(); });
    begun.get_future().wait();
    EXPECT_EQ(RunFirst(), Outcome::kBusy);
    end.set_value();
    other.join();
}

TEST_F(RecurringRunsTest, WhatAKilledHostWasAtIsRunAnewWhenItsLeaseIsOver) {
    int ran = 0;
    AddJob("look", [&] { ++ran; });
    database.Transact(tenant.id, [](db::Transaction& tx) {
        TurnRepository::Begin(tx, {"shop", "look"}, 1);
    });
    EXPECT_EQ(RunFirst(), Outcome::kBusy);
    Execute(kExpire);
    EXPECT_EQ(RunFirst(), Outcome::kRan);
    EXPECT_EQ(ran, 1);
}

TEST_F(RecurringRunsTest, AtAMidnightAllAreRunThatTheTenantHas) {
    int ran = 0;
    AddJob("look", [&] { ++ran; });
    AddJob("again", [&] { ran += 10; });
    jobs.push_back({"casino", {"never", std::chrono::seconds(1), [&](const Tenant&, Instant) {
                                   ran += 1000;
                               }}});
    runs.RunAll(tenant, Instant{});
    runs.RunAll(tenant, Instant{});
    EXPECT_EQ(ran, 22);
}

class TenantThreadsTest : public RecurringRunsTest {
 protected:
    // A house in which this tenant and another live.
    std::unique_ptr<tenancy::HouseKeeper> House() {
        auto house = std::make_shared<tenancy::House>();
        for (const std::string& id : {tenant.id.value(), tenant.id.value() + "-else"}) {
            Tenant lives = tenant;
            lives.id = TenantId(id);
            house->sites[id] =
                std::make_shared<tenancy::Site>(tenancy::Site{.tenant = std::move(lives)});
        }
        return std::make_unique<tenancy::HouseKeeper>(tenancy::HouseSources{}, house);
    }
    template <class Condition>
    static bool Soon(const Condition& condition) {
        for (int i = 0; i < 500 && !condition(); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return condition();
    }
    FixedClock machine{Instant{}};
    clock::TenantClocks time{database, machine};
};

TEST_F(TenantThreadsTest, RunsAgainAndAgain) {
    std::atomic<int> ran{0};
    AddJob("look", [&] { ++ran; });
    jobs.back().job.every = std::chrono::seconds(1);
    const auto houses = House();
    const TenantThreads threads(runs.Works(time), 2, *houses);
    EXPECT_TRUE(Soon([&] { return ran >= 4; })) << ran;
}

TEST_F(TenantThreadsTest, OneThatWaitsHoldsUpNoOtherTenant) {
    std::atomic<bool> other_ran{false};
    std::atomic<bool> end{false};
    jobs.push_back({"shop", {"look", std::chrono::seconds(15), [&](const Tenant& whose, Instant) {
                                 if (whose.id != tenant.id) {
                                     other_ran = true;
                                     return;
                                 }
                                 Soon([&] { return end.load(); });
                             }}});
    const auto houses = House();
    const TenantThreads threads(runs.Works(time), 2, *houses);
    EXPECT_TRUE(Soon([&] { return other_ran.load(); }));
    end = true;
}

// A day of invoices and charges may take hours where a provider is slow.
TEST_F(TenantThreadsTest, ADayThatTakesLongHoldsUpNoOtherTenant) {
    std::atomic<bool> other_ran{false};
    std::atomic<bool> end{false};
    DailyRuns::Jobs daily{{"shop", {"charge", 10, [&](const Tenant& whose, Instant) {
                                        if (whose.id != tenant.id)
                                            other_ran = true;
                                        else
                                            Soon([&] { return end.load(); });
                                        return std::string();
                                    }}}};
    DailyRuns days(database, time, daily);
    const auto houses = House();
    const TenantThreads threads(days.Works(), 2, *houses);
    EXPECT_TRUE(Soon([&] { return other_ran.load(); }));
    end = true;
}

}  // namespace
}  // namespace livery::jobs
