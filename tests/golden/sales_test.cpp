// Sales through the checkout over the world of the scenarios: what a scenario cannot say, because
// it depends on the clock between two clicks, on a catalog that is refused, or on many orders.
#include <gtest/gtest.h>

#include <livery/json.h>

#include "app/activation.h"
#include "config/yaml_document.h"
#include "mariadb_storage.h"
#include "settings/catalog_reader.h"
#include "world_checkout.h"

namespace livery::golden {
namespace {

const Currency kEuro = *Currency::Parse("EUR");
CivilTime At(const char* iso) { return *ParseCivilTime(iso); }

billing::Catalog Catalog(const std::string& seat_price) {
    config::Problems problems;
    const auto node = config::ParseYaml(
        "products: {service: {name: Service}}\nplans:\n"
        "  seat: {product: service, name: Seat, recurring: \"" +
            seat_price +
            "\"}\n  film: {product: service, name: Film, recurring: \"10.00\"}\n"
            "  gold: {product: service, name: Gold, recurring: \"70.00\", "
            "account_classes: [gold]}\n"
            "changes: [{from: film, to: seat, proration: none}]\n",
        "catalog.yaml", problems);
    auto catalog = catalog::ReadCatalog(*node, config::Reader("catalog.yaml", problems), kEuro);
    EXPECT_EQ(problems.ToString(), "");
    return catalog;
}

class Sales : public testing::Test {
 protected:
    static std::unique_ptr<Storage> NewStorage() {
        static MariadbServer server;
        return server.NewTenant();
    }
    static std::map<std::string, AccountSetup> Accounts() {
        std::map<std::string, AccountSetup> accounts;
        for (const char* name : {"ann", "bob"})
            accounts.emplace(name, AccountSetup{name, kEuro, {}, ""});
        return accounts;
    }
    AccountId Account(const char* name) { return world_.FindAccount(name)->profile.account; }
    // "" or the text key of what stood in the way.
    std::string Buy(const char* account, const char* plan) {
        std::string why;
        (void)world_.Transact([&](db::Transaction& tx) -> Result<void> {
            const orders::Purchase purchase{.currency = kEuro, .plan = plan};
            const auto done =
                checkout_.Carry(tx, Account(account), purchase, {"subscriber", ""}, world_.now());
            if (done) return {};
            why = done.error().message;
            return done.error();
        });
        return why;
    }
    std::vector<subscriptions::Agreement> Of(const char* account) {
        std::vector<subscriptions::Agreement> found;
        for (auto& agreement : world_.Agreements()) {
            if (agreement.account == Account(account)) found.push_back(agreement);
        }
        return found;
    }

