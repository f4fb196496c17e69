#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/invoicing_desk.h"
#include "app/janitor.h"
#include "billing.h"
#include "identity/host_link_signer.h"
#include "stage.h"
#include "storage/case_repository.h"
#include "storage/payment_repository.h"
#include "testing/dying_database.h"
#include "testing/scripted_gateways.h"

namespace livery::payments::testing {

using Does = ScriptedGateways::Does;
using Dies = DyingDatabase::Dies;

// Letters that are kept with the transaction that they are about.
class KeptLetters final : public Letters {
 public:
    void Received(db::Transaction& tx, const Tenant&, const Payment& payment,
                  const Money&) override {
        Keep(tx, "received", payment.id.uuid());
    }
    void Refused(db::Transaction& tx, const Tenant&, const Payment& payment,
                 DeclineClass decline) override {
        Keep(tx, "refused_" + std::string(ToString(decline)), payment.id.uuid());
    }
    void NotPaid(db::Transaction& tx, const Tenant&, const Payment& payment) override {
        Keep(tx, "not_paid", payment.id.uuid());
    }
    void CameBack(db::Transaction& tx, const Tenant&, const Payment& payment,
                  const Money&) override {
        Keep(tx, "came_back", payment.id.uuid());
    }
    void PaidBack(db::Transaction& tx, const Tenant&, const Payment&,
                  const Refund& refund) override {
        Keep(tx, "paid_back", refund.id.uuid());
    }
    void Reminder(db::Transaction& tx, const Tenant&, AccountId account, const Overdue&) override {
        Keep(tx, "reminder", account.uuid());
    }
    void Upcoming(db::Transaction& tx, const Tenant&, AccountId account, const Overdue&) override {
        Keep(tx, "upcoming", account.uuid());
    }
    void WillBeTaken(db::Transaction& tx, const Tenant&, AccountId account,
                     const Overdue&) override {
        Keep(tx, "will_be_taken", account.uuid());
    }
    void Step(db::Transaction& tx, const Tenant&, AccountId account, const DunningStep& step,
              const Overdue&) override {
        Keep(tx, step.name, account.uuid());
    }
    void Expires(db::Transaction& tx, const Tenant&, const PaymentMethod& method) override {
        Keep(tx, "expires", method.id.uuid());
    }

 private:
    static void Keep(db::Transaction& tx, const std::string& kind, const Uuid& about);
};

class StageTime final : public TenantTime {
 public:
    explicit StageTime(const Clock& clock) : clock_(clock) {}
    Instant Now(const Tenant&) override { return clock_.Now(); }
    CivilTime ToCivil(const Tenant&, Instant instant) override {
        return std::chrono::floor<std::chrono::seconds>(instant);
    }
    Instant ToInstant(const Tenant&, CivilTime civil) override { return civil; }
    WallOffset OffsetAt(const Tenant&, Instant) override { return {}; }

 private:
    const Clock& clock_;
};

// The events, each with its instance where it names one.
class KeptLog final : public OperatorLog {
 public:
    void Warn(std::string_view event, std::initializer_list<Field> fields) override;
    std::vector<std::string> Warned() const;

 private:
    mutable std::mutex mutex_;  // guards warned_
    std::vector<std::string> warned_;
};

// One tenant with one account that owes invoices, the product's payments and invoices on a real
// database, a provider of its own and a clock that is moved by hand. Thread: one.
class Checkout {
 public:
    Checkout();

    InvoiceId Charge(std::int64_t cents, std::string_view currency = "EUR");
    // One invoice with a line of each.
    InvoiceId ChargeLines(const std::vector<std::int64_t>& cents,
                          std::string_view currency = "EUR");
    const invoices::BillingPorts& billing() { return billing_.ports(); }
    TenantTime& time() { return time_; }
    std::int64_t Balance(InvoiceId invoice);
    // Of what is owed.
    Date DueDay(InvoiceId invoice);
    // With a note on it; no money moves.
    void CreditOwed(InvoiceId invoice, std::int64_t cents);
    std::int64_t Credit();
    Money Euros(std::int64_t cents) const { return {cents, euro_}; }

    // What somebody wants to pay; as the process lives or dies. nullopt: it died.
    std::optional<Result<Payment>> Pay(const std::vector<Share>& parts,
                                       Origin origin = Origin::kCustomer);
    std::optional<Result<Payment>> Pay(InvoiceId invoice, std::int64_t cents) {
        return Pay({{invoice, Euros(cents)}});
    }
    // Moves the clock from look to look until nothing is left to be looked up.
    void LetTheJanitorFinish();
    // As if the database had been set back to before the attempts.
    void Forget();
    std::vector<Payment> Payments();
    // How many letters of that kind there are.
    int Letters(const std::string& kind);
    std::vector<Case> Cases() { return CaseRepository::ListOpen(real_, tenant.id, {}, 100); }

    // Nothing lost, nothing doubled: by the provider's own ledger, for all that is not held for a
    // person.
    std::string WrongWithTheMoney();
    std::string BrokenInvariants();

    Tenant tenant;
    AccountId account;
    FixedClock clock;
    ScriptedGateways provider{clock};
    KeptLetters letters;
    KeptLog log;

 private:
    invoices::AccountBook Book();

    const Currency euro_ = *Currency::Parse("EUR");
    db::Database& real_;

 public:
    DyingDatabase database{real_};

 private:
    kills::ShopBilling billing_;
    invoices::InvoicingDesk invoicing_;
    StageTime time_{clock};
    adapters::SystemClock machine_;
    adapters::SystemIdSource ids_{machine_};

 public:
    identity::HostLinkSigner signer{std::string(32, 'k')};
    WatchedGateways watched{provider, clock};
    PaymentPorts ports{database, watched, invoicing_, time_, clock, ids_, log, letters, signer, {}};
    PaymentDesk desk{ports};
    StartPayment start{desk};
    Janitor janitor{desk, [](const Tenant&, const Payment&) { return Payer{}; }};
};

}  // namespace livery::payments::testing
