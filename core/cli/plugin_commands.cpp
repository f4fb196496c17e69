#include "cli/plugin_commands.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <livery/db/failure.h>

#include "cli/serve.h"

namespace livery::cli {

namespace {

// One command of one plugin, and what was said with it.
struct Call {
    std::string plugin;
    std::string group;
    std::string command;
    std::string tenant;
    std::map<std::string, std::string> options;
};

const Command& CommandOf(const OnlineHost& host, const Call& call) {
    for (const auto& [plugin, command] : host.contributions().commands) {
        if (plugin == call.plugin && command.name == call.command && command.group == call.group)
            return command;
    }
    throw std::runtime_error(
        fmt::format("Plugin `{}` has not started; see `livery plugin list`.", call.plugin));
}

int RunOn(const Options& options, const Call& call) {
    OnlineHost host(SetupFor(options), Purpose::kCommand, [](const std::string&) {});
    const auto site = host.NeedSite(call.tenant);
    const Tenant& tenant = site->tenant;
    if (!tenant.Enables(call.plugin)) {
        fmt::print(
            stderr,
            "Tenant `{}` has not enabled `{}`, which brings `{}`; list it under `plugins` in "
            "its tenant.yaml.\n",
            call.tenant, call.plugin, call.command);
        return 1;
    }
    const auto print = [](const std::string& line) { fmt::print("{}\n", line); };
    const auto progress = [&](const std::string& line) {
        if (!options.quiet) fmt::print(stderr, "  {}\n", line);
    };
    return CommandOf(host, call)
        .run({tenant, host.tenant_time().Now(tenant), call.options, options.json, print, progress});
}

// A mail server that hands a mail over must not take a database that is away for a mail that is not
// wanted: EX_TEMPFAIL of sysexits.h.
int Run(const Options& options, const Call& call) {
    constexpr int kTryLater = 75;
    UnblockSignals();
    try {
        return RunOn(options, call);
    } catch (const db::Unavailable& away) {
        fmt::print(stderr, "{}\n", away.what());
        return kTryLater;
    }
}

void AddOption(CLI::App& command, const CommandOption& option, const std::shared_ptr<Call>& call) {
    const std::string flag = (option.positional ? "" : "--") + option.name;
    if (option.is_flag) {
        command.add_flag_callback(
            flag, [call, name = option.name] { call->options[name] = "true"; }, option.help);
        return;
    }
    command
        .add_option_function<std::string>(
            flag,
            [call, name = option.name](const std::string& value) { call->options[name] = value; },
            option.help)
        ->required(option.required);
}

}  // namespace

void AddPluginCommands(CLI::App& app, Options& options, const HostSetup& setup) {
    const OfflineHost host(setup);
    for (const auto& [plugin, command] : host.contributions.commands) {
        CLI::App& parent = command.group.empty() ? app : *app.get_subcommand(command.group);
        auto* added = parent.add_subcommand(command.name, command.summary);
        added->group("Commands of plugins");
        added->footer(
            fmt::format("Example:\n  {}\n\nOf the plugin {}. Works beside a running host.",
                        command.example, plugin));
        const auto call = std::make_shared<Call>(Call{plugin, command.group, command.name, "", {}});
        added->add_option("--tenant", call->tenant, "The tenant")->required();
        for (const CommandOption& option : command.options) AddOption(*added, option, call);
        added->callback([&options, call] { options.exit_code = Run(options, *call); });
    }
}

}  // namespace livery::cli
