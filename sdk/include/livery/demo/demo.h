#pragma once

#include <cstdint>
#include <functional>
#include <random>

#include <livery/config/node.h>
#include <livery/config/problems.h>
#include <livery/tenancy/tenant.h>
#include <livery/time/clock.h>

namespace livery {

// What a plugin's demo generator works with. It calls the plugin's own use cases, at the times it
// puts the clock to; the same seed gives the same data.
struct DemoContext {
    const Tenant& tenant;
    std::mt19937_64& random;
    FixedClock& clock;
    Instant now;                 // the real present: histories end here
    const config::Node& script;  // the tenant's demo.yaml
    std::function<void(std::string)> progress;

    // A number in [0, below), equal on every platform (std::uniform_int_distribution is not).
    std::uint64_t Draw(std::uint64_t below) { return below == 0 ? 0 : random() % below; }
};

using DemoGenerator = std::function<void(DemoContext&)>;

}  // namespace livery
