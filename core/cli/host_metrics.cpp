#include "cli/host_metrics.h"

#include <fmt/format.h>

#include "db/timings.h"

namespace livery::cli {

namespace {

using metrics::Metric;

double Seconds(std::chrono::microseconds time) {
    return std::chrono::duration<double>(time).count();
}

void AddStatements(std::vector<Metric>& all) {
    Metric spent{
        "livery_statement_seconds", "Time of SQL statements by name.", Metric::Kind::kSummary, {}};
    Metric longest{"livery_statement_seconds_max",
                   "The longest of each since the start.",
                   Metric::Kind::kGauge,
                   {}};
    Metric errors{
        "livery_statement_errors_total", "SQL statements that failed.", Metric::Kind::kCounter, {}};
    for (const db::StatementTiming& timing : db::Snapshot()) {
        spent.samples.push_back({{{"name", timing.name}}, Seconds(timing.total), timing.count});
        longest.samples.push_back({{{"name", timing.name}}, Seconds(timing.longest)});
        errors.samples.push_back({{{"name", timing.name}}, static_cast<double>(timing.errors)});
    }
    for (Metric* metric : {&spent, &longest, &errors}) all.push_back(std::move(*metric));
}

}  // namespace

std::vector<Metric> HostMetrics(db::Pool& pool, const dispatch::StatusCounts& requests) {
    std::vector<Metric> all;
    AddStatements(all);
    all.push_back({"livery_db_connections",
                   "Database connections: lent now, and the most that are lent.",
                   Metric::Kind::kGauge,
                   {{{{"state", "in_use"}}, static_cast<double>(pool.in_use())},
                    {{{"state", "limit"}}, static_cast<double>(pool.most())}}});
    Metric answered{"livery_requests_total",
                    "Requests answered by class of status.",
                    Metric::Kind::kCounter,
                    {}};
    for (int group = 1; group <= dispatch::StatusCounts::kGroups; ++group)
        answered.samples.push_back(
            {{{"status", fmt::format("{}xx", group)}}, static_cast<double>(requests.Of(group))});
    all.push_back(std::move(answered));
    return all;
}

}  // namespace livery::cli
