// What stands between an edited catalog and a wrong invoice, as the billing run meets it: first the
// record of what was sold, then, where that says nothing, the net in the run.
#include <chrono>
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "app/use_log.h"
#include "config/yaml_document.h"
#include "domain/agreement_changes.h"
#include "mariadb_storage.h"
#include "settings/catalog_reader.h"
#include "world.h"

namespace livery::golden {
namespace {

const Currency kEuro = *Currency::Parse("EUR");
CivilTime At(const char* iso) { return *ParseCivilTime(iso); }

billing::Catalog Catalog(const std::string& seat, const std::string& extra) {
    config::Problems problems;
    const auto node = config::ParseYaml(
        "products: {service: {name: Service}, other: {name: Other}, extra: {name: Extra, addon_to: "
        "[service]}}\nplans:\n  seat: {product: service, name: Seat, " +
            seat +
            "}\n  film: {product: other, name: Film, recurring: \"10.00\"}\n  extra: "
            "{product: extra, name: Extra, " +
            extra + "}\n",
        "catalog.yaml", problems);
    auto catalog = catalog::ReadCatalog(*node, config::Reader("catalog.yaml", problems), kEuro);
    EXPECT_EQ(problems.ToString(), "");
    return catalog;
}
const std::string kSeat = "recurring: \"30.00\"";
const std::string kExtra = "recurring: \"3.00\"";

// In memory, and on MariaDB, where a run loads only what it thinks it needs.
class AnEditedCatalog : public testing::TestWithParam<bool> {
 protected:
    static std::unique_ptr<Storage> NewStorage() {
        static MariadbServer server;
        return GetParam() ? server.NewTenant() : nullptr;
    }
    AccountId Account(const char* name) { return world_.FindAccount(name)->profile.account; }
    SubscriptionId Begin(const char* account, const char* plan,
                         std::optional<SubscriptionId> base = std::nullopt) {
        SubscriptionId made;
        const auto done = world_.Transact([&](db::Transaction& tx) -> Result<void> {
            made = LIVERY_TRY(world_.desk().Subscribe(
                tx, Account(account), {plan, Decimal(1), kEuro, "", base, std::nullopt},
                world_.now()));
            return world_.BillAccount(tx, Account(account));
        });
        EXPECT_TRUE(done.has_value());
        return made;
    }
    void MoveDay(const char* account, SubscriptionId id, int day) {
        const auto done = world_.Transact([&](db::Transaction& tx) {
            return world_.desk().Change(
                tx, Account(account), id,
                [&](subscriptions::Agreement agreement, const billing::Catalog& catalog) {
                    return subscriptions::MoveBillingDay(std::move(agreement), catalog, day,
                                                         world_.now());
                });
        });
        EXPECT_TRUE(done.has_value());
    }
    // As in a database in which it was not recorded yet what is sold.
    void Forget() {
        constexpr db::Statement kForget{"test.forget",
                                        "DELETE FROM catalog_used WHERE tenant_id = :tenant"};
        world_.store().state().used.clear();
        if (!GetParam()) return;
        (void)world_.Transact([&](db::Transaction& tx) -> Result<void> {
            tx.Execute(kForget, {});
            return {};
        });
    }
    // "" or why nothing was kept of the run.
    std::string Run(const std::function<Result<void>(db::Transaction&)>& work) {
        try {
            const auto done = world_.Transact(work);
            return done ? "" : done.error().message;
        } catch (const std::exception& error) {
            return error.what();
        }
    }
    std::string Together() {
        return Run([&](db::Transaction& tx) {
            return GetParam() ? world_.BillTogether(tx) : world_.BillAll(tx);
        });
    }

