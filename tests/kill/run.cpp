#include "run.h"

#include <set>

#include <fmt/format.h>

#include <livery/db/failure.h>

#include "billing.h"
#include "db/embedded_server.h"
#include "db/mariadb_database.h"
#include "progress.h"

namespace livery::kills {

namespace {

constexpr const char* kMonths[] = {"2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"};

// A month of which every account was billed: others are to be run again.
constexpr db::Statement kMonthsBilled{
    "kills.months_billed",
    "SELECT as_of FROM invoices_run WHERE tenant_id = :tenant AND report LIKE "
    "'%\"failures\":[]%'"};

std::set<Instant> MonthsBilled(db::Database& database, const TenantId& tenant) {
    std::set<Instant> months;
    for (const db::Row row : database.Query(tenant, kMonthsBilled, {})) months.insert(row.Time(0));
    return months;
}

// False: somebody was not billed.
bool RunAll(db::Database& database, const TenantId& tenant, Shop& shop) {
    ShopBilling billing(database, tenant, shop);
    const std::set<Instant> billed = MonthsBilled(database, tenant);
    for (const char* month : kMonths) {
        const CivilTime as_of = *ParseDate(month);
        if (billed.contains(as_of)) continue;
        const auto report = billing.Run(as_of);
        for (const auto& failure : report.failures)
            fmt::print(stderr, "{}: {}: {}\n", month, failure.account.ToString(), failure.reason);
        if (!report.failures.empty()) return false;
    }
    return true;
}

}  // namespace

int RunMonths(const RunArguments& arguments) {
    SharedProgress progress(arguments.progress);
    progress->state = Progress::State::kStarting;
    Shop shop(arguments.subscriptions);
    db::Pool pool(db::EmbeddedServer::EndpointIn(arguments.server), 2,
                  std::chrono::milliseconds(300));
    db::MariadbDatabase server(pool);
    WatchedDatabase database(server, progress);
    try {
        return RunAll(database, TenantId(arguments.tenant), shop) ? 0 : 1;
    } catch (const db::Failure& failure) {
        fmt::print(stderr, "{}\n", failure.what());
        return 1;
    }
}

}  // namespace livery::kills
