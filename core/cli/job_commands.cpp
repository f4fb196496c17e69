#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <livery/json.h>

#include "cli/commands.h"
#include "cli/serve.h"
#include "cli/setup_options.h"
#include "jobs/daily_runs.h"

namespace livery::cli {

namespace {

using Json = nlohmann::ordered_json;

struct Wanted {
    std::string tenant;
    int most = 20;
};

Json ToJson(const jobs::StoredRun& run) {
    return {{"day", ToIso(run.key.day)},
            {"plugin", run.key.plugin},
            {"job", run.key.job},
            {"state", jobs::ToString(run.state)},
            {"tries", run.epoch},
            {"started_at", ToIso(run.started_at)},
            {"finished_at", run.finished_at ? Json(ToIso(*run.finished_at)) : Json()},
            {"outcome", run.outcome}};
}

void List(const Options& options, const Wanted& wanted) {
    OnlineHost host(SetupFor(options), Purpose::kCommand, [](const std::string&) {});
    const auto site = host.NeedSite(wanted.tenant);
    Json list = Json::array();
    for (const jobs::StoredRun& run :
         jobs::RunRepository::Newest(host.database(), site->tenant.id, wanted.most)) {
        list.push_back(ToJson(run));
        if (options.json) continue;
        fmt::print("{}  {:<28} {:<8}  tries {}  {}\n", ToIso(run.key.day),
                   run.key.plugin + "/" + run.key.job, jobs::ToString(run.state), run.epoch,
                   run.outcome.substr(0, 100));
    }
    if (options.json) return fmt::print("{}\n", list.dump(2));
    if (list.empty()) fmt::print(stderr, "No job has run yet.\n");
}

int Run(const Options& options, const Wanted& wanted) {
    UnblockSignals();
    OnlineHost host(SetupFor(options), Purpose::kCommand, [](const std::string&) {});
    const auto site = host.NeedSite(wanted.tenant);
    jobs::DailyRuns runs(host.database(), host.tenant_time(), host.contributions().daily_jobs);
    const auto outcome = runs.RunDue(site->tenant, host.tenant_time().Now(site->tenant));
    if (!outcome.failure.empty()) fmt::print(stderr, "FAILED {}\n", outcome.failure);
    if (outcome.busy) fmt::print(stderr, "Another host is at it.\n");
    if (outcome.settled && outcome.failure.empty()) fmt::print("Everything due is done.\n");
    return outcome.settled && outcome.failure.empty() ? 0 : 1;
}

}  // namespace

void AddJobCommands(CLI::App& app, Options& options) {
    auto* jobs =
        app.add_subcommand("jobs", "What every day of a tenant brings")->require_subcommand(1);
    jobs->footer(
        "Examples:\n  livery jobs list --tenant harbor\n  livery jobs run --tenant harbor\n\n"
        "A host that serves runs them by itself, unless its livery.yaml says `jobs: off`.");
    const auto wanted = std::make_shared<Wanted>();
    auto* list = jobs->add_subcommand("list", "The latest runs, and what came of them");
    list->add_option("--tenant", wanted->tenant, "The tenant")->required();
    list->add_option("--most", wanted->most, "How many")->check(CLI::Range(1, 10'000));
    list->callback([&options, wanted] { List(options, *wanted); });
    auto* run = jobs->add_subcommand("run", "Run now what is due");
    run->add_option("--tenant", wanted->tenant, "The tenant")->required();
    run->callback([&options, wanted] { options.exit_code = Run(options, *wanted); });
}

}  // namespace livery::cli
