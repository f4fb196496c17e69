// Who finalises and who bills at the same time on one tenant, each on connections of his own.

#include <barrier>
#include <numeric>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <livery/db/failure.h>

#include "app/account_batch.h"
#include "app/biller.h"
#include "billing.h"
#include "canonical.h"
#include "stage.h"

namespace livery::kills {
namespace {

constexpr int kSubscriptions = 210;

Stage& TheStage() {
    static Stage stage(kSubscriptions, db::Durability::kTestOnly);
    return stage;
}

// One of those who work at the same time.
struct Worker {
    explicit Worker(std::string tenant)
        : id(std::move(tenant)),
          shop(kSubscriptions),
          pool(TheStage().server().endpoint(), 2, std::chrono::milliseconds(300)),
          database(pool),
          billing(database, id, shop) {}

    TenantId id;
    Shop shop;
    db::Pool pool;
    db::MariadbDatabase database;
    ShopBilling billing;
};

std::vector<std::string> NumbersUpTo(int last) {
    std::vector<std::string> numbers;
    for (int number = 1; number <= last; ++number)
        numbers.push_back(fmt::format("INV-2026-{:06}", number));
    return numbers;
}

struct ChangedMyMind {};

// Charges an account by an invoice of its own, alone or as a batch does; takes it back when told.
void Finalise(Worker& worker, std::size_t account, bool in_batch, bool keep) {
    const CivilTime now = *ParseDate("2026-02-01");
    const AccountId id = worker.shop.At(account);
    const invoices::ManualInvoice wanted{
        {{"A visit", Decimal(50), Decimal(1), *Currency::Parse("EUR"), "", "standard", {}}},
        "",
        false};
    worker.database.Transact(worker.id, [&](db::Transaction& tx) {
        if (in_batch) {
            invoices::AccountBatch batch(worker.billing.ports(), tx, {id, id}, now);
            ASSERT_TRUE(invoices::Biller(batch.ports()).Charge(tx, id, wanted, now));
            batch.Flush(tx);
        } else {
            ASSERT_TRUE(invoices::Biller(worker.billing.ports()).Charge(tx, id, wanted, now));
        }
        if (!keep) throw ChangedMyMind{};
    });
}

// NU-02. A number that was drawn in a transaction which was undone is drawn again.
TEST(ConcurrentFinalisation, DrawsEveryNumberOnceWithoutAGap) {
    constexpr int kThreads = 8;
    constexpr int kKept = 100;
    TheStage();  // before the threads
    std::atomic<int> next{0};
    std::atomic<int> undone{0};
    std::atomic<int> failed{0};
    std::barrier start(kThreads);
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
        threads.emplace_back([&] {
            Worker worker("many");
            start.arrive_and_wait();
            // Every fourth is undone. Few accounts: some of them are everybody's at once.
            for (int job = next++; job < kKept * 4 / 3; job = next++) {
                try {
                    Finalise(worker, static_cast<std::size_t>(job % 11), job % 3 == 0,
                             job % 4 != 3);
                } catch (const ChangedMyMind&) {
                    ++undone;
                } catch (const db::Failure& failure) {
                    ++failed;
                    fmt::print("{}\n", failure.what());
                }
            }
        });
    }
    threads.clear();
    EXPECT_EQ(failed, 0);
    Stage& stage = TheStage();
    const Canonical kept = ReadCanonical(stage.database(), TenantId("many"), stage.shop());
    EXPECT_EQ(kept.numbers, NumbersUpTo(kKept));
    EXPECT_EQ(stage.NumbersDrawn("many"), kKept);
    EXPECT_EQ(undone, kKept * 4 / 3 - kKept);
    EXPECT_EQ(stage.BrokenInvariants("many"), "");
}

// What a tenant is billed over some months by runs that start at the same moment.
struct Billed {
    std::size_t documents = 0;
    std::vector<std::string> failures;
    Canonical state;
};
Billed BillAtOnce(const std::string& tenant, int runs, Stage::Part part) {
    Stage& stage = TheStage();
    stage.Copy(tenant, part);
    Billed billed;
    std::mutex mutex;  // guards billed
    std::barrier start(runs);
    std::vector<std::jthread> threads;
    for (int run = 0; run < runs; ++run) {
        threads.emplace_back([&] {
            Worker worker(tenant);
            for (const char* month : {"2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"}) {
                start.arrive_and_wait();
                const auto report = worker.billing.Run(*ParseDate(month));
                const std::lock_guard lock(mutex);
                billed.documents += report.invoices + report.credit_notes;
                for (const auto& failure : report.failures)
                    billed.failures.push_back(failure.reason);
            }
        });
    }
    threads.clear();
    billed.state = ReadCanonical(stage.database(), TenantId(tenant), stage.shop());
    EXPECT_EQ(stage.BrokenInvariants(tenant), "");
    return billed;
}

// One waits for the other's batch, finds that it is done, and bills what is left of it: nothing.
void ExpectTwoBillAsOne(const std::string& tenant, Stage::Part part) {
    const Billed alone = BillAtOnce(tenant + "-alone", 1, part);
    Billed both = BillAtOnce(tenant + "-both", 2, part);
    EXPECT_EQ(both.failures, std::vector<std::string>{});
    EXPECT_GT(alone.documents, 500U);
    EXPECT_EQ(both.documents, alone.documents) << "each says what it did, together what was done";
    both.state.holders = alone.state.holders;  // whose turn it was decides who gets which
    EXPECT_EQ(both.state.DifferenceTo(alone.state), "");
    EXPECT_EQ(both.state.Hash(), alone.state.Hash());
}

TEST(ConcurrentBillingRuns, BillWhatOneBillsAlone) {
    ExpectTwoBillAsOne("known", Stage::Part::kAll);
}

// Parents and their children fall into different batches: an earlier one waits in the database for
// what a later one has locked, which makes way. Numbers are those of one batch.
TEST(ConcurrentBatches, OfOneRunWriteWhatASingleBatchWrites) {
    constexpr std::size_t kAll = 1000;
    const auto bill = [](const std::string& tenant, std::size_t together) {
        Stage& stage = TheStage();
        stage.Copy(tenant);
        Worker worker(tenant);
        for (const char* month : {"2026-02-01", "2026-03-01", "2026-04-01"}) {
            const auto report = worker.billing.Run(*ParseDate(month), together);
            EXPECT_TRUE(report.failures.empty()) << report.failures.front().reason;
        }
        EXPECT_EQ(stage.BrokenInvariants(tenant), "");
        return ReadCanonical(stage.database(), TenantId(tenant), stage.shop());
    };
    const Canonical alone = bill("one-batch", kAll);
    for (const std::size_t together : {1, 3, 7, 18, 50}) {
        const Canonical many = bill(fmt::format("batches-{}", together), together);
        EXPECT_EQ(many.DifferenceTo(alone), "") << together;
        EXPECT_EQ(many.Hash(), alone.Hash()) << together;
    }
}

// There is nothing yet that one could lock before the other.
TEST(ConcurrentBillingRuns, BillWhatOneBillsAloneOfATenantThatWasNeverBilled) {
    ExpectTwoBillAsOne("fresh", Stage::Part::kAgreements);
}

// An account that only billing runs have seen so far: its document waits for taxes that can now be
// calculated. Two at once must not give it two numbers.
TEST(ConcurrentBillingRuns, WaitForEachOtherOnAnAccountThatOnlyTheyHaveBilled) {
    constexpr auto kAccount = static_cast<std::size_t>(Shape::kTaxesLater) + kShapes;
    TheStage().Copy("waits");
    const auto bill = [](Worker& worker, const std::function<void()>& meanwhile) {
        const AccountId account = worker.shop.At(kAccount);
        const CivilTime now = *ParseDate("2026-02-01");
        std::size_t documents = 0;
        worker.database.Transact(worker.id, [&](db::Transaction& tx) {
            invoices::AccountBatch batch(worker.billing.ports(), tx, {account, account}, now);
            documents = invoices::Biller(batch.ports()).Bill(tx, account, now)->size();
            meanwhile();
            batch.Flush(tx);
        });
        return documents;
    };
    Worker one("waits");
    EXPECT_EQ(bill(one, [] {}), 0U) << "no taxes yet";
    one.shop.MoveTo(*ParseDate("2026-03-01"));
    std::size_t by_other = 0;
    std::jthread other;
    const std::size_t by_one = bill(one, [&] {
        other = std::jthread([&] {
            Worker worker("waits");
            worker.shop.MoveTo(*ParseDate("2026-03-01"));
            by_other = bill(worker, [] {});
        });
        // Long enough for the other to read the account, were it not locked.
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
    });
    other.join();
    EXPECT_EQ(by_one, 1U);
    EXPECT_EQ(by_other, 0U);
    EXPECT_EQ(TheStage().BrokenInvariants("waits"), "");
}

// Somebody else has every connection of the pool while a run begins.
struct Crowd {
    explicit Crowd(Worker& worker) {
        for (std::size_t i = 0; i < worker.pool.most(); ++i) loans.push_back(worker.pool.Borrow());
    }
    std::vector<db::Pool::Loan> loans;
};

TEST(BillingWithoutAConnection, WaitsForOneAndNamesNobody) {
    Stage& stage = TheStage();
    stage.Copy("crowded");
    stage.Copy("roomy");
    Worker roomy("roomy");
    const auto alone = roomy.billing.Run(*ParseDate("2026-02-01"));
    Worker crowded("crowded");
    auto crowd = std::make_unique<Crowd>(crowded);
    std::jthread leaving([&] {
        // Longer than the pool lets anybody wait, several times over.
        std::this_thread::sleep_for(std::chrono::milliseconds(1500));
        crowd.reset();
    });
    const auto report = crowded.billing.Run(*ParseDate("2026-02-01"));
    EXPECT_TRUE(report.failures.empty()) << report.failures.front().reason;
    EXPECT_EQ(report.accounts, alone.accounts);
    EXPECT_EQ(report.invoices, alone.invoices);
    EXPECT_EQ(stage.BrokenInvariants("crowded"), "");
}

// Who never gets one says so, once, rather than of every account; the next run begins where it is.
TEST(BillingWithoutAConnection, EndsTheRunWhenItsPatienceIsOver) {
    Stage& stage = TheStage();
    stage.Copy("locked-out");
    Worker worker("locked-out");
    const auto run = [&] {
        worker.shop.MoveTo(*ParseDate("2026-02-01"));
        return invoices::BillingRun(worker.database, worker.shop, worker.billing.ports())
            .Run(worker.id,
                 {.as_of = *ParseDate("2026-02-01"),
                  .together = 50,
                  .connection_patience = std::chrono::milliseconds(100)},
                 [](const auto&) {});
    };
    {
        const Crowd crowd(worker);
        EXPECT_THROW(run(), db::Unavailable);
    }
    const auto report = run();
    EXPECT_TRUE(report.failures.empty());
    EXPECT_GT(report.invoices, 0U);
    EXPECT_EQ(stage.BrokenInvariants("locked-out"), "");
}

// Somebody else has every connection but one, as a long report does on a host that may have two:
// the run has to do with that one.
class BillingWithOneConnection : public ::testing::Test {
 protected:
    // The accounts as the product lists them: by a query, on a connection.
    struct Listing final : AccountDirectory {
        explicit Listing(Worker& by) : worker(by) {}
        std::vector<Entry> List(const TenantId& tenant, std::int64_t after,
                                std::size_t limit) override {
            const auto loan = worker.pool.Borrow();
            return worker.shop.List(tenant, after, limit);
        }
        Worker& worker;
    };
    // A batch takes longer than the pool lets anybody wait for a connection, several times over.
    struct SlowTaxes final : TaxEngine {
        explicit SlowTaxes(Shop& of) : shop(of) {}
        Result<billing::TaxAnswer> Calculate(const TenantId& tenant,
                                             const billing::TaxQuestion& question) override {
            std::this_thread::sleep_for(std::chrono::milliseconds(25));
            return shop.Calculate(tenant, question);
        }
        Shop& shop;
    };
    static constexpr std::size_t kTogether = 50;

