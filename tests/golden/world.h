#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <livery/ports/billing.h>

#include "app/account_batch.h"
#include "app/agreement_desk.h"
#include "app/biller.h"
#include "app/order_desk.h"
#include "app/receivables.h"
#include "domain/tax_rules.h"
#include "memory.h"
#include "storage.h"

namespace livery::golden {

// What a scenario says of its tenant.
struct TenantSetup {
    Currency currency = *Currency::Parse("EUR");
    std::string time_zone = "UTC";
    std::optional<Currency> report_currency;
    bool bills_by_itself = true;  // due work is done as the clock moves, and after each action
};

struct AccountSetup {
    std::string name;
    Currency currency;
    BillingProfile profile;
    std::string parent;  // the account that pays for it; "" = itself
};

// What falls due besides orders and bills, at times of its own.
class DueWork {
 public:
    virtual ~DueWork() = default;
    // When it falls due next after what has been run; nullopt: never, as things stand.
    virtual std::optional<CivilTime> Next() = 0;
    virtual void Run() = 0;
    // After the day's bills.
    virtual void BeginDay() = 0;
};

class WorldPayments;

// Makes ids that tell the order in which they were asked for.
class CountingIds final : public IdSource {
 public:
    Uuid Next() override;

 private:
    std::uint64_t count_ = 0;
};

// One tenant with its accounts, the real use cases over a store, and a clock that is moved by
// hand. Everything that is due happens in order, at its own time. Thread: one.
class World final : public CatalogSource,
                    public BillingProfiles,
                    public TaxEngine,
                    public invoices::ReportRates {
 public:
    // `storage`: where things are kept besides memory; nullptr = nowhere.
    World(TenantSetup tenant, billing::Catalog catalog, taxes::TaxRules taxes,
          std::map<std::string, AccountSetup> accounts, std::unique_ptr<Storage> storage = nullptr);

    // The clock begins at the first call, and never goes back.
    void MoveTo(CivilTime time);
    CivilTime now() const { return *now_; }
    // As if it were that time, which is over: nothing becomes due by it.
    Result<void> At(CivilTime then, const std::function<Result<void>()>& work);

    // A unit of work: what fails leaves nothing. `commit` false: nothing stays either way.
    Result<void> Transact(const std::function<Result<void>(db::Transaction&)>& work,
                          bool commit = true);
    // Lets the world look at what a unit of work has done so far.
    void Refresh(db::Transaction& tx);
    Result<void> BillAccount(db::Transaction& tx, AccountId account);
    Result<void> BillAll(db::Transaction& tx);
    Result<void> BillTogether(db::Transaction& tx);

    AccountSetup* FindAccount(const std::string& name);
    const std::map<std::string, AccountSetup>& accounts() const { return accounts_; }
    const TenantSetup& tenant() const { return tenant_; }
    const billing::Catalog& catalog() const { return *catalog_; }
    void Set(billing::Catalog catalog) {
        catalog_ = std::make_shared<const billing::Catalog>(std::move(catalog));
    }
    void Set(taxes::TaxRules taxes) { taxes_ = std::move(taxes); }
    invoices::Biller& biller() { return biller_; }
    invoices::Receivables& receivables() { return receivables_; }
    subscriptions::AgreementDesk& desk() { return desk_; }
    orders::OrderDesk& orders() { return orders_; }
    const invoices::BillingPorts& ports() const { return ports_; }
    // Where it is kept; nullptr: in memory.
    Storage* storage() { return storage_.get(); }
    // Payments at providers, where the scenario has them.
    void Attach(WorldPayments* payments, DueWork* due, PaymentStanding* standing) {
        payments_ = payments;
        due_ = due;
        standing_ = standing;
    }
    // Of accounts with what they owe, where there are payments.
    LatePort<PaymentStanding> standing() {
        return LatePort<PaymentStanding>([this] { return standing_; });
    }
    WorldPayments* payments() const { return payments_; }
    MemoryStore& store() { return store_; }
    const MemoryStore& store() const { return store_; }
    // Each add-on as it follows its base.
    std::vector<subscriptions::Agreement> Agreements() const;
    const invoices::Document* FindDocument(InvoiceId id) const;
    const invoices::Document* FindDocument(const std::string& number) const;

    // Final documents in the order in which they became so.
    std::vector<InvoiceId> Finalized() const;

    std::map<std::string, SubscriptionId> subscriptions;  // by the scenario's names
    std::map<std::string, InvoiceId> documents;
    std::map<std::string, OrderId> order_names;
    std::map<Currency, Decimal> rates;
    bool tax_provider_answers = true;

    std::shared_ptr<const billing::Catalog> Of(const TenantId&) override { return catalog_; }
    void NoteUse(db::Transaction& tx, const billing::Catalog& catalog,
                 const std::vector<billing::Sold>& sold, Date today) override;
    Result<BillingProfile> Of(db::Transaction&, AccountId account) override;
    std::vector<BillingProfile> OfRange(db::Transaction&, AccountId first, AccountId last) override;
    Result<billing::TaxAnswer> Calculate(const TenantId&,
                                         const billing::TaxQuestion& question) override;
    std::optional<invoices::ReportRate> RateOf(db::Transaction&, Currency currency) override;

    // What the books must always say; "" when they do (reliability-security 5.1): as the world sees
    // them, and where it has a storage what `livery verify` says of its tables.
    std::string BrokenInvariant() const;

 private:
    void ActivateDue();
    void RunUntil(CivilTime time);
    std::string BrokenInMemory() const;

    TenantSetup tenant_;
    std::shared_ptr<const billing::Catalog> catalog_;
    taxes::TaxRules taxes_;
    std::map<std::string, AccountSetup> accounts_;
    std::optional<CivilTime> now_;
    std::unique_ptr<Storage> storage_;
    WorldPayments* payments_ = nullptr;
    DueWork* due_ = nullptr;
    PaymentStanding* standing_ = nullptr;
    MemoryStore store_;  // everything, or the mirror of `storage_`
    CountingIds ids_;
    subscriptions::AgreementDesk desk_;
    invoices::BillingPorts ports_;
    invoices::Biller biller_;
    invoices::Receivables receivables_;
    orders::OrderDesk orders_;
};

}  // namespace livery::golden
