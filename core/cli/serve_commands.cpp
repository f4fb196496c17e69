#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/serve.h"
#include "cli/setup_options.h"

namespace livery::cli {

namespace {

void AddListenOptions(CLI::App& command, Options& options) {
    command.add_option("--port", options.port, "Public TCP port")->check(CLI::Range(1, 65535));
    command.add_option("--front", options.front, "embedded (a private nginx) or none")
        ->check(CLI::IsMember({"embedded", "none"}));
}

}  // namespace

void AddServeCommands(CLI::App& app, Options& options) {
    auto* serve = app.add_subcommand("serve", "Run the portal until it is stopped");
    serve->footer(
        "Examples:\n  livery serve\n  livery serve --port 8080 --data /var/lib/livery\n\nSIGHUP "
        "reloads tenants and themes, SIGTERM ends it in order.");
    AddListenOptions(*serve, options);
    serve->callback([&options] {
        options.exit_code = Serve(SetupFor(options), {false, options.quiet});
    });

    auto* demo = app.add_subcommand(
        "demo", "Run the portal with demo data; an empty database is filled first");
    demo->footer("Example:\n  livery demo --port 8080 --data var/demo");
    AddListenOptions(*demo, options);
    demo->callback([&options] {
        options.exit_code = Serve(SetupFor(options), {true, options.quiet});
    });
}

}  // namespace livery::cli
