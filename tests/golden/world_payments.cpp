#include "world_payments.h"

#include <livery/json.h>

#include "storage/payment_repository.h"
#include "storage/refund_repository.h"

namespace livery::golden {

using payments::Payment;

namespace {

constexpr std::size_t kAll = 1000;

Tenant TenantOf(World& world, const payments::PaymentSettings& settings) {
    Tenant tenant{.id = world.storage()->tenant(), .currency = world.tenant().currency};
    tenant.origin = "https://care.example";
    tenant.plugins.insert("payments");
    auto one_by_one = std::make_shared<payments::PaymentSettings>(settings);
    one_by_one->calls_at_once = 1;  // what a scenario's provider is to do comes in order
    tenant.settings["payments"] = std::move(one_by_one);
    return tenant;
}

}  // namespace

WorldPayments::WorldPayments(World& world, const payments::PaymentSettings& settings)
    : world_(world),
      tenant_(TenantOf(world, settings)),
      database_(world),
      time_(world),
      clock_(world),
      invoicing_(world),
      suspension_(world.storage()->agreements(),
                  std::make_shared<subscriptions::SubscriberChanges>(world.desk(), world, world)),
      provider_(clock_),
      ports_{database_,
             watched_,
             invoicing_,
             time_,
             clock_,
             ids_,
             log_,
             letters_,
             signer_,
             LatePort<SubscriptionSuspension>(
                 [this] { return static_cast<SubscriptionSuspension*>(&suspension_); })},
      desk_(ports_),
      start_(desk_),
      refunds_(desk_),
      methods_(ports_),
      objections_(ports_),
      events_(desk_, refunds_, methods_),
      collection_(start_, methods_, ports_),
      janitor_(desk_, [this](const Tenant& tenant,
                             const Payment& payment) { return methods_.PayerOf(tenant, payment); }),
      round_({janitor_, refunds_, methods_, events_}) {
    world_.Attach(this, this, &standing_);
}

WorldPayments::~WorldPayments() { world_.Attach(nullptr, nullptr, nullptr); }

std::optional<CivilTime> WorldPayments::Next() {
    std::optional<Instant> next;
    for (const Payment& payment : All()) {
        if (payment.next_look_at && (!next || *payment.next_look_at < *next))
            next = payment.next_look_at;
    }
    if (!next) return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(*next);
}

void WorldPayments::BeginDay() {
    provider_.Next(does_);
    days += collection_.RunDay(tenant_, DayOf(world_.now()));
}

Result<Payment> WorldPayments::Pay(payments::StartPayment::Wish wish) {
    provider_.Next(does_);
    wish.instance = "cards";
    return start_.Run(tenant_, wish);
}

Result<void> WorldPayments::Tell(const std::string& event, const std::string& about,
                                 const Payment& payment) {
    const nlohmann::json told{{{"id", event},
                               {"about", about},
                               {"provider_id", payment.provider_id},
                               {"reference", payment.reference}}};
    const std::map<std::string, std::string> headers{{"x-signature", "right"}};
    LIVERY_TRY(events_.Receive(
        tenant_, {"cards", "https://care.example/hooks/cards", headers, told.dump()}));
    Run();
    return {};
}

Result<void> WorldPayments::SetAutomatic(AccountId account, bool on) {
    provider_.Next(does_);
    return collection_.SetAutomatic(tenant_, account, on);
}

std::optional<Payment> WorldPayments::Find(payments::PaymentId id) {
    return payments::PaymentRepository::Find(database_, tenant_.id, id);
}

std::vector<payments::Refund> WorldPayments::RefundsOf(payments::PaymentId id) {
    return payments::RefundRepository::OfPayment(database_, tenant_.id, id);
}

std::vector<Payment> WorldPayments::All() {
    return payments::PaymentRepository::Page(database_, tenant_.id, std::nullopt, std::nullopt,
                                             kAll);
}

std::vector<payments::Case> WorldPayments::Cases() {
    return payments::CaseRepository::ListOpen(database_, tenant_.id, {}, kAll);
}

std::map<KeptLetters::Kind, int> WorldPayments::Letters(AccountId account) {
    return KeptLetters::Count(database_, tenant_.id, account);
}

}  // namespace livery::golden
