#pragma once

#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <livery/billing/catalog.h>
#include <livery/billing/journal.h>
#include <livery/billing/tax.h>
#include <livery/billing/timeline.h>
#include <livery/db/database.h>
#include <livery/result.h>

namespace livery {

// The ports through which the plugins of billing meet. All are called inside a transaction of the
// caller and read or write in it; none commits. Thread: any.

// A catalog says something else of what was sold than it was sold as: nothing may be charged by it
// for who has that.
struct CatalogRewritesPast : std::runtime_error {
    using std::runtime_error::runtime_error;
    ~CatalogRewritesPast() override;
};

// What a tenant sells. Provided by `catalog`.
class CatalogSource {
 public:
    static constexpr std::string_view kPortId = "livery.catalog/2";
    virtual ~CatalogSource();
    // The catalog that holds now; the caller keeps it for the length of one use case.
    virtual std::shared_ptr<const billing::Catalog> Of(const TenantId& tenant) = 0;

    // Whoever sells plans, or charges for them, says so: what was sold is held to from then on, and
    // a catalog that says otherwise of it is refused. Throws CatalogRewritesPast when `catalog`
    // does. A source whose catalog never changes need not remember.
    virtual void NoteUse(db::Transaction& tx, const billing::Catalog& catalog,
                         const std::vector<billing::Sold>& sold, Date today);
};

// Who an account is to billing. Provided by `accounts`.
struct BillingProfile {
    AccountId account;
    std::optional<AccountId> paid_by;  // the parent that pays its invoices
    std::string name;
    std::string account_class;  // what plans it may have
    int billing_day = 0;        // 0 = none
    billing::Place place;
    // What else an address says on paper; `place` has the rest of it.
    std::string line1;
    std::string line2;
    std::string city;
    std::map<std::string, billing::Place> sites;
    std::string customer_class;  // for taxes
    std::string vat_id;
    std::optional<bool> vat_id_valid;
    std::vector<billing::TaxQuestion::Exemption> exemptions;

    const billing::Place& PlaceOf(const std::string& site) const {
        const auto found = sites.find(site);
        return found == sites.end() ? place : found->second;
    }
};

class BillingProfiles {
 public:
    static constexpr std::string_view kPortId = "livery.billing_profiles/1";
    virtual ~BillingProfiles();
    virtual Result<BillingProfile> Of(db::Transaction& tx, AccountId account) = 0;
    // Those of a range of ids, both ends included.
    virtual std::vector<BillingProfile> OfRange(db::Transaction& tx, AccountId first,
                                                AccountId last) = 0;
};

// What an account's subscriptions are to be charged for. Provided by `subscriptions`.
class SubscriptionTimelines {
 public:
    static constexpr std::string_view kPortId = "livery.subscription_timelines/2";
    virtual ~SubscriptionTimelines();
    virtual std::vector<billing::Timeline> Of(db::Transaction& tx, AccountId account,
                                              CivilTime as_of) = 0;
    // Whether what is in them is charged, which holds the catalog to it (CatalogSource::NoteUse),
    // or only looked at.
    enum class For { kCharging, kLooking };
    // Those of a range of accounts, both ends included.
    virtual std::vector<billing::Timeline> OfRange(db::Transaction& tx, AccountId first,
                                                   AccountId last, CivilTime as_of, For what) = 0;
};

// What somebody wants to subscribe to.
struct SubscriptionRequest {
    std::string plan;
    Decimal quantity{1};
    Currency currency;
    std::string site;
    std::optional<SubscriptionId> base;  // of an add-on
    std::optional<CivilTime> anchor;     // of the periods, when it is agreed and not derived
};

// Begins subscriptions. Provided by `subscriptions`.
class SubscriptionSales {
 public:
    static constexpr std::string_view kPortId = "livery.subscription_sales/1";
    virtual ~SubscriptionSales();
    // kInvalidArgument, kConflict: what stands in the way.
    virtual Result<SubscriptionId> Subscribe(db::Transaction& tx, AccountId account,
                                             const SubscriptionRequest& request, CivilTime at) = 0;
    // What would stand in its way at that time, as far as it is known now. Changes nothing.
    virtual Result<void> Check(db::Transaction& tx, AccountId account,
                               const SubscriptionRequest& request, CivilTime at) = 0;
};

// Taxes of a document. Provided by `taxes`, or by a plugin that asks somebody. kUnavailable: no
// answer now; the document waits, nothing is guessed.
class TaxEngine {
 public:
    static constexpr std::string_view kPortId = "livery.tax_engine/1";
    virtual ~TaxEngine();
    virtual Result<billing::TaxAnswer> Calculate(const TenantId& tenant,
                                                 const billing::TaxQuestion& question) = 0;
};

// The books. Provided by `ledger`. Throws BrokenInvariant for an entry that does not balance.
class Ledger {
 public:
    static constexpr std::string_view kPortId = "livery.ledger/1";
    virtual ~Ledger();
    virtual void Post(db::Transaction& tx, const std::vector<billing::JournalEntry>& entries) = 0;
};

// What the books say of customers, for whoever checks his own figures against them. Provided by
// `ledger`.
class LedgerBalances {
 public:
    static constexpr std::string_view kPortId = "livery.ledger_balances/2";
    virtual ~LedgerBalances();
    struct Balance {
        AccountId customer;
        billing::LedgerAccount account = billing::LedgerAccount::kReceivable;
        Money amount;  // debits less credits
    };
    // Of the customers after `after` up to `last`, both as ids; without zeros.
    virtual std::vector<Balance> OfRange(db::Transaction& tx, AccountId after, AccountId last) = 0;
    // What one entry changed for a customer: what he owes us, less what we owe him.
    struct Movement {
        CivilTime at{};
        std::string fact;
        std::optional<InvoiceId> document;
        Money amount;
    };
    // Those of a customer in [from, to), in the order in which they were booked; without zeros.
    virtual std::vector<Movement> MovementsOf(db::Transaction& tx, AccountId customer,
                                              CivilTime from, CivilTime to) = 0;
    // What all movements before a time add up to, in one currency.
    struct Opening {
        Money amount;  // may be nothing
        CivilTime first_at{};
    };
    // Of each currency that any such movement was in, by its code.
    virtual std::vector<Opening> OpeningsOf(db::Transaction& tx, AccountId customer,
                                            CivilTime before) = 0;
};

}  // namespace livery