    static void ExpectBilledAsWithAll(Worker& few, AccountDirectory& accounts,
                                      const invoices::BillingPorts& ports,
                                      std::chrono::milliseconds patience) {
        const CivilTime as_of = *ParseDate("2026-02-01");
        Stage& stage = TheStage();
        const std::string all = few.id.value() + "-all";
        stage.Copy(all);
        stage.Copy(few.id.value());
        Worker roomy(all);
        const auto wanted = roomy.billing.Run(as_of, kTogether);
        few.shop.MoveTo(as_of);
        const auto taken = few.pool.Borrow();
        ASSERT_EQ(few.pool.most() - few.pool.in_use(), 1U);
        const auto report =
            invoices::BillingRun(few.database, accounts, ports)
                .Run(few.id,
                     {.as_of = as_of, .together = kTogether, .connection_patience = patience},
                     [](const auto&) {});
        EXPECT_TRUE(report.failures.empty()) << report.failures.front().reason;
        EXPECT_EQ(report.accounts, wanted.accounts);
        EXPECT_GT(report.accounts, 3 * kTogether) << "too few for batches that wait for others";
        const auto state = [&](const Worker& worker) {
            return ReadCanonical(stage.database(), worker.id, worker.shop);
        };
        EXPECT_EQ(state(few).DifferenceTo(state(roomy)), "");
        EXPECT_EQ(stage.BrokenInvariants(few.id.value()), "");
    }
    static void ExpectNoNeedOfPatience(Worker& slow, AccountDirectory& accounts);
};

// Who waits for the connection must not have what its holder needs to give it back: that would be
// over with the patience, and the run with it.
TEST_F(BillingWithOneConnection, BillsEverybodyOnceAndNamesNobody) {
    Worker few("few");
    Listing listing(few);
    ExpectBilledAsWithAll(few, listing, few.billing.ports(), std::chrono::seconds(10));
}

// A run is patient with others. How long its own batches take is no reason to end.
void BillingWithOneConnection::ExpectNoNeedOfPatience(Worker& slow, AccountDirectory& accounts) {
    SlowTaxes taxes(slow.shop);
    const invoices::BillingPorts& fast = slow.billing.ports();
    const invoices::BillingPorts ports{fast.catalogs, fast.profiles, fast.timelines, taxes,
                                       fast.ledger,   fast.books,    fast.rates,     fast.ids};
    ExpectBilledAsWithAll(slow, accounts, ports, std::chrono::milliseconds(1));
}

TEST_F(BillingWithOneConnection, HasTimeToListWhileABatchIsDone) {
    Worker slow("slow-listed");
    Listing listing(slow);
    ExpectNoNeedOfPatience(slow, listing);
}

// The next batch was listed while there was a connection, and finds none to be read by.
TEST_F(BillingWithOneConnection, HasTimeToReadWhileABatchIsDone) {
    Worker slow("slow-read");
    ExpectNoNeedOfPatience(slow, slow.shop);
}

}  // namespace
}  // namespace livery::kills
