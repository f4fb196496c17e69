#include <cctype>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <livery/json.h>

#include "cli/commands.h"
#include "cli/serve.h"
#include "cli/setup_options.h"
#include "clock/test_clock_repository.h"
#include "jobs/clock_advance.h"

namespace livery::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kUsage = 64;

struct Wanted {
    std::string tenant;
    std::string by;
    std::string to;
};

// "1month" as "1 month".
std::string Spaced(const std::string& text) {
    std::size_t digits = 0;
    while (digits < text.size() && std::isdigit(static_cast<unsigned char>(text[digits])) != 0)
        ++digits;
    if (digits == 0 || digits == text.size() || text[digits] == ' ') return text;
    return text.substr(0, digits) + " " + text.substr(digits);
}

std::optional<CivilTime> TargetOf(const Wanted& wanted, CivilTime now) {
    if (!wanted.to.empty()) return ParseCivilTime(wanted.to);
    const auto length = Length::Parse(Spaced(wanted.by));
    return length ? std::optional(now + *length) : std::nullopt;
}

void Print(const Options& options, OnlineHost& host, const Tenant& tenant) {
    const Instant now = host.tenant_time().Now(tenant);
    const auto moved = clock::TestClockRepository::Find(host.database(), tenant.id);
    const std::string civil = ToIso(host.tenant_time().ToCivil(tenant, now));
    const std::string_view kind = !tenant.HasTestClock() ? "machine"
                                  : moved                ? "test, stands"
                                                         : "test, runs";
    if (options.json) {
        fmt::print("{}\n", Json{{"tenant", tenant.id.value()},
                                {"now", ToIso(now)},
                                {"civil", civil},
                                {"time_zone", tenant.time_zone},
                                {"clock", kind}}
                               .dump(2));
        return;
    }
    fmt::print("{} {} ({} clock)\n", civil, tenant.time_zone, kind);
}

int Show(const Options& options, const Wanted& wanted) {
    OnlineHost host(SetupFor(options), Purpose::kCommand, [](const std::string&) {});
    Print(options, host, host.NeedSite(wanted.tenant)->tenant);
    return 0;
}

int Refuse(const Error& error, const std::string& tenant) {
    const std::string key = error.fields.empty() ? error.message : error.fields.front().message;
    if (key == "error.clock_no_sandbox") {
        fmt::print(stderr,
                   "Tenant `{}` lives by the machine's clock; a test clock is for tenants with "
                   "`mode: sandbox` in their tenant.yaml.\n",
                   tenant);
        return 1;
    }
    if (key == "error.clock_not_ahead") {
        fmt::print(stderr, "The clock only goes forward; see `livery clock show --tenant {}`.\n",
                   tenant);
        return kUsage;
    }
    if (key == "error.clock_being_moved") {
        fmt::print(stderr, "Somebody is moving this clock at the moment; try again in a while.\n");
        return 1;
    }
    fmt::print(stderr,
               "A job failed: {}\nThe clock stands at that day; repeat the command to go on.\n",
               key);
    return 1;
}

int Advance(const Options& options, const Wanted& wanted) {
    UnblockSignals();
    if (wanted.by.empty() == wanted.to.empty()) {
        fmt::print(stderr,
                   "Say how far (`1month`, `10 days`) or `--to 2027-01-31`, one of them.\n");
        return kUsage;
    }
    OnlineHost host(SetupFor(options), Purpose::kCommand, [](const std::string&) {});
    const auto site = host.NeedSite(wanted.tenant);
    const Tenant& tenant = site->tenant;
    const auto target = TargetOf(wanted, host.tenant_time().CivilNow(tenant));
    if (!target) {
        fmt::print(stderr,
                   "`{}` is neither a length (`1month`, `10 days`, `2 years`) nor a time "
                   "(2027-01-31, 2027-01-31T12:00:00).\n",
                   wanted.to.empty() ? wanted.by : wanted.to);
        return kUsage;
    }
    jobs::DailyRuns runs(host.database(), host.tenant_time(), host.contributions().daily_jobs);
    jobs::RecurringRuns recurring(host.database(), host.contributions().recurring_jobs);
    const auto moved = jobs::ClockAdvance(host.database(), host.tenant_time(), runs, recurring)
                           .To(tenant, *target, [&](Date day) {
                               if (!options.quiet) fmt::print(stderr, "  {}\n", ToIso(day));
                           });
    if (!moved) return Refuse(moved.error(), wanted.tenant);
    Print(options, host, tenant);
    return 0;
}

}  // namespace

void AddClockCommands(CLI::App& app, Options& options) {
    auto* clock = app.add_subcommand("clock", "The clock of a tenant, and moving a test clock")
                      ->require_subcommand(1)
                      ->fallthrough();
    clock->footer(
        "Examples:\n  livery clock --tenant harbor show\n  livery clock --tenant harbor advance "
        "1month\n  livery clock --tenant harbor advance --to 2027-01-31\n\n"
        "Only tenants with `mode: sandbox` have a test clock. Once moved, it stands where it was "
        "put.\nEverything that the days on the way bring is done, day by day. Works beside a "
        "running host.");
    const auto wanted = std::make_shared<Wanted>();
    clock->add_option("--tenant", wanted->tenant, "The tenant")->required();
    clock->add_subcommand("show", "What time it is for a tenant")
        ->fallthrough()
        ->callback([&options, wanted] { options.exit_code = Show(options, *wanted); });
    auto* advance = clock->add_subcommand("advance", "Move a test clock forward")->fallthrough();
    advance->add_option("by", wanted->by, "How far: 1month, `10 days`, `2 years`");
    advance->add_option("--to", wanted->to, "Until when, on the tenant's clocks");
    advance->callback([&options, wanted] { options.exit_code = Advance(options, *wanted); });
}

}  // namespace livery::cli
