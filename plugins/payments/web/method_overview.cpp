#include "web/method_overview.h"

#include <livery/http/page_routes.h>

#include "app/method_text.h"
#include "storage/method_repository.h"

namespace livery::payments {

void MethodOverview::Contribute(const RequestContext& r, Overview& overview) {
    const Formatter& t = r.format();
    const auto add = [&](const PaymentMethod& method, Date on, const char* state) {
        overview.upcoming.push_back(
            {on, MethodText(method, t), t.Text(state), "credit-card", "/payment-methods"});
    };
    const auto methods = MethodRepository::OfAccount(database_, r.tenant().id, AccountOf(r));
    for (const PaymentMethod& method : methods) {
        if (ExpiresSoon(method, r.today()))
            add(method, *ExpiresOn(method) - std::chrono::days(1), "method_state.expires_soon");
    }
    if (!Chargeable(methods, r.today()).empty()) return;
    // Today, since what is ahead on a day that is over is taken for something overdue.
    for (const PaymentMethod& method : methods) {
        if (method.state == MethodState::kActive && IsExpired(method, r.today()))
            add(method, r.today(), "method_state.expired");
    }
}

}  // namespace livery::payments
