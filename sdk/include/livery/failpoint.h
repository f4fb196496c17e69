#pragma once

// Named places on the way of a payment where a process can be made to die: how a test finds out
// what a kill at exactly that place leaves behind. tests/crash/README.md lists them and who reaches
// them.
//
// LIVERY_FAILPOINT("payment.begun") does nothing but in builds with tests (the CMake option
// LIVERY_FAILPOINTS): what is shipped has neither the code nor the names, so no environment,
// however it came about, can stop a portal that serves people. In the others the environment arms
// one point, read once: a process that was started does not change its mind, and there is no door
// to do it by.
//
//   LIVERY_FAILPOINT=payment.begun=3     the third that passes kills the process (SIGKILL)
//   LIVERY_FAILPOINT=payment.begun*12    who passes waits; the twelfth kills the process, so that
//                                        twelve are at the place when it dies
//
// Each that is there is said on standard error: `failpoint payment.begun 3`. Thread: any.
#ifdef LIVERY_FAILPOINTS

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <signal.h>
#include <unistd.h>

namespace livery::failpoint {

struct Armed {
    std::string name;
    int last = 0;        // which passing is the end of the process
    bool waits = false;  // whether the ones before it wait for it
    std::atomic<int> passed{0};

    explicit Armed(const char* text) {
        const std::string_view words = text == nullptr ? "" : text;
        const auto sign = words.find_first_of("=*");
        if (sign == std::string_view::npos) return;
        name = words.substr(0, sign);
        waits = words[sign] == '*';
        last = std::atoi(text + sign + 1);
    }
};

inline void Pass(std::string_view name) {
    static Armed armed(std::getenv("LIVERY_FAILPOINT"));
    if (armed.last < 1 || armed.name != name) return;
    const int passing = ++armed.passed;
    std::fprintf(stderr, "failpoint %s %d\n", armed.name.c_str(), passing);
    if (passing == armed.last) ::kill(::getpid(), SIGKILL);
    // Nobody gets further than who killed it: the signal may reach this thread last.
    while (armed.waits || passing >= armed.last) ::pause();
}

}  // namespace livery::failpoint

#define LIVERY_FAILPOINT(name) ::livery::failpoint::Pass(name)
#else
#define LIVERY_FAILPOINT(name) static_cast<void>(0)
#endif
