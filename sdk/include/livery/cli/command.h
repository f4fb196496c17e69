#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <livery/tenancy/tenant.h>
#include <livery/time/instant.h>

namespace livery {

// A command line that a plugin adds to the program: `livery <name> --tenant T …`. It runs on a
// whole host with its database, beside a serving one or alone, for one tenant that has enabled the
// plugin. Names are a-z, 0-9 and -. A plugin whose command bears the name of another is refused.
struct CommandOption {
    std::string name;  // "as-of": given as `--as-of VALUE`, or as `--as-of` when it is a flag
    std::string help;
    bool is_flag = false;
    bool required = false;
    bool positional = false;  // given without `--name`
};

struct CommandContext {
    const Tenant& tenant;
    Instant now;                                        // the tenant's, which may be a test clock's
    const std::map<std::string, std::string>& options;  // those that were given; a flag's is "true"
    bool json = false;                                  // one JSON document on standard output
    std::function<void(const std::string&)> print;      // a line to standard output
    std::function<void(const std::string&)> progress;   // a line to standard error, unless --quiet

    bool Has(const std::string& name) const { return options.contains(name); }
    std::string Get(const std::string& name) const {
        const auto found = options.find(name);
        return found == options.end() ? "" : found->second;
    }
};

struct Command {
    std::string name;
    std::string summary;
    std::string example;  // "livery bill --tenant harbor --as-of 2026-12-01"
    std::vector<CommandOption> options;
    // The exit code: 0 done, 1 failed or problems found, 64 wrong usage (say what to do). What it
    // throws is printed, and the code is 1. Thread: main.
    std::function<int(const CommandContext&)> run;
    std::string group = {};  // one of the program's own: "user" makes it `livery user <name>`
};

}  // namespace livery
