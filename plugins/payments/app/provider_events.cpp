#include "app/provider_events.h"

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
    ports.database.Transact(tenant.id, [&](db::Transaction& tx) {
        for (const Gateways::Event& event : delivered.events) {
            if (event.about == "nothing") continue;
            EventRepository::Add(tx, {std::string(delivery.instance), event.id, event.about,
                                      event.provider_id, event.reference, now});
        }
    });
    return Answer{delivered.status, std::move(delivered.body)};
}

bool ProviderEvents::Handle(const Tenant& tenant, const ProviderEvent& event) {
    db::Database& database = desk_.ports().database;
    if (event.about == "refund") {
        const auto refund =
            RefundRepository::ByProvider(database, tenant.id, event.provider_id, event.reference);
        return refund && refunds_.LookUp(tenant, *refund).has_value();
    }
    const auto payment = PaymentRepository::ByProvider(database, tenant.id, event.instance,
                                                       event.provider_id, event.reference);
    return payment && desk_.LookUp(tenant, *payment).has_value();
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
