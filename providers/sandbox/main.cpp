#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include <sys/prctl.h>

#include "adapters/system_clock.h"
#include "sandbox/provider.h"

// livery-sandbox-provider --data FOLDER [--port P] [--merchant
// ID,API-KEY,HOOK-KEY[,HOOK-URL[,NEXT-HOOK-KEY]]]… [--merchants FILE with a line for each]
//   [--decides-after SECONDS] [--late-after SECONDS] [--hook-retry-ms MS] [--dies-with-parent]
// Says "listening on PORT" on standard output when it does; ends at SIGTERM or SIGINT.
namespace livery::sandbox {

namespace {

// A line for each. Throws std::invalid_argument.
void ReadMerchants(const std::string& file, std::vector<Merchant>& merchants) {
    std::ifstream in(file);
    if (!in) throw std::invalid_argument("there is no file " + file);
    for (std::string line; std::getline(in, line);)
        if (!line.empty()) merchants.push_back(ParseMerchant(line));
}

ProviderOptions ReadOptions(int argc, char** argv) {
    ProviderOptions options;
    for (int at = 1; at < argc; ++at) {
        const std::string name = argv[at];
        if (name == "--dies-with-parent") {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            continue;
        }
        if (at + 1 == argc) throw std::invalid_argument(name + " wants a value");
        const std::string value = argv[++at];
        if (name == "--data") {
            options.data = value;
        } else if (name == "--port") {
            options.port = std::stoi(value);
        } else if (name == "--merchant") {
            options.merchants.push_back(ParseMerchant(value));
        } else if (name == "--merchants") {
            ReadMerchants(value, options.merchants);
        } else if (name == "--decides-after") {
            options.delays.decision = std::stoll(value);
        } else if (name == "--late-after") {
            options.delays.late = std::stoll(value);
        } else if (name == "--hook-retry-ms") {
            options.webhooks.first_wait = std::chrono::milliseconds(std::stoi(value));
        } else {
            throw std::invalid_argument("what is " + name + "?");
        }
    }
    if (options.data.empty()) throw std::invalid_argument("--data FOLDER is missing");
    if (options.merchants.empty())
        options.merchants.push_back(ParseMerchant("harbor,sandbox-api-key,sandbox-hook-key"));
    return options;
}

int Run(int argc, char** argv) {
    const ProviderOptions options = ReadOptions(argc, argv);
    std::filesystem::create_directories(options.data);
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    // Before any thread is there, so that none of them gets the signals.
    ::pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    const adapters::SystemClock clock;
    const Provider provider(options, clock);
    std::printf("listening on %d\n", provider.port());
    std::fflush(stdout);
    int signal = 0;
    ::sigwait(&ends, &signal);
    return 0;
}

}  // namespace

}  // namespace livery::sandbox

int main(int argc, char** argv) {
    try {
        return livery::sandbox::Run(argc, argv);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "livery-sandbox-provider: %s\n", failure.what());
        return 1;
    }
}
