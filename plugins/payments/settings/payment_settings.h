#pragma once

#include <map>
#include <string>
#include <vector>

#include <livery/config/object_schema.h>
#include <livery/tenancy/tenant.h>

#include "domain/dunning.h"
#include "domain/look_schedule.h"
#include "domain/retry_plan.h"

namespace livery::payments {

// Amounts by currency, as a file has them: {EUR: "10.00"}. A word that is no currency, or an amount
// that is none of it (finer than its smallest unit, less than nothing), is reported where it
// stands.
struct Thresholds {
    std::map<Currency, Money> amounts;
};

// `plugins: {payments: …}` of tenant.yaml.
struct PaymentSettings {
    struct Step : DunningStep {
        static const config::ObjectSchema<Step>& Schema();
    };
    std::string instance;  // of `gateways`; "" = subscribers cannot pay here
    std::vector<int> retry_after_days{1, 8, 4, 7};
    std::vector<Step> dunning;
    int reminders = 2;
    int days_between_reminders = 7;

    Thresholds reminder_thresholds;
    std::vector<int> announce_before_days;
    int longest_promise_days = 30;
    std::vector<int> look_up_unknown_after_minutes;
    std::vector<int> look_up_pending_after_minutes;
    int calls_at_once = 4;

    LookPlan looks() const;
    RetryPlan retries() const { return {retry_after_days}; }
    ReminderPlan reminder_plan() const {
        return {reminders, days_between_reminders, reminder_thresholds.amounts};
    }
    std::vector<DunningStep> steps() const { return {dunning.begin(), dunning.end()}; }
    // The tenant's; the default of one that has none.
    static PaymentSettings Of(const Tenant& tenant);
    static const config::ObjectSchema<PaymentSettings>& Schema();
};

}  // namespace livery::payments

template <>
struct livery::config::ValueType<livery::payments::Thresholds> {
    static TypeDoc Doc();
    static void Read(const Node& node, const Reader& reader, const Rule& rule,
                     livery::payments::Thresholds& value);
    static std::string Show(const livery::payments::Thresholds&) { return ""; }
};
