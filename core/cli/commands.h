#pragma once

#include <memory>
#include <string>

namespace CLI {
class App;
}

namespace livery::cli {

// What every command sees of the command line.
struct Options {
    std::string config_file;
    std::string data_dir;
    std::string tenants_dir;
    std::string themes_dir;
    int port = 0;
    std::string front;
    bool json = false;
    bool quiet = false;
    int exit_code = 0;
};

// Exit codes: 0 done, 1 failed or problems found, 2 changes pending (migrate --plan), 64 wrong
// usage, 75 the database is away (commands of plugins).
int Main(int argc, char** argv);

void AddServeCommands(CLI::App& app, Options& options);
void AddInspectCommands(CLI::App& app, Options& options);
void AddMaintenanceCommands(CLI::App& app, Options& options);
void AddOperationCommands(CLI::App& app, Options& options);
void AddApiKeyCommands(CLI::App& app, Options& options);
void AddClockCommands(CLI::App& app, Options& options);
void AddGatewayCommands(CLI::App& app, Options& options);
void AddJobCommands(CLI::App& app, Options& options);
void AddUserCommands(CLI::App& app, Options& options);

}  // namespace livery::cli
