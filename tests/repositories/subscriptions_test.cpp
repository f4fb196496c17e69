#include <filesystem>

#include <gtest/gtest.h>

#include "app/subscriber_changes.h"
#include "db/testing/private_server.h"
#include "storage/agreement_repository.h"

namespace livery::subscriptions {
namespace {

const Currency kEuro = *Currency::Parse("EUR");
const AccountId kAnn(MakeUuidV7(1, {}));
const AccountId kBob(MakeUuidV7(2, {}));

CivilTime At(const char* iso) { return *ParseCivilTime(iso); }

class Shop final : public CatalogSource {
 public:
    Shop() {
        catalog_->products["net"] = {"net", "Net", "standard", {}};
        catalog_->products["extra"] = {"extra", "Extra", "standard", {"net"}};
        Sell("basic", "net", 1000);
        Sell("pro", "net", 3000);
        Sell("secret", "net", 4000).listed = false;
        Sell("staff", "net", 5000).account_classes = {"employee"};
        Sell("more", "extra", 300);
    }
    std::shared_ptr<const billing::Catalog> Of(const TenantId&) override { return catalog_; }
    billing::Policies& policies() { return catalog_->policies; }
    void Lose(const char* plan) { catalog_->plans.erase(plan); }

 private:
    billing::Plan& Sell(const char* id, const char* product, std::int64_t cents) {
        billing::PlanVersion version;
        version.phases.push_back(
            {billing::PhaseKind::kEvergreen, std::nullopt, {{kEuro, Decimal(cents, 2)}}, {}, {}});
        return catalog_->plans[id] = {id, product, std::string(id) + " plan", {version}, {},
                                      {}, {}};
    }
    std::shared_ptr<billing::Catalog> catalog_ = std::make_shared<billing::Catalog>();
};

class Anybody final : public BillingProfiles {
 public:
    Result<BillingProfile> Of(db::Transaction&, AccountId account) override {
        BillingProfile profile;
        profile.account = account;
        return profile;
    }
    std::vector<BillingProfile> OfRange(db::Transaction&, AccountId, AccountId) override {
        return {};
    }
};

class CountedIds final : public IdSource {
 public:
    Uuid Next() override { return MakeUuidV7(++last_, {}); }

 private:
    std::uint64_t last_ = 100;
};

class Subscriber : public testing::Test {
 protected:
    static db::Database& Database() {
        static db::testing::PrivateServer server({"db"}, 2);
        static const bool migrated = [] {
            db::Migrator(server.embedded.endpoint())
                .Apply(
                    db::ReadMigrations({{"subscriptions", std::filesystem::path(LIVERY_SOURCE_DIR) /
                                                              "plugins/subscriptions/migrations"}}),
                    [](const db::Migration&) {});
            return true;
        }();
        EXPECT_TRUE(migrated);
        return server.database;
    }
    // Each test is a tenant of its own.
    void In(const std::function<void(db::Transaction&)>& work) {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        Database().Transact(TenantId(std::string("t") + std::to_string(test->line())), work);
    }
    SubscriptionId Begun(db::Transaction& tx, AccountId account, const char* plan,
                         std::optional<SubscriptionId> base = std::nullopt) {
        const auto begun = desk_.Subscribe(
            tx, account, {plan, Decimal(1), kEuro, "Loft", base, std::nullopt}, At("2027-01-01"));
        EXPECT_TRUE(begun.has_value());
        return *begun;
    }
    // What came of it: "", or why not.
    template <class What>
    std::string Change(db::Transaction& tx, AccountId account, SubscriptionId id, What what) {
        const auto done = changes_.Change(tx, account, id, {std::move(what)}, At("2027-01-10"));
        return done ? "" : WhyOf(done.error());
    }
    static std::string WhyOf(const Error& error) {
        return error.fields.empty() ? error.message : error.fields.front().message;
    }
    SubscriptionChoices Choices(db::Transaction& tx, SubscriptionId id) {
        return *changes_.ChoicesOf(tx, kAnn, id, At("2027-01-10"));
    }

