#pragma once

#include "adapters/system_clock.h"
#include "app/agreement_desk.h"
#include "app/billing_of_tenant.h"
#include "shop.h"
#include "storage/agreement_repository.h"
#include "storage/book_repository.h"
#include "storage/ledger_repository.h"

namespace livery::kills {

// Civil times are kept as they are: nothing here depends on a zone.
class PlainTime final : public TenantTime {
 public:
    Instant Now(const Tenant&) override { return clock_.Now(); }
    CivilTime ToCivil(const Tenant&, Instant instant) override {
        return std::chrono::floor<std::chrono::seconds>(instant);
    }
    Instant ToInstant(const Tenant&, CivilTime civil) override { return civil; }
    WallOffset OffsetAt(const Tenant&, Instant) override { return {}; }

 private:
    adapters::SystemClock clock_;
};

// The product's billing of one tenant of the shop, with ids as they are made in production.
// Thread: one, with a shop of its own.
class ShopBilling {
 public:
    ShopBilling(db::Database& database, TenantId tenant, Shop& shop)
        : shop_(shop),
          tenant_{.id = std::move(tenant), .currency = *Currency::Parse("EUR")},
          billing_({database, shop, time_, ids_}, ports_) {}
    // Small batches: more commits.
    invoices::BillingRun::Report Run(CivilTime as_of, std::size_t together = 50) {
        shop_.MoveTo(as_of);
        return billing_.Run(tenant_, {as_of, false, together}, [](const auto&) {});
    }
    const invoices::BillingPorts& ports() const { return ports_; }

 private:
    Shop& shop_;
    Tenant tenant_;
    adapters::SystemClock clock_;
    adapters::SystemIdSource ids_{clock_};
    PlainTime time_;
    subscriptions::AgreementRepository agreements_{ids_};
    subscriptions::AgreementDesk desk_{shop_, shop_, agreements_, ids_};
    ledger::LedgerRepository ledger_{ids_};
    invoices::BookRepository books_;
    invoices::BillingPorts ports_{shop_, shop_, desk_, shop_, ledger_, books_, shop_, ids_};
    invoices::BillingOfTenant billing_;
};

}  // namespace livery::kills