    World world_{
        {kEuro, "UTC", std::nullopt, true}, Catalog("30.00"), {}, Accounts(), NewStorage()};
    Tenant tenant_{.id = TenantId("golden"), .currency = kEuro};
    WorldDatabase database_{world_};
    WorldTime time_{world_};
    WorldInvoicing invoicing_{world_};
    CountingIds ids_;
    subscriptions::SubscriberChanges changes_{world_.desk(), world_, world_};
    NoLog log_;
    orders::Checkout checkout_{
        {database_, time_, world_.orders(), changes_, invoicing_, ids_, log_}};
};

TEST_F(Sales, AreRefusedInWordsWhereTheCatalogContradictsWhatTheyTouch) {
    world_.MoveTo(At("2026-03-01"));
    EXPECT_EQ(Buy("ann", "seat"), "");
    world_.Set(Catalog("40.00"));
    EXPECT_EQ(Buy("ann", "film"), "error.catalog_refused");
    EXPECT_EQ(Buy("bob", "seat"), "error.catalog_refused");
    EXPECT_EQ(Buy("bob", "film"), "");
    const auto preview = checkout_.Preview(tenant_, Account("bob"),
                                           orders::Purchase{.currency = kEuro, .plan = "seat"});
    ASSERT_FALSE(preview);
    EXPECT_EQ(preview.error().code, ErrorCode::kUnavailable);
    EXPECT_EQ(preview.error().message, "error.catalog_refused");
    EXPECT_EQ(Of("bob").size(), 1U);
}

TEST_F(Sales, ForADayThatHasComeWhenTheyAreConfirmedBeginOnIt) {
    world_.MoveTo(At("2026-03-09T23:55:00"));
    orders::Purchase purchase{.currency = kEuro, .plan = "film"};
    purchase.begins_on = ParseDate("2026-03-10");
    const auto quote = checkout_.Preview(tenant_, Account("ann"), purchase);
    ASSERT_TRUE(quote) << quote.error().message;
    // Midnight, and with it what the day brings, is over.
    world_.MoveTo(At("2026-03-10T00:04:00"));
    const auto kept =
        checkout_.Confirm(tenant_, Account("ann"), purchase, quote->token, {"subscriber", ""});
    ASSERT_TRUE(kept) << kept.error().message;
    ASSERT_TRUE(kept->subscription);
    ASSERT_EQ(Of("ann").size(), 1U);
    EXPECT_EQ(Of("ann").front().started_at, At("2026-03-10"));
    ASSERT_EQ(world_.Finalized().size(), 1U);
    EXPECT_EQ(world_.FindDocument(world_.Finalized().front())->Total(), Money(1000, kEuro));
    EXPECT_EQ(world_.store().FindOrder(*kept->order)->status, orders::OrderStatus::kBillingActive);
    const auto again =
        checkout_.Confirm(tenant_, Account("ann"), purchase, quote->token, {"subscriber", ""});
    EXPECT_EQ(again->subscription, kept->subscription);
}

// Nothing is prorated, so nothing is charged by it: it is the next period's price that was shown.
TEST_F(Sales, ThatChargeNothingYetBindToThePriceThatWillBe) {
    world_.MoveTo(At("2026-03-01"));
    ASSERT_EQ(Buy("ann", "film"), "");
    world_.MoveTo(At("2026-03-11"));
    const orders::ChangeOf change{Of("ann").front().id, {SubscriptionChange::Plan{"seat"}}};
    const auto quote = checkout_.Preview(tenant_, Account("ann"), change);
    ASSERT_TRUE(quote) << quote.error().message;
    world_.Set(Catalog("90.00"));
    const auto kept =
        checkout_.Confirm(tenant_, Account("ann"), change, quote->token, {"subscriber", ""});
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().message, "error.price_changed");
    EXPECT_EQ(Of("ann").front().choices.size(), 1U);
}

TEST_F(Sales, OfAChangeWhoseDayHasComeWhenItIsConfirmedAreChargedAtOnce) {
    world_.MoveTo(At("2026-03-01"));
    ASSERT_EQ(Buy("ann", "seat"), "");
    world_.MoveTo(At("2026-03-15T23:55:00"));
    orders::ChangeOf change{Of("ann").front().id, {SubscriptionChange::Plan{"film"}}};
    std::get<SubscriptionChange::Plan>(change.change.what).on = At("2026-03-16");
    const auto quote = checkout_.Preview(tenant_, Account("ann"), change);
    ASSERT_TRUE(quote) << quote.error().message;
    world_.MoveTo(At("2026-03-16T00:04:00"));
    const auto before = world_.Finalized().size();
    const auto kept =
        checkout_.Confirm(tenant_, Account("ann"), change, quote->token, {"subscriber", ""});
    ASSERT_TRUE(kept) << kept.error().message;
    // 16 of 31 days: 5.16 for the one, 15.48 back of the other.
    ASSERT_EQ(world_.Finalized().size(), before + 1);
    EXPECT_EQ(world_.FindDocument(world_.Finalized().back())->Total(), Money(-1032, kEuro));
}

TEST_F(Sales, ThatAreRefusedEveryDayKeepNoOtherFromBeginning) {
    world_.FindAccount("ann")->profile.account_class = "gold";
    world_.MoveTo(At("2026-03-01"));
    const auto order = [&](const char* account, const char* plan, const char* day) {
        return world_.Transact([&](db::Transaction& tx) -> Result<void> {
            const orders::OrderRequest wanted{
                "", {"subscriber", ""}, kEuro, At(day), {{plan, Decimal(1), ""}}};
            LIVERY_TRY(world_.orders().Place(tx, Account(account), wanted, world_.now()));
            return {};
        });
    };
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(order("ann", "gold", "2026-03-05"));
    ASSERT_TRUE(order("bob", "film", "2026-03-05"));
    ASSERT_TRUE(order("bob", "film", "2026-03-06"));
    world_.FindAccount("ann")->profile.account_class = "";
    const auto outcome = nlohmann::json::parse(
        orders::ActivateDue(database_, tenant_, world_.orders(), At("2026-03-06"), 2));
    EXPECT_EQ(outcome["activated"], 2);
    EXPECT_EQ(outcome["refused"].size(), 3U);
    EXPECT_EQ(Of("bob").size(), 2U);
}

}  // namespace
}  // namespace livery::golden
