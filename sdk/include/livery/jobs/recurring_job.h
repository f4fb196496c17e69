#pragma once

#include <chrono>
#include <functional>
#include <string>

#include <livery/tenancy/tenant.h>
#include <livery/time/instant.h>

namespace livery {

// Work that a tenant needs every so often, run by one node of all at a time: looking after what is
// still open. When a test clock is moved it is also run at each midnight that it passes, after the
// jobs of that day. It may be cut off at any point and then runs again, so it must be idempotent,
// and keep what it has to remember in tables. "Now" is what it is given alone. What it throws is
// logged; it is run again when its time comes.
// Thread: one of a few that are for these jobs only, so one that waits for others holds up no daily
// job; main of a command.
struct RecurringJob {
    std::string name;  // "janitor": a-z, 0-9 and -; unique in the plugin
    // From the end of one run to the begin of the next, at the least; a second or more.
    std::chrono::seconds every{60};
    std::function<void(const Tenant& tenant, Instant now)> run;
};

}  // namespace livery