    Shop shop_;
    Anybody anybody_;
    CountedIds ids_;
    AgreementRepository store_{ids_};
    AgreementDesk desk_{shop_, anybody_, store_, ids_};
    SubscriberChanges changes_{desk_, shop_, anybody_};
    using Asked = SubscriptionChange;
};

TEST_F(Subscriber, ChoosesFromWhatIsThere) {
    In([&](db::Transaction& tx) {
        const SubscriptionId id = Begun(tx, kAnn, "basic");
        const auto choices = Choices(tx, id);
        EXPECT_EQ(choices.plan_name, "basic plan");
        EXPECT_EQ(choices.product_name, "Net");
        EXPECT_EQ(choices.site, "Loft");
        EXPECT_EQ(choices.state, "active");
        EXPECT_EQ(choices.term_ends_at, At("2027-02-01"));
        ASSERT_EQ(choices.plans.size(), 1U);
        EXPECT_EQ(choices.plans[0].plan, "pro");
        EXPECT_EQ(choices.plans[0].pricing.unit_price, Decimal(30));
        EXPECT_TRUE(choices.plans[0].is_immediate);
        ASSERT_EQ(choices.addons.size(), 1U);
        EXPECT_EQ(choices.addons[0].product_name, "Extra");
        EXPECT_EQ(Change(tx, kAnn, id, Asked::Plan{"pro", Decimal(2)}), "");
        EXPECT_EQ(Choices(tx, id).plan, "pro");
        EXPECT_EQ(Choices(tx, id).quantity, Decimal(2));
    });
}

TEST_F(Subscriber, APlanThatIsNotOfferedIsRefusedByNameToo) {
    In([&](db::Transaction& tx) {
        const SubscriptionId id = Begun(tx, kAnn, "basic");
        EXPECT_EQ(Change(tx, kAnn, id, Asked::Plan{"secret", {}}), "error.not_for_this_account");
        EXPECT_EQ(Change(tx, kAnn, id, Asked::Plan{"staff", {}}), "error.not_for_this_account");
        EXPECT_EQ(Change(tx, kAnn, id, Asked::Plan{"gone", {}}), "error.no_such_plan");
        EXPECT_EQ(Choices(tx, id).plan, "basic");
    });
}

TEST_F(Subscriber, IsToldWhatWouldStandInTheWayOfALaterDayAndNothingBegins) {
    In([&](db::Transaction& tx) {
        const auto base = Begun(tx, kAnn, "basic");
        EXPECT_EQ(Change(tx, kAnn, base, Asked::Cancel{false, "", At("2027-03-10")}), "");
        EXPECT_EQ(store_.Find(tx, base)->ends_at, At("2027-03-10"));
        const auto why = [&](const char* plan, std::optional<SubscriptionId> to, const char* day) {
            const auto done =
                desk_.Check(tx, kAnn, {plan, Decimal(1), kEuro, "", to, std::nullopt}, At(day));
            return done ? "" : WhyOf(done.error());
        };
        EXPECT_EQ(why("basic", std::nullopt, "2027-04-01"), "");
        EXPECT_EQ(why("gone", std::nullopt, "2027-04-01"), "error.no_such_plan");
        EXPECT_EQ(why("more", base, "2027-03-01"), "");
        EXPECT_EQ(why("more", base, "2027-04-01"), "error.base_not_active") << "it is over then";
        EXPECT_EQ(store_.OfAccount(tx, kAnn).size(), 1U);
    });
}

// An order, its preview and the API say this day; it is the one of the change that is pending.
TEST_F(Subscriber, IsToldTheDayOnWhichAChangeTakesEffect) {
    shop_.policies().day_of_change = billing::Policies::DayOfChange::kOld;
    In([&](db::Transaction& tx) {
        const auto told = [&](SubscriptionId id, decltype(SubscriptionChange::what) what) {
            const auto done = changes_.Change(tx, kAnn, id, {std::move(what)}, At("2027-01-10"));
            return done ? ToIso(done->effective_at) + " " + done->quantity.ToString()
                        : WhyOf(done.error());
        };
        const SubscriptionId id = Begun(tx, kAnn, "basic");
        EXPECT_EQ(told(id, Asked::Quantity{Decimal(2)}), "2027-01-11 2");
        EXPECT_EQ(told(id, Asked::Plan{"pro", {}, At("2027-01-15")}), "2027-01-16 2");
        EXPECT_EQ(store_.Find(tx, id)->choices.back().from, At("2027-01-16"));
        EXPECT_EQ(told(id, Asked::Plan{"pro", {}}), "2027-01-11 2");
        EXPECT_EQ(told(id, Asked::BillingDay{15}), "2027-01-11 2") << "with the plan";
        EXPECT_EQ(told(id, Asked::Cancel{false, ""}), "2027-02-01 2");
        EXPECT_EQ(told(id, Asked::WithdrawCancel{}), "2027-01-10 1");
    });
}

// The file lost it after it was read: neither it nor its add-on can be told of.
TEST_F(Subscriber, OfAPlanThatIsGoneIsRefusedAsTheCatalogIs) {
    In([&](db::Transaction& tx) {
        const SubscriptionId id = Begun(tx, kAnn, "basic");
        const SubscriptionId addon = Begun(tx, kAnn, "more", id);
        shop_.Lose("basic");
        EXPECT_THROW(Choices(tx, id), CatalogRewritesPast);
        EXPECT_THROW(Choices(tx, addon), CatalogRewritesPast);
        EXPECT_THROW(Change(tx, kAnn, addon, Asked::Quantity{Decimal(2)}), CatalogRewritesPast);
    });
}

TEST_F(Subscriber, AnotherAccountsIsNotThere) {
    In([&](db::Transaction& tx) {
        const SubscriptionId id = Begun(tx, kBob, "basic");
        EXPECT_EQ(Change(tx, kAnn, id, Asked::Cancel{true, ""}), "error.not_found");
        EXPECT_EQ(changes_.ChoicesOf(tx, kAnn, id, At("2027-01-10")).error().code,
                  ErrorCode::kNotFound);
        EXPECT_FALSE(store_.Find(tx, id)->ends_at.has_value());
    });
}

TEST_F(Subscriber, PausesCancelsAndComesBackWithTheAddons) {
    In([&](db::Transaction& tx) {
        const SubscriptionId id = Begun(tx, kAnn, "basic");
        const SubscriptionId addon = Begun(tx, kAnn, "more", id);
        EXPECT_EQ(Change(tx, kAnn, id, Asked::Pause{}), "");
        EXPECT_EQ(Choices(tx, addon).state, "paused");
        EXPECT_TRUE(Choices(tx, id).may_resume);
        EXPECT_FALSE(Choices(tx, addon).may_resume);
        EXPECT_EQ(Change(tx, kAnn, id, Asked::Resume{}), "");
        EXPECT_EQ(Change(tx, kAnn, id, Asked::Cancel{false, "moving"}), "");
        EXPECT_EQ(Choices(tx, addon).state, "cancelling");
        EXPECT_FALSE(store_.Find(tx, addon)->ends_at.has_value());
        EXPECT_EQ(store_.Find(tx, id)->end_reason, "moving");
        EXPECT_EQ(Change(tx, kAnn, addon, Asked::WithdrawCancel{}), "error.ends_with_base");
        EXPECT_EQ(Change(tx, kAnn, id, Asked::WithdrawCancel{}), "");
        EXPECT_EQ(Choices(tx, addon).state, "active");
        EXPECT_EQ(Change(tx, kAnn, id, Asked::Quantity{Decimal(3)}), "");
        EXPECT_EQ(Choices(tx, id).quantity, Decimal(3));
        EXPECT_EQ(Change(tx, kAnn, id, Asked::WithdrawChange{}), "error.nothing_pending");
        EXPECT_EQ(Change(tx, kAnn, id, Asked::BillingDay{32}), "error.billing_day");
    });
}

}  // namespace
}  // namespace livery::subscriptions
