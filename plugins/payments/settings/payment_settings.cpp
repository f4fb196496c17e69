#include "settings/payment_settings.h"

#include <memory>

#include <fmt/format.h>

#include <livery/money/rounding.h>

namespace livery::payments {

namespace {

// As a member of what the schema is of.
template <class Field>
Field PaymentSettings::Step::*Member(Field DunningStep::*member) {
    return member;
}

}  // namespace

const config::ObjectSchema<PaymentSettings::Step>& PaymentSettings::Step::Schema() {
    static const config::ObjectSchema<Step> schema =
        config::ObjectSchema<Step>("What happens to whoever does not pay")
            .Required(
                "name", Member(&DunningStep::name), "What it is called",
                {.one_of = {"warning", "last_warning", "blocked", "collection", "cancellation"}})
            .Required("after_days", Member(&DunningStep::at_days), "After the oldest due date")
            .Optional("action", Member(&DunningStep::action),
                      "`block`: what the account has is suspended until it has paid; "
                      "`end_at_term`: it ends with its term",
                      {.one_of = {"", "block", "end_at_term"}});
    return schema;
}

PaymentSettings PaymentSettings::Of(const Tenant& tenant) {
    const auto settings = tenant.FindSettings<PaymentSettings>("payments");
    return settings ? *settings : PaymentSettings{};
}

LookPlan PaymentSettings::looks() const {
    const auto minutes = [](const std::vector<int>& counts) {
        return std::vector<std::chrono::minutes>(counts.begin(), counts.end());
    };
    return {minutes(look_up_unknown_after_minutes), minutes(look_up_pending_after_minutes)};
}

const config::ObjectSchema<PaymentSettings>& PaymentSettings::Schema() {
    static const config::ObjectSchema<PaymentSettings> schema =
        config::ObjectSchema<PaymentSettings>("Payments")
            .Optional("instance", &PaymentSettings::instance,
                      "Which of `gateways` subscribers pay with; without one they cannot pay here")
            .Optional("retry_after_days", &PaymentSettings::retry_after_days,
                      "When an automatic payment is tried again, in days after the try before")
            .Optional("dunning", &PaymentSettings::dunning, "Steps by the age of what is unpaid")
            .Optional("reminders", &PaymentSettings::reminders,
                      "Letters about what is overdue, at most")
            .Optional("days_between_reminders", &PaymentSettings::days_between_reminders,
                      "Full days between two of them")
            .Optional("reminder_thresholds", &PaymentSettings::reminder_thresholds,
                      "Less than so much overdue is not worth a letter or a step: {EUR: \"10.00\"}")
            .Optional(
                "announce_before_days", &PaymentSettings::announce_before_days,
                "Letters so many days before something falls due: to who pays himself on each of "
                "them, to whom it is taken of on the first")
            .Optional("longest_promise_days", &PaymentSettings::longest_promise_days,
                      "How far ahead somebody may promise to pay", {.minimum = 0, .maximum = 365})
            .Optional("look_up_unknown_after_minutes",
                      &PaymentSettings::look_up_unknown_after_minutes,
                      "When a provider is asked what became of a payment that nobody heard the end "
                      "of, in minutes after the look before; then a person's case. Without: 15 s, "
                      "1 m, 5 m, 15 m, 1 h, 4 h, daily to 14 days")
            .Optional("look_up_pending_after_minutes",
                      &PaymentSettings::look_up_pending_after_minutes,
                      "The same of one that waits for a bank or for who pays")
            .Optional(
                "calls_at_once", &PaymentSettings::calls_at_once,
                "How many calls to providers a day's automatic payments, or the looking up of "
                "what is open, may have under way at a time",
                {.minimum = 1, .maximum = 32});
    return schema;
}

}  // namespace livery::payments

livery::config::TypeDoc livery::config::ValueType<livery::payments::Thresholds>::Doc() {
    TypeDoc amount{.kind = TypeDoc::Kind::kString, .pattern = "^[0-9]+([.][0-9]+)?$"};
    return {.kind = TypeDoc::Kind::kMap, .item = std::make_shared<TypeDoc>(std::move(amount))};
}

void livery::config::ValueType<livery::payments::Thresholds>::Read(
    const Node& node, const Reader& reader, const Rule&, livery::payments::Thresholds& value) {
    if (!reader.RequireMap(node)) return;
    reader.CheckDuplicates(node);
    for (const Node::Entry& entry : node.entries) {
        const Reader below = reader.Below(entry.key);
        const auto currency = Currency::Parse(entry.key);
        if (!currency) {
            below.Report(entry.at, "is no currency; write its three letters, such as EUR");
            continue;
        }
        if (!below.RequireScalar(entry.value, "an amount")) continue;
        const auto amount = ParseMoney(entry.value.text, *currency);
        if (amount && amount->minor_units() >= 0)
            value.amounts.emplace(*currency, *amount);
        else
            below.Report(entry.value.at,
                         fmt::format("is no amount of {}; write one such as {}", currency->code(),
                                     Money(1000, *currency).ToDecimal()));
    }
}
