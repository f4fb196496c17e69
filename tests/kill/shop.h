#pragma once

#include <memory>
#include <string>
#include <vector>

#include <livery/ports/account_directory.h>
#include <livery/ports/billing.h>

#include "domain/tax_rules.h"
#include "storage/book_store.h"

namespace livery::kills {

// What becomes of an account: each kind of work that a billing run does, once a round.
enum class Shape {
    kAdvance,        // paid in part before the run
    kArrear,         // charged when the period is over
    kBundle,         // a base and two add-ons
    kCoupon,         // a quarter off three invoices, of a base with an add-on
    kPartPeriod,     // its first period is a part, up to the account's billing day
    kParent,         // pays for the two after it, in some rounds out of its credit
    kChild,          // on the parent's draft of the day
    kChildInArrear,  // the same, at another time
    kUpgrade,        // a dearer plan after it was billed: repaired
    kDowngrade,      // a cheaper plan, from the end of the period
    kCredit,         // its credit pays some months
    kTaxesLater,     // its documents wait until its VAT id is found valid
    kUsage,          // pays what it used
    kPause,          // without an end: given back when the period is over
    kCancelled,      // after it was billed: a credit note
    kTrial,          // free, then a one-time price and a recurring one
    kAmountOff,      // so much off each invoice, billed every week
    kDollars,        // another currency, with a rate to the one of the reports
};
constexpr int kShapes = 18;

// The tenant whose billing runs are killed: what it sells and to whom follows from how many
// subscriptions there are to be, so every process knows it alike. Needs no tables of its own.
// Thread: any, but MoveTo.
class Shop final : public CatalogSource,
                   public BillingProfiles,
                   public TaxEngine,
                   public invoices::ReportRates,
                   public AccountDirectory {
 public:
    // Whole rounds, until there are at least so many subscriptions.
    explicit Shop(int subscriptions);

    // Until March nobody can say whether a VAT id is valid.
    void MoveTo(CivilTime now) { now_ = now; }

    std::size_t accounts() const { return accounts_; }
    int subscriptions() const;
    AccountId At(std::size_t account) const;
    static Shape ShapeOf(std::size_t account) { return static_cast<Shape>(account % kShapes); }
    static std::size_t RoundOf(std::size_t account) { return account / kShapes; }

    std::shared_ptr<const billing::Catalog> Of(const TenantId&) override { return catalog_; }
    Result<BillingProfile> Of(db::Transaction&, AccountId account) override;
    std::vector<BillingProfile> OfRange(db::Transaction&, AccountId first, AccountId last) override;
    Result<billing::TaxAnswer> Calculate(const TenantId&,
                                         const billing::TaxQuestion& question) override;
    std::optional<invoices::ReportRate> RateOf(db::Transaction&, Currency currency) override;
    std::vector<Entry> List(const TenantId&, std::int64_t after, std::size_t limit) override;

 private:
    BillingProfile ProfileOf(std::size_t account) const;

    std::size_t accounts_;
    CivilTime now_{};
    std::shared_ptr<const billing::Catalog> catalog_;
    taxes::TaxRules rules_;
};

}  // namespace livery::kills
