#include "sandbox/book/methods.h"

#include <chrono>

namespace livery::sandbox {

StoredMethod Keep(Draft& draft, const Scenario& scenario, const std::string& customer,
                  Expiry expiry) {
    const std::string number = CardNumber(scenario);
    StoredMethod method;
    method.token = draft.NewId("card_");
    method.merchant = draft.merchant();
    method.customer = customer;
    method.kind = scenario.kind;
    if (!number.empty()) {
        method.brand = BrandOf(number);
        method.last4 = number.substr(number.size() - 4);
    }
    method.network_transaction_id = draft.NewId("ntx_");
    method.expiry_month = expiry.month;
    method.expiry_year = expiry.year;
    method.scenario = scenario.number;
    draft.Put(method);
    return method;
}

bool IsExpired(Expiry expiry, std::int64_t now) {
    using namespace std::chrono;
    const sys_days last_day = year(expiry.year) / month(static_cast<unsigned>(expiry.month)) / last;
    return now >= duration_cast<seconds>((last_day + days(1)).time_since_epoch()).count();
}

void KeepIfWanted(Draft& draft, Payment& payment, Expiry expiry) {
    const Scenario* scenario = ByToken(payment.token);
    const bool good = payment.state != "declined" && payment.state != "awaiting_customer";
    if (!payment.keep_method || !good || scenario == nullptr) return;
    payment.token = Keep(draft, *scenario, payment.customer, expiry).token;
}

}  // namespace livery::sandbox
