#include "cli/commands.h"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <livery/card_number.h>

#include "cli/plugin_commands.h"
#include "cli/serve.h"
#include "cli/setup_options.h"
#include "log/log.h"

namespace livery::cli {

namespace {

constexpr int kUsage = 64;

void AddCommonOptions(CLI::App& app, Options& options) {
    app.add_option("--config", options.config_file,
                   "livery.yaml (default: the one in this folder, if any)");
    app.add_option("--data", options.data_dir, "Folder for database, keys, mail and logs");
    app.add_option("--tenants", options.tenants_dir, "Folder with the tenants");
    app.add_option("--themes", options.themes_dir, "Folder with the themes");
    app.add_flag("--json", options.json, "Print JSON");
    app.add_flag("--quiet,-q", options.quiet, "Say nothing but results and errors");
}

void AddOwnCommands(CLI::App& app, Options& options) {
    AddServeCommands(app, options);
    AddInspectCommands(app, options);
    AddMaintenanceCommands(app, options);
    AddOperationCommands(app, options);
    AddApiKeyCommands(app, options);
    AddClockCommands(app, options);
    AddGatewayCommands(app, options);
    AddJobCommands(app, options);
    AddUserCommands(app, options);
}

// What can be known of the command line before plugins have added their part of it.
struct FirstLook {
    Options options;
    std::string command;  // the first word
    std::string part;     // the second
    bool help = false;
};

FirstLook LookAt(int argc, char** argv) {
    FirstLook look;
    CLI::App scan;
    scan.set_help_flag("");
    scan.allow_extras();
    AddCommonOptions(scan, look.options);
    try {
        scan.parse(argc, argv);
    } catch (const CLI::ParseError&) {
        // Whoever reads it all says what is wrong.
    }
    for (const std::string& word : scan.remaining()) {
        look.help = look.help || word == "--help" || word == "-h";
        if (word.starts_with("-")) continue;
        if (look.command.empty())
            look.command = word;
        else if (look.part.empty())
            look.part = word;
    }
    return look;
}

// Whether the program itself knows what is meant: nothing of a plugin is below it.
bool IsOwn(const CLI::App& app, const FirstLook& look) {
    if (!OwnCommands().contains(look.command)) return false;
    const auto parts = app.get_subcommand(look.command)->get_subcommands({});
    if (parts.empty() || (look.part.empty() && !look.help)) return true;
    return std::any_of(parts.begin(), parts.end(),
                       [&](const CLI::App* part) { return part->get_name() == look.part; });
}

// Plugins are loaded only where their commands are meant, or to be listed.
void AddOthersCommands(CLI::App& app, Options& options, const FirstLook& look) {
    if (!look.command.empty()) {
        if (!IsOwn(app, look)) AddPluginCommands(app, options, SetupFor(look.options));
        return;
    }
    if (!look.help) return;
    try {
        AddPluginCommands(app, options, SetupFor(look.options));
    } catch (const std::exception& error) {
        fmt::print(stderr, "The commands of plugins are not listed: {}\n", error.what());
    }
}

// Secrets, and what people send, are in the memory of this process: it is never written to a disk.
// The limit alone would not hold where the kernel hands cores to a program.
void LeaveNoCore() {
    const rlimit none{0, 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0 || ::prctl(PR_SET_DUMPABLE, 0) != 0)
        fmt::print(stderr, "Core dumps cannot be switched off.\n");
}

}  // namespace

HostSetup SetupFor(const Options& options) {
    HostSetup setup = LoadSetup(options.config_file);
    if (!options.data_dir.empty()) setup.config.data_dir = options.data_dir;
    if (!options.tenants_dir.empty()) setup.config.tenants_dir = options.tenants_dir;
    if (!options.themes_dir.empty()) setup.config.themes_dir = options.themes_dir;
    if (!options.front.empty()) setup.config.front = options.front;
    if (options.port != 0) setup.config.listen.port = options.port;
    log::Configure(log::LevelFrom(setup.config.log_level), "");
    return setup;
}

std::set<std::string> OwnCommands() {
    CLI::App app;
    Options options;
    AddOwnCommands(app, options);
    std::set<std::string> names;
    for (const CLI::App* command : app.get_subcommands({})) names.insert(command->get_name());
    return names;
}

int Main(int argc, char** argv) {
    LeaveNoCore();
    BlockSignals();
    if (std::any_of(argv, argv + argc, HoldsCardNumber)) {
        fmt::print(stderr, "What looks like the number of a bank card is taken nowhere.\n");
        return kUsage;
    }
    CLI::App app("Livery: customer self-care portals under many brands", "livery");
    app.require_subcommand(1);
    app.fallthrough();
    app.footer(
        "Examples:\n  livery validate\n  livery serve --port 8080\n  livery tenant list --json\n\n"
        "Exit codes: 0 done, 1 failed, 2 changes pending, 64 wrong usage, 75 the "
        "database is away.");
    Options options;
    AddCommonOptions(app, options);
    AddOwnCommands(app, options);
    try {
        AddOthersCommands(app, options, LookAt(argc, argv));
        app.parse(argc, argv);
        return options.exit_code;
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error);
        return code == 0 ? 0 : kUsage;
    } catch (const std::exception& error) {
        // What is wrong with a file repeats what somebody wrote there.
        fmt::print(stderr, "{}\n", WithoutCardNumbers(error.what()));
        return 1;
    }
}

}  // namespace livery::cli
