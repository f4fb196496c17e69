#include "jobs/clock_operations.h"

#include <livery/api/schema.h>

#include "clock/test_clock_repository.h"

namespace livery::jobs {

using api::Call;
using api::Json;

namespace {

Json ClockJson(db::Database& database, TenantTime& time, const Tenant& tenant) {
    const Instant now = time.Now(tenant);
    const bool moved =
        tenant.HasTestClock() && clock::TestClockRepository::Find(database, tenant.id).has_value();
    return {{"now", ToIso(now)},
            {"civil", api::CivilOf(time.ToCivil(tenant, now))},
            {"time_zone", tenant.time_zone},
            {"sandbox", tenant.HasTestClock()},
            {"stands", moved}};
}

Result<CivilTime> TargetOf(const Json& body, CivilTime now) {
    if (body.contains("to") == body.contains("by"))
        return InvalidField("to", "error.clock_to_or_by");
    if (body.contains("to")) {
        const auto to = ParseCivilTime(body.at("to").get<std::string>());
        if (!to) return InvalidField("to", "no_such_time");
        return *to;
    }
    const auto by = Length::Parse(body.at("by").get<std::string>());
    if (!by) return InvalidField("by", "error.clock_no_length");
    return now + *by;
}

api::Operation OperationOf(Method method, std::string path, std::string id, std::string scope,
                           std::string summary, api::Reading handler) {
    return {.method = method,
            .path = std::move(path),
            .id = std::move(id),
            .tag = "Clock",
            .scope = std::move(scope),
            .summary = std::move(summary),
            .description = {},
            .query = {},
            .body = {},
            .reply = "Clock",
            .handler = std::move(handler)};
}

void Add(host::Contributions& contributions, api::Operation operation) {
    Route route{operation.method, operation.path, Access::kApiKey, {}, operation.summary};
    route.operation = std::make_shared<const api::Operation>(std::move(operation));
    contributions.routes.push_back({"", std::move(route)});
}

void AddSchemas(host::Contributions& contributions) {
    contributions.schemas.push_back(
        {"Clock",
         api::Object("What time it is.",
                     {{"now", api::Text("RFC 3339, UTC")},
                      {"civil", api::CivilText("On the clocks of the business")},
                      {"time_zone", api::Text("IANA")},
                      {"sandbox", api::Flag("It has a test clock")},
                      {"stands", api::Flag("The test clock was moved, and stands there")}})});
    contributions.schemas.push_back(
        {"ClockAdvance",
         api::Object("How far: one of the two.",
                     {api::Optional("to", api::Text("2027-01-31 or 2027-01-31T12:00:00", 19)),
                      api::Optional("by", api::Text("month, 10 days, 2 years …", 40))})});
}

}  // namespace

void AddClockOperations(host::Contributions& contributions, db::Database& database,
                        TenantTime& time) {
    AddSchemas(contributions);
    Add(contributions,
        OperationOf(Method::kGet, "/api/v1/clock", "getClock", "clock:read", "What time it is",
                    [&database, &time](const Call& call) {
                        return Result<Json>(ClockJson(database, time, call.tenant()));
                    }));
    api::Operation advance = OperationOf(
        Method::kPost, "/api/v1/clock/advance", "advanceClock", "clock:write", "Move a test clock",
        [&database, &time, &contributions](const Call& call) -> Result<Json> {
            const Tenant& tenant = call.tenant();
            const CivilTime target = LIVERY_TRY(TargetOf(call.body, time.CivilNow(tenant)));
            DailyRuns runs(database, time, contributions.daily_jobs);
            RecurringRuns recurring(database, contributions.recurring_jobs);
            LIVERY_TRY(
                ClockAdvance(database, time, runs, recurring).To(tenant, target, [](Date) {}));
            return ClockJson(database, time, tenant);
        });
    advance.body = "ClockAdvance";
    advance.description =
        "Only forward, and only of a business in sandbox mode. Everything that the days on the way "
        "bring is done before this answers. With `to`, a repeat does no harm.";
    Add(contributions, std::move(advance));
}

}  // namespace livery::jobs
