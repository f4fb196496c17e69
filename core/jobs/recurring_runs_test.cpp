#include "jobs/recurring_runs.h"

#include <atomic>
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "db/testing/private_server.h"

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
        static db::testing::PrivateServer server({"db", "jobs"}, 6);
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
                  .sandbox = true,
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

}  // namespace
}  // namespace livery::jobs
