// LOAD: what happens between the file and hosts of other versions, and while it is opened.
#include <fstream>
#include <map>

#include <fmt/format.h>

#include "conformance/bad_gateway.h"
#include "conformance/checks/groups.h"

namespace livery::conformance::load {

namespace {

using gateways::HelperProcess;

Result<std::unique_ptr<HelperProcess>> OpenedBy(const Shop& shop, int major, int minor) {
    HelperProcess::Options options{shop.options().helper_program, shop.options().file};
    options.abi_major = major;
    options.abi_minor = minor;
    return HelperProcess::Start(options);
}

// Of a process, from /proc: how many threads, and which signals it takes or ignores.
std::map<std::string, std::string> FactsOf(pid_t pid) {
    std::map<std::string, std::string> facts;
    std::ifstream status(fmt::format("/proc/{}/status", pid));
    for (std::string line; std::getline(status, line);) {
        const auto colon = line.find(':');
        const std::string name = line.substr(0, colon);
        if (name == "Threads" || name == "SigCgt" || name == "SigIgn")
            facts[name] = line.substr(line.find_first_not_of(": \t", colon));
    }
    return facts;
}

}  // namespace

void LoadsWithNextMinor(Shop& shop) {
    const auto opened = OpenedBy(shop, LIVERY_GATEWAY_ABI_MAJOR, LIVERY_GATEWAY_ABI_MINOR + 1);
    Expect(opened.has_value(), opened ? "" : opened.error().message);
}

void RefusesOtherMajor(Shop& shop) {
    for (const int major : {LIVERY_GATEWAY_ABI_MAJOR + 1, LIVERY_GATEWAY_ABI_MAJOR - 1}) {
        const auto opened = OpenedBy(shop, major, LIVERY_GATEWAY_ABI_MINOR);
        Expect(!opened.has_value(), fmt::format("it serves a host of version {}", major));
        Expect(opened.error().message.find("does not serve this host") != std::string::npos,
               fmt::format("it breaks a host of version {}: {}", major, opened.error().message));
    }
}

// Beside a file that does nothing when it is opened. The helper lets it open no file for writing,
// no socket and no thread (SIGSYS), and has no output: what is left are signals.
void StaticInitDoesNothing(Shop& shop) {
    const BadGateway idle(shop);
    const auto opened = OpenedBy(shop, LIVERY_GATEWAY_ABI_MAJOR, LIVERY_GATEWAY_ABI_MINOR);
    Expect(opened.has_value(), opened ? "" : opened.error().message);
    const auto wanted = FactsOf(idle.pid());
    const auto facts = FactsOf((*opened)->pid());
    Expect(wanted.size() == 3, "this machine does not tell of its processes");
    for (const auto& [name, value] : wanted)
        Expect(facts.at(name) == value,
               fmt::format("opening it changes {}: {} instead of {}", name, facts.at(name), value));
}

}  // namespace livery::conformance::load
