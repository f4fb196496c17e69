// Plays billing scenarios: golden [--mariadb] FILE…
// Exit code 0: all passed; 1: some failed; 2: a file is wrong; 64: no file was named.
#include <cstdio>

#include <fmt/format.h>

#include "mariadb_storage.h"
#include "player.h"
#include "scenario.h"

namespace {

using livery::config::Problem;
using livery::golden::Mismatch;
using livery::golden::Outcome;

void Print(const std::string& path, const livery::golden::Scenario& scenario,
           const Outcome& outcome) {
    fmt::print("{:6}  {}{}\n", outcome.passed() ? "passed" : "failed", scenario.name,
               scenario.payments ? "   (on MariaDB: payments are kept nowhere else)" : "");
    for (const Mismatch& mismatch : outcome.mismatches) {
        fmt::print("        {}:{}: {}\n          expected  {}\n          actual    {}\n", path,
                   mismatch.at.line, mismatch.path, mismatch.expected, mismatch.actual);
    }
    if (outcome.broken) {
        fmt::print("        {}\n",
                   Problem{path, outcome.broken->at, "", outcome.broken->message}.ToString());
    }
}

}  // namespace

int main(int argc, char** argv) {
    const bool on_mariadb = argc > 1 && std::string_view(argv[1]) == "--mariadb";
    const int first = on_mariadb ? 2 : 1;
    if (argc <= first) {
        fmt::print(stderr, "Usage: golden [--mariadb] FILE…\n");
        return 64;
    }
    std::unique_ptr<livery::golden::MariadbServer> server;
    // In memory where that is enough.
    const auto storage_of = [&](const livery::golden::Scenario& scenario) {
        if (!on_mariadb && !scenario.payments) return std::unique_ptr<livery::golden::Storage>();
        if (!server) server = std::make_unique<livery::golden::MariadbServer>();
        return server->NewTenant();
    };
    int passed = 0;
    int failed = 0;
    bool broken = false;
    for (int i = first; i < argc; ++i) {
        livery::config::Problems problems;
        const auto file = livery::golden::LoadScenarios(argv[i], problems);
        if (!problems.empty() || file == nullptr) {
            fmt::print("{}\n", problems.ToString());
            broken = true;
            continue;
        }
        for (const livery::golden::Scenario& scenario : file->scenarios) {
            const Outcome outcome = livery::golden::Play(scenario, storage_of(scenario));
            Print(file->path, scenario, outcome);
            broken = broken || outcome.broken.has_value();
            ++(outcome.passed() ? passed : failed);
        }
    }
    fmt::print("{} passed, {} failed\n", passed, failed);
    if (broken) return 2;
    return failed == 0 ? 0 : 1;
}
