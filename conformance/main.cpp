#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "adapters/system_clock.h"
#include "conformance/program_double.h"
#include "conformance/report.h"
#include "conformance/sandbox_double.h"

// livery-certify FILE.so [--double COMMAND] [--json FILE] [--html FILE] [--level L1|L2|L3]
//   [--only PART]
// Runs the checks on a gateway, prints them, and ends with 1 when one failed or the
// level is not reached. Without --double the
// provider is Pelican Pay, the program beside this one; so is the helper. A whole run that reaches
// a level leaves the file's certificate beside it, and one that reaches none takes it away. --only
// runs the checks whose "GROUP.name" contains PART, and certifies nothing.
namespace livery::conformance {

namespace {

namespace fs = std::filesystem;

struct Wanted {
    std::string file;
    std::string double_command;
    std::string json;
    std::string html;
    std::string only;
    std::string level;
};

constexpr const char* kUsage =
    "livery-certify FILE.so [--double COMMAND] [--json FILE] [--html FILE] [--level L1|L2|L3] "
    "[--only "
    "PART]";

Wanted Read(int argc, char** argv) {
    Wanted wanted;
    const std::map<std::string, std::string*> options{{"--double", &wanted.double_command},
                                                      {"--json", &wanted.json},
                                                      {"--html", &wanted.html},
                                                      {"--only", &wanted.only},
                                                      {"--level", &wanted.level}};
    for (int at = 1; at < argc; ++at) {
        const auto option = options.find(argv[at]);
        if (option == options.end()) {
            if (!wanted.file.empty() || argv[at][0] == '-') throw std::invalid_argument(kUsage);
            wanted.file = argv[at];
        } else if (++at == argc) {
            throw std::invalid_argument(option->first + " wants a value");
        } else {
            *option->second = argv[at];
        }
    }
    if (wanted.file.empty()) throw std::invalid_argument(kUsage);
    return wanted;
}

void Write(const fs::path& path, const std::string& text) {
    std::ofstream out(path, std::ios::binary);
    out << text << "\n";
    if (!out.flush()) throw std::runtime_error(path.string() + " cannot be written");
}

// The bytes that were tried must still be those that lie there.
void Certify(const fs::path& file, const Report& report, const std::string& helper_program) {
    const fs::path path = gateways::CertificatePath(file);
    if (report.Level() == "none") {
        fs::remove(path);
        return;
    }
    if (gateways::GatewayFiles::Examine(file, helper_program).sha256 != report.sha256)
        throw std::runtime_error(file.string() + " was changed while it was tried");
    Write(path, CertificateOf(report).ToJson().dump(2));
    fmt::print("certified as {}: {}\n", report.Level(), path.string());
}

int Run(const Wanted& wanted) {
    const auto folder = fs::canonical("/proc/self/exe").parent_path();
    const auto provider = wanted.double_command.empty()
                              ? StartSandbox(folder / "livery-sandbox-provider")
                              : StartProgram(wanted.double_command);
    const fs::path file = fs::canonical(wanted.file);
    Shop shop({file, folder / "livery-plugin-host"}, *provider);
    Report report{shop.manifest().id,
                  shop.manifest().version,
                  {},
                  shop.sha256(),
                  ToIso(adapters::SystemClock().Now())};
    for (const Check& check : Checks()) {
        if (NameOf(check).find(wanted.only) == std::string::npos) continue;
        report.lines.push_back({&check, Examine(check, shop)});
    }
    fmt::print("{}", ToTable(report));
    if (!wanted.json.empty()) Write(wanted.json, ToJson(report).dump(2));
    if (!wanted.html.empty()) Write(wanted.html, ToPage(report));
    if (wanted.only.empty()) Certify(file, report, shop.options().helper_program);
    return report.Count(Verdict::Kind::kFailed) == 0 && report.Reaches(wanted.level) ? 0 : 1;
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
