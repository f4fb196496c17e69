#include "web/standing_overview.h"

#include <livery/http/page_routes.h>

#include "storage/standing_repository.h"

namespace livery::payments {

void StandingOverview::Contribute(const RequestContext& r, Overview& overview) {
    constexpr const char* kPay = "/payments/pay";
    constexpr const char* kIcon = "circle-alert";
    const Standing standing = StandingRepository::Of(database_, r.tenant().id, AccountOf(r));
    const Formatter& t = r.format();
    if (standing.blocked || !standing.step.empty())
        overview.upcoming.push_back(
            {r.today(), t.Text("standing.pay_now"),
             t.Text(standing.blocked ? "standing.blocked" : "standing.warned"), kIcon, kPay});
    if (Holds(standing.promise, r.today()))
        overview.upcoming.push_back(
            {standing.promise->pays_by, t.Text("promise.title"),
             t.Text("standing.promised", {{"date", t.Day(standing.promise->pays_by)}}),
             "calendar-clock", kPay});
}

}  // namespace livery::payments
