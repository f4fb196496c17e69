#include <filesystem>

#include <gtest/gtest.h>

#include "app/account_profiles.h"
#include "config.h"
#include "db/testing/private_server.h"
#include "storage/account_repository.h"
#include "storage/profile_repository.h"

namespace livery::accounts {
namespace {

class OneTenant final : public Tenants {
 public:
    OneTenant() {
        auto tenant = std::make_shared<Tenant>(
            Tenant{TenantId("harbor"), "Harbor", {}, "", {}, "", *Currency::Parse("EUR"), ""});
        tenant->settings["accounts"] = std::make_shared<AccountsConfig>(AccountsConfig{"DE", "HH"});
        tenant_ = tenant;
    }
    std::shared_ptr<const Tenant> Find(const TenantId& id) const override {
        return id == tenant_->id ? tenant_ : nullptr;
    }
    std::vector<std::shared_ptr<const Tenant>> All() const override { return {tenant_}; }

 private:
    std::shared_ptr<const Tenant> tenant_;
};

AccountId Account(std::uint64_t n) { return AccountId(MakeUuidV7(n, {})); }

class Profiles : public testing::Test {
 protected:
    static db::Database& Database() {
        static db::testing::PrivateServer server({"db"}, 2);
        static const bool migrated = [] {
            db::Migrator(server.embedded.endpoint())
                .Apply(db::ReadMigrations({{"accounts", std::filesystem::path(LIVERY_SOURCE_DIR) /
                                                            "plugins/accounts/migrations"}}),
                       [](const db::Migration&) {});
            return true;
        }();
        EXPECT_TRUE(migrated);
        return server.database;
    }
    void In(const std::function<void(db::Transaction&)>& work, const char* tenant = "harbor") {
        Database().Transact(TenantId(tenant), work);
    }

    OneTenant tenants_;
    AccountProfiles profiles_{tenants_};
};

TEST_F(Profiles, AnAccountWithoutAddressesIsWhereTheTenantIs) {
    In([&](db::Transaction& tx) {
        AccountRepository::Insert(tx, Account(1), "Ann Lee", Instant{});
        const auto profile = profiles_.Of(tx, Account(1));
        ASSERT_TRUE(profile.has_value());
        EXPECT_EQ(profile->name, "Ann Lee");
        EXPECT_EQ(profile->place, (billing::Place{"DE", "HH", ""}));
        EXPECT_EQ(profile->customer_class, "consumer");
        EXPECT_EQ(profile->billing_day, 0);
        EXPECT_EQ(profile->vat_id_valid, std::nullopt);
        EXPECT_EQ(profile->paid_by, std::nullopt);
    });
}

TEST_F(Profiles, AllOfItIsReadAsItWasSaved) {
    BillingFacts facts;
    facts.account = Account(11);
    facts.name = "Seeblick GmbH";
    facts.account_class = "hotel";
    facts.billing_day = 31;
    facts.customer_class = "business";
    facts.vat_id = "DE999999999";
    facts.vat_id_valid = false;
    facts.paid_by = Account(10);
    facts.exemptions = {{"DE19", "cert 7", Date(std::chrono::days(20'000))}};
    In([&](db::Transaction& tx) {
        AccountRepository::Insert(tx, Account(11), "Greta", Instant{});
        ASSERT_TRUE(ProfileRepository::Save(tx, facts));
        ASSERT_TRUE(ProfileRepository::Save(tx, facts)) << "a second time replaces";
        const auto profile = profiles_.Of(tx, Account(11));
        ASSERT_TRUE(profile.has_value());
        EXPECT_EQ(profile->name, "Seeblick GmbH");
        EXPECT_EQ(profile->account_class, "hotel");
        EXPECT_EQ(profile->billing_day, 31);
        EXPECT_EQ(profile->customer_class, "business");
        EXPECT_EQ(profile->vat_id, "DE999999999");
        EXPECT_EQ(profile->vat_id_valid, false);
        EXPECT_EQ(profile->paid_by, Account(10));
        ASSERT_EQ(profile->exemptions.size(), 1U);
        EXPECT_EQ(profile->exemptions[0].certificate, "cert 7");
        EXPECT_EQ(profile->exemptions[0].until, Date(std::chrono::days(20'000)));
    });
}

TEST_F(Profiles, TheFirstAddressIsThePlaceAndLabelsAreSites) {
    In([&](db::Transaction& tx) {
        AccountRepository::Insert(tx, Account(21), "Dana", Instant{});
        const auto save = [&](std::uint64_t id, const char* label, const char* region) {
            AccountRepository::Save(tx, Account(21),
                                    Address{AddressId(MakeUuidV7(id, {})), label, "1 Main St", "",
                                            "60602", "Town", "US", region});
        };
        save(2, "Dallas", "TX");
        save(1, "Loop", "IL");
        save(3, "", "NY");
        const auto profile = profiles_.Of(tx, Account(21));
        ASSERT_TRUE(profile.has_value());
        EXPECT_EQ(profile->place, (billing::Place{"US", "IL", "60602"}));
        ASSERT_EQ(profile->sites.size(), 2U);
        EXPECT_EQ(profile->PlaceOf("Dallas").region, "TX");
        EXPECT_EQ(profile->PlaceOf("elsewhere").region, "IL");
    });
}

TEST_F(Profiles, ARangeHasBothItsEndsAndNoOtherTenant) {
    In([&](db::Transaction& tx) {
        for (std::uint64_t n = 31; n <= 34; ++n)
            AccountRepository::Insert(tx, Account(n), std::to_string(n), Instant{});
    });
    In([&](db::Transaction& tx) { AccountRepository::Insert(tx, Account(32), "x", Instant{}); },
       "other");
    In([&](db::Transaction& tx) {
        std::string names;
        for (const auto& profile : profiles_.OfRange(tx, Account(31), Account(33)))
            names += profile.name + " ";
        EXPECT_EQ(names, "31 32 33 ");
        EXPECT_FALSE(profiles_.Of(tx, Account(39)).has_value());
    });
}

TEST_F(Profiles, AccountsAreNamedInOneStatement) {
    In([&](db::Transaction& tx) {
        AccountRepository::Insert(tx, Account(71), "Ann Lee", Instant{});
        AccountRepository::Insert(tx, Account(72), "", Instant{});
        AccountRepository::Save(tx, Account(72),
                                Contact{ContactId(MakeUuidV7(73, {})), "Bo", "bo@example.com", ""});
    });
    In(
        [&](db::Transaction& tx) {
            AccountRepository::Insert(tx, Account(74), "Theirs", Instant{});
        },
        "other");
    const std::map<AccountId, std::string> named{{Account(71), "Ann Lee"}, {Account(72), "Bo"}};
    EXPECT_EQ(AccountRepository::NamesOf(Database(), TenantId("harbor"),
                                         {Account(71), Account(72), Account(71), Account(74)}),
              named);
    EXPECT_TRUE(AccountRepository::NamesOf(Database(), TenantId("harbor"), {}).empty());
}

}  // namespace
}  // namespace livery::accounts
