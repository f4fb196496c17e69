#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include <livery/db/database.h>
#include <livery/ports/account_directory.h>
#include <livery/ports/billing.h>

#include "domain/tax_rules.h"
#include "storage/book_store.h"

namespace livery::subscriptions {
class AgreementDesk;
}

namespace livery::bench {

inline const TenantId kTenant("bench");

class CountingIds final : public IdSource {
 public:
    Uuid Next() override { return MakeUuidV7(++count_, {}); }

 private:
    std::atomic<std::uint64_t> count_ = 0;
};

// A tenant with accounts that need no tables.
class BenchTenant final : public CatalogSource,
                          public BillingProfiles,
                          public TaxEngine,
                          public invoices::ReportRates,
                          public AccountDirectory {
 public:
    explicit BenchTenant(std::size_t accounts);
    std::shared_ptr<const billing::Catalog> Of(const TenantId&) override { return catalog_; }
    Result<BillingProfile> Of(db::Transaction&, AccountId account) override {
        return ProfileOf(account);
    }
    std::vector<BillingProfile> OfRange(db::Transaction&, AccountId first, AccountId last) override;
    Result<billing::TaxAnswer> Calculate(const TenantId&,
                                         const billing::TaxQuestion& question) override {
        return taxes::Calculate(rules_, catalog_->policies, question);
    }
    std::optional<invoices::ReportRate> RateOf(db::Transaction&, Currency) override { return {}; }
    std::vector<Entry> List(const TenantId&, std::int64_t after, std::size_t limit) override;
    const std::vector<AccountId>& accounts() const { return accounts_; }
    CountingIds ids;

 private:
    static BillingProfile ProfileOf(AccountId account) {
        BillingProfile profile;
        profile.account = account;
        return profile;
    }
    std::shared_ptr<const billing::Catalog> catalog_;
    taxes::TaxRules rules_;
    std::vector<AccountId> accounts_;
};

// Every account has a base and two add-ons from `start` on: the desk sells them to the first one,
// and the others get rows like its own, many at a time.
void Sell(db::Database& database, BenchTenant& tenant, subscriptions::AgreementDesk& desk,
          CivilTime start);

}  // namespace livery::bench