    static std::map<std::string, AccountSetup> Accounts() {
        std::map<std::string, AccountSetup> accounts;
        for (const char* name : {"ann", "bob"})
            accounts.emplace(name, AccountSetup{name, kEuro, {}, ""});
        return accounts;
    }
    World world_{
        {kEuro, "UTC", std::nullopt, false}, Catalog(kSeat, kExtra), {}, Accounts(), NewStorage()};
};

TEST_P(AnEditedCatalog, HoldsUpThoseWhoHaveWhatWasEditedAndNobodyElse) {
    world_.MoveTo(At("2026-01-01"));
    Begin("ann", "seat");
    Begin("bob", "film");
    world_.MoveTo(At("2026-02-01"));
    world_.Set(Catalog("recurring: \"40.00\"", kExtra));
    EXPECT_NE(Together().find("plans.seat.recurring.EUR: was sold as `30` and is `40` now"),
              std::string::npos);
    const std::size_t before = world_.Finalized().size();
    EXPECT_EQ(Run([&](db::Transaction& tx) { return world_.BillAccount(tx, Account("bob")); }), "");
    EXPECT_EQ(world_.Finalized().size(), before + 1);
    EXPECT_NE(Run([&](db::Transaction& tx) { return world_.BillAccount(tx, Account("ann")); }), "");
    EXPECT_EQ(world_.Finalized().size(), before + 1);
    world_.Set(Catalog(kSeat, kExtra));
    EXPECT_EQ(Together(), "");
    EXPECT_EQ(world_.Finalized().size(), before + 2);
}

TEST_P(AnEditedCatalog, IsFoundOutAlsoByWhoSells) {
    world_.MoveTo(At("2026-01-01"));
    Begin("ann", "seat");
    world_.Set(Catalog("recurring: \"40.00\"", kExtra));
    EXPECT_NE(Run([&](db::Transaction& tx) -> Result<void> {
                  LIVERY_TRY(world_.desk().Subscribe(
                      tx, Account("bob"), {"seat", Decimal(1), kEuro, "", {}, {}}, world_.now()));
                  return {};
              }),
              "");
    EXPECT_EQ(world_.store().state().agreements.size(), 1U);
}

TEST_P(AnEditedCatalog, WithoutAPlanThatSomebodyHasIsRefusedWhetherItsSaleWasRecordedOrNot) {
    world_.MoveTo(At("2026-01-01"));
    Begin("ann", "seat");
    Forget();
    billing::Catalog without = Catalog(kSeat, kExtra);
    without.plans.erase("seat");
    world_.Set(std::move(without));
    EXPECT_NE(Together().find("plans.seat: is sold"), std::string::npos);
}

// By quarters from February on: the charge of March would be given back, that of February not.
TEST_P(AnEditedCatalog, ThatMovesEverybodyBackInTimeChargesNoMonthTwice) {
    world_.MoveTo(At("2026-01-01"));
    Begin("ann", "seat");
    for (const char* day : {"2026-02-01", "2026-03-01"}) {
        world_.MoveTo(At(day));
        EXPECT_EQ(Together(), "");
    }
    world_.MoveTo(At("2026-03-10"));
    Begin("ann", "film");
    const std::size_t before = world_.Finalized().size();
    Forget();
    world_.Set(
        Catalog("recurring: \"30.00\", versions: [{effective_from: 2026-01-15, frequency: "
                "quarter, recurring: \"90.00\", migrate_existing: true}]",
                kExtra));
    world_.MoveTo(At("2026-03-11"));
    EXPECT_NE(Together().find("would be charged twice for 2026-02-01"), std::string::npos);
    EXPECT_EQ(world_.Finalized().size(), before);
}

// Its base's day had moved to the 15th. 15 February to 15 March would be a period, of which the
// line that charged February is no longer looked at.
TEST_P(AnEditedCatalog, ThatAlignsAnAddonBackInTimeChargesNoDayTwice) {
    world_.MoveTo(At("2026-01-01"));
    // What is paid is loaded only as long as its periods last.
    EXPECT_EQ(Run([&](db::Transaction& tx) -> Result<void> {
                  LIVERY_TRY(world_.receivables().GrantCredit(
                      tx, Account("ann"), Money(100'000, kEuro), "credit", world_.now()));
                  return {};
              }),
              "");
    const SubscriptionId base = Begin("ann", "seat");
    Begin("ann", "extra", base);
    MoveDay("ann", base, 15);
    for (const char* day : {"2026-02-01", "2026-02-15", "2026-03-01"}) {
        world_.MoveTo(At(day));
        EXPECT_EQ(Together(), "");
    }
    world_.MoveTo(At("2026-03-10"));
    Begin("ann", "film");
    Forget();
    world_.Set(Catalog(kSeat, "recurring: \"3.00\", align: bundle"));
    for (const char* day : {"2026-03-12", "2026-03-15", "2026-04-01", "2026-04-15"}) {
        world_.MoveTo(At(day));
        const std::string reason = Together();
        if (reason.empty()) continue;
        EXPECT_NE(reason.find("would be charged twice"), std::string::npos) << reason;
        break;
    }
    // However it went on, no day of the add-on is on two lines.
    for (const auto& [account, book] : world_.store().state().books) {
        const auto billed = book.Billed(std::nullopt);
        for (const auto& a : billed) {
            for (const auto& b : billed) {
                if (a.line.id == b.line.id || a.line.subscription != b.line.subscription) continue;
                for (const Span& mine : a.LiveSpans()) {
                    for (const Span& other : b.LiveSpans())
                        EXPECT_TRUE(Intersect(mine, other).IsEmpty())
                            << ToIso(mine.from) << " " << ToIso(other.from);
                }
            }
        }
    }
}

// Two hosts with files of their own: one sells a version, the other the one that would hold in its
// place. Neither file contradicts what it finds; both together would contradict every file.
TEST(TwoHosts, WithDifferentFilesDoNotSellWhatNoFileFits) {
    MariadbServer server;
    const auto storage = server.NewTenant();
    const Date today = *ParseDate("2026-03-10");
    const billing::Catalog old_file = Catalog(kSeat, kExtra);
    const billing::Catalog new_file =
        Catalog(kSeat + ", versions: [{effective_from: 2026-03-05, recurring: \"40.00\"}]", kExtra);
    const std::vector<billing::Sold> seat{{"seat", today, kEuro}};
    std::promise<void> both_read;
    std::promise<void> sold;
    std::string refusal;
    std::thread other;
    storage->Transact([&](db::Transaction& tx) {
        other = std::thread([&] {
            try {
                storage->Transact([&](db::Transaction& second) {
                    EXPECT_TRUE(storage->used().All(second).empty());
                    both_read.set_value();
                    sold.get_future().wait();
                    catalog::NoteUse(storage->used(), second, new_file, seat, today);
                });
            } catch (const std::exception& error) {
                refusal = error.what();
            }
        });
        both_read.get_future().wait();
        catalog::NoteUse(storage->used(), tx, old_file, seat, today);
        sold.set_value();
        // It must not wait for us and then find nothing: it has time to come as far as it can.
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
    });
    other.join();
    EXPECT_NE(refusal.find("plans.seat.versions[0].effective_from: 2026-03-05 lies in time"),
              std::string::npos)
        << refusal;
    storage->Transact([&](db::Transaction& tx) {
        const auto kept = storage->used().All(tx);
        EXPECT_TRUE(catalog::ObjectionsTo(old_file, kept).empty());
    });
}

INSTANTIATE_TEST_SUITE_P(Kept, AnEditedCatalog, testing::Bool(),
                         [](const auto& kept) { return kept.param ? "OnMariadb" : "InMemory"; });

}  // namespace
}  // namespace livery::golden
