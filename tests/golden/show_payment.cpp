#include "show.h"
#include "world_payments.h"

namespace livery::golden {

using payments::Payment;

namespace {

constexpr const char* kLetters[] = {"received",
                                    "not_paid",
                                    "came_back",
                                    "paid_back",
                                    "refused_soft",
                                    "refused_hard",
                                    "refused_authenticate",
                                    "refused_ours",
                                    "upcoming",
                                    "will_be_taken",
                                    "reminder",
                                    "warning",
                                    "last_warning",
                                    "blocked",
                                    "collection",
                                    "cancellation",
                                    "expires"};

Value Letters(const std::map<KeptLetters::Kind, int>& written) {
    Value letters = Value::Map();
    for (const char* name : kLetters) {
        int count = 0;
        for (const auto& [kind, letters_of_kind] : written)
            count += kind.name == name ? letters_of_kind : 0;
        letters.Put(name, std::to_string(count));
    }
    return letters;
}

}  // namespace

Value ShowPayment(World& world, const Payment& payment) {
    Value value = Value::Map();
    value.Put("state", std::string(ToString(payment.state)));
    value.Put("origin", std::string(ToString(payment.origin)));
    value.Put("requested", payment.amount.ToDecimal());
    value.Put("processed", payment.processed ? payment.processed->ToDecimal() : "");
    value.Put("processed_currency",
              payment.processed ? std::string(payment.processed->currency().code()) : "");
    value.Put("given_back", payment.given_back.ToDecimal());
    value.Put("attempt", std::to_string(payment.key.attempt));
    value.Put("looks", std::to_string(payment.looks));
    value.Put("next_look",
              payment.next_look_at
                  ? ToIso(std::chrono::floor<std::chrono::seconds>(*payment.next_look_at))
                  : "");
    value.Put("receipt", payment.receipt);
    Value parts = Value::List(false);
    for (const payments::Share& part : payment.parts) {
        Value one = Value::Map();
        one.Put("invoice", world.FindDocument(part.invoice)->number);
        one.Put("amount", part.amount.ToDecimal());
        parts.items.push_back(std::move(one));
    }
    value.Put("parts", std::move(parts));
    Value back = Value::List(true);
    for (const payments::Refund& refund : world.payments()->RefundsOf(payment.id)) {
        Value one = Value::Map();
        one.Put("kind", std::string(ToString(refund.kind)));
        one.Put("state", std::string(ToString(refund.state)));
        one.Put("amount", refund.amount.ToDecimal()).Put("receipt", refund.receipt);
        back.items.push_back(std::move(one));
    }
    value.Put("refunds", std::move(back));
    return value;
}

Value ShowProvider(World& world) {
    const auto& provider = world.payments()->provider();
    const Currency currency = world.tenant().currency;
    Value value = Value::Map();
    value.Put("starts", std::to_string(provider.starts));
    value.Put("charges", std::to_string(provider.Charges()));
    value.Put("charged", Money(provider.Charged(), currency).ToDecimal());
    value.Put("refunded", Money(provider.Refunded(), currency).ToDecimal());
    return value;
}

Value ShowDays(World& world) {
    const auto& days = world.payments()->days;
    Value value = Value::Map();
    value.Put("tried", std::to_string(days.tried)).Put("paid", std::to_string(days.paid));
    value.Put("announced", std::to_string(days.announced));
    value.Put("reminded", std::to_string(days.reminded));
    value.Put("stepped", std::to_string(days.stepped));
    value.Put("finished", std::to_string(days.finished));
    value.Put("failed", std::to_string(days.failed));
    return value;
}

Value ShowCases(World& world) {
    Value list = Value::List(false);
    for (const payments::Case& open : world.payments()->Cases()) {
        Value one = Value::Map();
        one.Put("kind", open.kind);
        list.items.push_back(std::move(one));
    }
    return list;
}

void ShowStanding(const World& world, AccountId account, Value& value) {
    WorldPayments* payments = world.payments();
    if (payments == nullptr) return;
    const payments::Standing standing = payments->collection().Of(payments->tenant(), account);
    const auto day = [](const std::optional<Date>& date) { return date ? ToIso(*date) : ""; };
    value.Put("pays_automatically", standing.pays_automatically ? "true" : "false");
    value.Put("dunning", standing.step.empty() ? "clear" : standing.step);
    value.Put("tries", std::to_string(standing.MostTries()));
    value.Put("last_try", day(standing.LastTry())).Put("next_try", day(standing.NextTry()));
    value.Put("promised", standing.promise ? ToIso(standing.promise->pays_by) : std::string());
    const auto letters = payments->Letters(account);
    value.Put("letters", Letters(letters));
    Value reminders = Value::Map();
    reminders.only = true;
    for (const auto& [kind, count] : letters) {
        if (kind.name == "reminder") reminders.Put(kind.currency, std::to_string(count));
    }
    value.Put("reminders", std::move(reminders));
    value.Put("blocked", standing.blocked ? "true" : "false");
    Value dunned = Value::Map();
    dunned.only = true;
    for (const payments::Overdue& overdue : payments->collection().dunning().OverdueOf(
             payments->tenant(), account, DayOf(world.now())))
        dunned.Put(std::string(overdue.amount.currency().code()), overdue.amount.ToDecimal());
    value.Put("dunned", std::move(dunned));
}

}  // namespace livery::golden
