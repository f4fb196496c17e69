#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "conformance/report.h"
#include "conformance/sandbox_double.h"

// livery-certify FILE.so [--json FILE] [--only PART]
// Runs the checks whose "GROUP.name" contains PART (all by default) on a gateway, prints them, and
// ends with 1 when one failed. Helper and provider are the programs beside this one.
namespace livery::conformance {

namespace {

struct Wanted {
    std::string file;
    std::string json;
    std::string only;
};

Wanted Read(int argc, char** argv) {
    Wanted wanted;
    for (int at = 1; at < argc; ++at) {
        const std::string word = argv[at];
        if (word == "--json" || word == "--only") {
            if (at + 1 == argc) throw std::invalid_argument(word + " wants a value");
            (word == "--json" ? wanted.json : wanted.only) = argv[++at];
        } else {
            wanted.file = word;
        }
    }
    if (wanted.file.empty())
        throw std::invalid_argument("livery-certify FILE.so [--json FILE] [--only PART]");
    return wanted;
}

int Run(const Wanted& wanted) {
    const auto folder = std::filesystem::canonical("/proc/self/exe").parent_path();
    const auto provider = StartSandbox(folder / "livery-sandbox-provider");
    Shop shop({std::filesystem::canonical(wanted.file), folder / "livery-plugin-host"}, *provider);
    Report report{fmt::format("{} {}", shop.manifest().id, shop.manifest().version), {}};
    for (const Check& check : Checks()) {
        if (fmt::format("{}.{}", check.group, check.name).find(wanted.only) == std::string::npos)
            continue;
        report.lines.push_back({&check, Examine(check, shop)});
    }
    std::fputs(ToTable(report).c_str(), stdout);
    if (!wanted.json.empty()) std::ofstream(wanted.json) << ToJson(report).dump(2) << "\n";
    return report.Count(Verdict::Kind::kFailed) == 0 ? 0 : 1;
}

}  // namespace

}  // namespace livery::conformance

int main(int argc, char** argv) {
    try {
        return livery::conformance::Run(livery::conformance::Read(argc, argv));
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "livery-certify: %s\n", failure.what());
        return 2;
    }
}
