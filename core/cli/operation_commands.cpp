#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <livery/card_number.h>
#include <livery/json.h>

#include "cli/commands.h"
#include "cli/serve.h"
#include "cli/setup_options.h"
#include "jobs/verification.h"

namespace livery::cli {

namespace {

using Json = nlohmann::ordered_json;

// One tenant, or all that are not refused when `tenant` is empty.
std::vector<std::shared_ptr<const tenancy::Site>> SitesOf(const OnlineHost& host,
                                                          const std::string& tenant) {
    if (!tenant.empty()) return {host.NeedSite(tenant)};
    std::vector<std::shared_ptr<const tenancy::Site>> sites;
    for (const auto& [id, site] : host.houses().Current()->sites) sites.push_back(site);
    return sites;
}

void Print(const std::string& tenant, const jobs::Verdict& verdict) {
    if (verdict.holds()) {
        fmt::print("ok  {} {} {}\n", tenant, verdict.id, verdict.summary);
        return;
    }
    fmt::print("BAD {} {} {}: {}\n", tenant, verdict.id, verdict.summary,
               verdict.failure.empty() ? fmt::format("{} rows", verdict.broken)
                                       : "could not be checked: " + verdict.failure);
    for (const Violation& row : verdict.rows) fmt::print("      {}: {}\n", row.row, row.says);
    if (verdict.broken > verdict.rows.size())
        fmt::print("      … and {} more\n", verdict.broken - verdict.rows.size());
}

Json ToJson(const std::string& tenant, const jobs::Verdict& verdict) {
    Json rows = Json::array();
    for (const Violation& row : verdict.rows)
        rows.push_back({{"row", row.row}, {"says", row.says}});
    return {{"tenant", tenant},           {"plugin", verdict.plugin},  {"id", verdict.id},
            {"summary", verdict.summary}, {"ok", verdict.holds()},     {"broken", verdict.broken},
            {"rows", std::move(rows)},    {"failure", verdict.failure}};
}

// Those of whom nothing can be said: the others are looked at all the same.
Json RefusedOf(const OnlineHost& host) {
    Json list = Json::array();
    for (const auto& [tenant, problems] : host.houses().Current()->refused)
        list.push_back(
            {{"tenant", tenant}, {"problems", WithoutCardNumbers(problems.ToString())}});
    return list;
}

int Verify(const Options& options, const std::string& tenant) {
    constexpr std::size_t kMostRows = 20;
    UnblockSignals();
    OnlineHost host(SetupFor(options), Purpose::kCommand, [](const std::string&) {});
    Json list = Json::array();
    const Json refused = RefusedOf(host);
    bool holds = refused.empty();
    for (const auto& site : SitesOf(host, tenant)) {
        const std::string& id = site->tenant.id.value();
        for (const jobs::Verdict& verdict : jobs::Verify(
                 host.database(), site->tenant, host.contributions().invariants, kMostRows)) {
            holds = holds && verdict.holds();
            if (options.json) {
                list.push_back(ToJson(id, verdict));
            } else {
                Print(id, verdict);
            }
        }
    }
    if (options.json) {
        const Json all{{"ok", holds}, {"invariants", list}, {"refused", refused}};
        fmt::print("{}\n", all.dump(2));
        return holds ? 0 : 1;
    }
    for (const Json& each : refused)
        fmt::print("BAD {} could not be checked: {}\n", each["tenant"].get<std::string>(),
                   each["problems"].get<std::string>());
    return holds ? 0 : 1;
}

}  // namespace

void AddOperationCommands(CLI::App& app, Options& options) {
    auto* verify = app.add_subcommand(
        "verify", "Recompute what the tables must always say, and name every row that breaks it");
    verify->footer(
        "Examples:\n  livery verify\n  livery verify --tenant harbor --json\n\n"
        "Changes nothing; works beside a running host. Exit codes: 0 all holds, 1 something does "
        "not.");
    const auto tenant = std::make_shared<std::string>();
    verify->add_option("--tenant", *tenant, "The tenant; without it, all of them");
    verify->callback([&options, tenant] { options.exit_code = Verify(options, *tenant); });
}

}  // namespace livery::cli
