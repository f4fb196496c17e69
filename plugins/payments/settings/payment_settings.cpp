#include "settings/payment_settings.h"

namespace livery::payments {

namespace {

// As a member of what the schema is of.
template <class Field>
Field PaymentSettings::Step::*Of(Field DunningStep::*member) {
    return member;
}

}  // namespace

const config::ObjectSchema<PaymentSettings::Step>& PaymentSettings::Step::Schema() {
    static const config::ObjectSchema<Step> schema =
        config::ObjectSchema<Step>("What happens to whoever does not pay")
            .Required("name", Of(&DunningStep::name), "What it is called",
                      {.one_of = {"warning", "last_warning", "collection"}})
            .Required("after_days", Of(&DunningStep::at_days), "After the oldest due date");
    return schema;
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
                      "Full days between two of them");
    return schema;
}

}  // namespace livery::payments
