#include "app/provider_events.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <livery/failpoint.h>

#include "app/look_at_due.h"
#include "domain/attempt_key.h"
#include "storage/case_repository.h"
#include "storage/payment_repository.h"
#include "storage/refund_repository.h"

namespace livery::payments {

namespace {

constexpr std::chrono::hours kPatience{24};

// In the order in which the first of each came.
std::vector<std::vector<ProviderEvent>> ByWhatTheyTellOf(const std::vector<ProviderEvent>& events) {
    std::vector<std::vector<ProviderEvent>> tellings;
    std::map<std::tuple<std::string, std::string, std::string, std::string>, std::size_t> known;
    for (const ProviderEvent& event : events) {
        const auto [found, is_new] = known.emplace(
            std::tuple(event.instance, event.about, event.provider_id, event.reference),
            tellings.size());
        if (is_new) tellings.emplace_back();
        tellings[found->second].push_back(event);
    }
    return tellings;
}

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
            // Other programs of the same merchant write there what they like.
            const bool ours = IsReference(event.reference);
            EventRepository::Add(tx, {std::string(delivery.instance), event.id, event.about,
                                      event.provider_id, ours ? event.reference : "", now});
        }
    });
    LIVERY_FAILPOINT("event.kept");
    return Answer{delivered.status, std::move(delivered.body)};
}

// Whether and how it is fought a person says.
void ProviderEvents::OpenDispute(const Tenant& tenant, const Payment& payment) {
    const PaymentPorts& ports = desk_.ports();
    ports.database.Transact(tenant.id, [&](db::Transaction& tx) {
        CaseRepository::OpenAgain(tx, {payment.id, "dispute", ports.clock.Now()});
    });
}

// Whoever tells of it may be faster than whoever is asked: that nothing is found does not count
// yet.
bool ProviderEvents::IsTooEarly(const Tenant& tenant, const ProviderEvent& event) const {
    const auto finds_after = HabitsOf(desk_.ports().gateways, tenant, event.instance).finds_after;
    return !MissingCounts(event.received_at, finds_after, desk_.ports().clock.Now());
}

ProviderEvents::Followed ProviderEvents::FollowPayment(const Tenant& tenant,
                                                       const ProviderEvent& event) {
    auto payment = PaymentRepository::ByProvider(desk_.ports().database, tenant.id, event.instance,
                                                 event.provider_id, event.reference);
    if (!payment) return Followed::kNothingOfOurs;
    // Some can only be asked by the id that we may not have heard yet.
    if (payment->provider_id.empty()) payment->provider_id = event.provider_id;
    const auto applied = desk_.LookUp(tenant, *payment);
    if (!applied || !applied->learned) return Followed::kNotNow;
    if (applied->is_missing && IsTooEarly(tenant, event)) return Followed::kNotNow;
    if (event.about == "dispute") OpenDispute(tenant, *payment);
    if (applied->charged_back &&
        !refunds_.FollowBank(tenant, applied->payment, *applied->charged_back).has_value())
        return Followed::kNotNow;
    if (applied->refunded &&
        !refunds_.FollowRefunded(tenant, payment->id, *applied->refunded).has_value())
        return Followed::kNotNow;
    return Followed::kToTheEnd;
}

ProviderEvents::Followed ProviderEvents::FollowRefund(const Tenant& tenant,
                                                      const ProviderEvent& event) {
    auto refund = RefundRepository::ByProvider(desk_.ports().database, tenant.id, event.instance,
                                               event.provider_id, event.reference);
    if (!refund) return Followed::kNothingOfOurs;
    // As of a payment: some can only be asked by it.
    if (refund->provider_id.empty()) refund->provider_id = event.provider_id;
    const auto learned = refunds_.Follow(tenant, *refund);
    if (!learned || !learned->anything) return Followed::kNotNow;
    if (learned->is_missing && IsTooEarly(tenant, event)) return Followed::kNotNow;
    return Followed::kToTheEnd;
}

ProviderEvents::Followed ProviderEvents::Follow(const Tenant& tenant, const ProviderEvent& event) {
    // What became of a kept method itself shows when it is charged.
    if (event.about == "method") return Followed::kToTheEnd;
    if (event.about == "setup")
        return methods_.LookUpNamed(tenant, event.instance, event.provider_id, event.reference)
                   ? Followed::kToTheEnd
                   : Followed::kNothingOfOurs;
    if (event.about == "refund") return FollowRefund(tenant, event);
    return FollowPayment(tenant, event);
}

void ProviderEvents::Postpone(const Tenant& tenant, const ProviderEvent& event, int looks,
                              Instant until) {
    desk_.ports().database.Transact(tenant.id, [&](db::Transaction& tx) {
        EventRepository::Postpone(tx, event, looks, until);
    });
}

// Given up only when its time is over, and never silently.
bool ProviderEvents::Leave(const Tenant& tenant, const ProviderEvent& event, Followed followed) {
    const PaymentPorts& ports = desk_.ports();
    const Instant now = ports.clock.Now();
    auto next = NextLookAtUnknown(event.received_at, event.looks, now);
    const Instant end = event.received_at + kPatience;
    if (followed == Followed::kNothingOfOurs && next)
        next = now < end ? std::optional(std::min(*next, end)) : std::nullopt;
    if (next) {
        Postpone(tenant, event, event.looks + 1, *next);
        return false;
    }
    ports.log.Warn(
        followed == Followed::kNotNow ? "payment.event_not_followed" : "payment.unknown_event",
        {{"tenant", tenant.id.value()}, {"instance", event.instance}, {"event", event.id}});
    ports.database.Transact(
        tenant.id, [&](db::Transaction& tx) { EventRepository::SetHandled(tx, event, now); });
    return true;
}

bool ProviderEvents::Handle(const Tenant& tenant, const Telling& telling) {
    // All of it ends with what is learned now: so it is as young as its youngest.
    const auto youngest = std::max_element(
        telling.begin(), telling.end(), [](const ProviderEvent& one, const ProviderEvent& other) {
            return one.received_at < other.received_at;
        });
    const Followed followed = Follow(tenant, *youngest);
    if (followed != Followed::kToTheEnd) {
        bool is_done = false;
        for (const ProviderEvent& event : telling) is_done = Leave(tenant, event, followed);
        return is_done;
    }
    const PaymentPorts& ports = desk_.ports();
    const Instant now = ports.clock.Now();
    ports.database.Transact(tenant.id, [&](db::Transaction& tx) {
        for (const ProviderEvent& event : telling) EventRepository::SetHandled(tx, event, now);
    });
    return true;
}

int ProviderEvents::HandleDue(const Tenant& tenant) {
    const PaymentPorts& ports = desk_.ports();
    std::atomic<int> handled{0};
    LookAtDue(ports, tenant,
              Looking<Telling>{[&](std::size_t most) -> Looking<Telling>::Page {
                                   const auto due = EventRepository::Due(ports.database, tenant.id,
                                                                         ports.clock.Now(), most);
                                   return {ByWhatTheyTellOf(due), due.size() == most};
                               },
                               [&](const Telling& telling) {
                                   if (Handle(tenant, telling))
                                       handled += static_cast<int>(telling.size());
                               },
                               [&](const Telling& telling, Instant until) {
                                   for (const ProviderEvent& event : telling)
                                       Postpone(tenant, event, event.looks, until);
                               },
                               [](const Telling& telling) { return telling.front().instance; },
                               [](const Telling& telling) { return telling.front().id; }});
    return handled;
}

}  // namespace livery::payments
