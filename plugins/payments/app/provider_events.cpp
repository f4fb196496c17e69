#include "app/provider_events.h"

#include <livery/failpoint.h>

#include "storage/case_repository.h"
#include "storage/payment_repository.h"
#include "storage/refund_repository.h"

namespace livery::payments {

namespace {

constexpr std::size_t kAtOnce = 100;
constexpr std::chrono::hours kPatience{24};

}  // namespace

Result<ProviderEvents::Answer> ProviderEvents::Receive(const Tenant& tenant,
                                                       const Gateways::Delivery& delivery) {
    const PaymentPorts& ports = desk_.ports();
    Gateways::Delivered delivered = LIVERY_TRY(ports.gateways.Receive(tenant, delivery));
    const Instant now = ports.clock.Now();
    LIVERY_FAILPOINT("event.keeping");
    ports.database.Transact(tenant.id, [&](db::Transaction& tx) {
        for (const Gateways::Event& event : delivered.events) {
            if (event.about == "nothing") continue;
            EventRepository::Add(tx, {std::string(delivery.instance), event.id, event.about,
                                      event.provider_id, event.reference, now});
        }
    });
    LIVERY_FAILPOINT("event.kept");
    return Answer{delivered.status, std::move(delivered.body)};
}

// Whether and how it is fought a person says.
void ProviderEvents::OpenDispute(const Tenant& tenant, const Payment& payment) {
    const PaymentPorts& ports = desk_.ports();
    ports.database.Transact(tenant.id, [&](db::Transaction& tx) {
        CaseRepository::Open(tx, {payment.id, "dispute", ports.clock.Now()});
    });
}

bool ProviderEvents::Handle(const Tenant& tenant, const ProviderEvent& event) {
    db::Database& database = desk_.ports().database;
    // What became of a kept method itself shows when it is charged.
    if (event.about == "method") return true;
    if (event.about == "setup")
        return methods_.LookUpNamed(tenant, event.provider_id, event.reference);
    if (event.about == "refund") {
        const auto refund =
            RefundRepository::ByProvider(database, tenant.id, event.provider_id, event.reference);
        return refund && refunds_.LookUp(tenant, *refund).has_value();
    }
    auto payment = PaymentRepository::ByProvider(database, tenant.id, event.instance,
                                                 event.provider_id, event.reference);
    if (!payment) return false;
    // Some can only be asked by the id that we may not have heard yet.
    if (payment->provider_id.empty()) payment->provider_id = event.provider_id;
    const auto applied = desk_.LookUp(tenant, *payment);
    if (!applied) return false;
    if (event.about == "dispute") OpenDispute(tenant, *payment);
    return !applied->charged_back ||
           refunds_.FollowBank(tenant, payment->id, *applied->charged_back).has_value();
}

int ProviderEvents::HandleWaiting(const Tenant& tenant) {
    const PaymentPorts& ports = desk_.ports();
    int handled = 0;
    for (const ProviderEvent& event :
         EventRepository::Waiting(ports.database, tenant.id, kAtOnce)) {
        const Instant now = ports.clock.Now();
        const bool known = Handle(tenant, event);
        const bool over = now - event.received_at > kPatience;
        if (!known && !over) continue;
        if (!known)
            ports.log.Warn(
                "payment.unknown_event",
                {{"tenant", tenant.id.value()}, {"instance", event.instance}, {"event", event.id}});
        ports.database.Transact(
            tenant.id, [&](db::Transaction& tx) { EventRepository::SetHandled(tx, event, now); });
        ++handled;
    }
    return handled;
}

}  // namespace livery::payments
