#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/account_suspension.h"
#include "app/collection.h"
#include "app/objections.h"
#include "app/round.h"
#include "identity/host_link_signer.h"
#include "kept_letters.h"
#include "storage/case_repository.h"
#include "testing/scripted_gateways.h"
#include "world_checkout.h"

namespace livery::golden {

// The machine's clock, which providers know, is the scenario's.
class WorldClock final : public Clock {
 public:
    explicit WorldClock(World& world) : world_(world) {}
    Instant Now() const override { return Instant(world_.now()); }

 private:
    World& world_;
};

// The product's own payments over a world that is kept in a database, with a provider that keeps a
// ledger of its own. What is looked up and what a day brings falls due as the clock moves.
class WorldPayments final : public DueWork {
 public:
    // `settings`: `plugins: {payments: …}` of the tenant. The world is kept in a storage.
    WorldPayments(World& world, const payments::PaymentSettings& settings);
    ~WorldPayments() override;

    std::optional<CivilTime> Next() override;
    void Run() override { round_.Run(tenant_); }
    void BeginDay() override;

    // What the provider does with payments from now on.
    void ProviderDoes(payments::testing::ScriptedGateways::Does does) { does_ = does; }
    Result<payments::Payment> Pay(payments::StartPayment::Wish wish);
    // The provider tells something of the payment, or of a refund of it.
    Result<void> Tell(const std::string& event, const std::string& about,
                      const payments::Payment& payment);
    Result<void> SetAutomatic(AccountId account, bool on);

    std::optional<payments::Payment> Find(payments::PaymentId id);
    std::vector<payments::Refund> RefundsOf(payments::PaymentId id);
    std::vector<payments::Payment> All();  // the newest first
    std::vector<payments::Case> Cases();
    std::map<KeptLetters::Kind, int> Letters(AccountId account);

    const Tenant& tenant() const { return tenant_; }
    payments::testing::ScriptedGateways& provider() { return provider_; }
    payments::Refunds& refunds() { return refunds_; }
    payments::Methods& methods() { return methods_; }
    payments::Collection& collection() { return collection_; }
    payments::PaymentDesk& desk() { return desk_; }
    payments::Objections& objections() { return objections_; }
    std::map<std::string, payments::ObjectionId> objection_names;
    std::map<std::string, payments::PaymentId> names;  // by the scenario's
    payments::Collection::Report days;                 // of all days, added up

 private:
    World& world_;
    Tenant tenant_;
    WorldDatabase database_;
    WorldTime time_;
    WorldClock clock_;
    WorldInvoicing invoicing_;
    CountingIds ids_;
    NoLog log_;
    KeptLetters letters_;
    identity::HostLinkSigner signer_{std::string(32, 'k')};
    subscriptions::AccountSuspension suspension_;
    payments::testing::ScriptedGateways provider_;
    payments::testing::ScriptedGateways::Does does_ =
        payments::testing::ScriptedGateways::Does::kCapture;
    payments::WatchedGateways watched_{provider_, clock_};
    payments::PaymentPorts ports_;
    payments::PaymentDesk desk_;
    payments::StartPayment start_;
    payments::Refunds refunds_;
    payments::Methods methods_;
    payments::Objections objections_;
    payments::ProviderEvents events_;
    payments::Collection collection_;
    payments::Janitor janitor_;
    payments::Round round_;
    payments::StandingOfAccounts standing_;
};

}  // namespace livery::golden
