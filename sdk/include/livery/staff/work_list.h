#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <livery/tenancy/tenant.h>

namespace livery {

// Something that waits for the staff. The console's home shows how many there are of each, to those
// who may see to it, and leads there.
struct WorkList {
    std::string label;  // text key of the plugin, with {count}: "{count, plural, =0 {None} …}"
    std::string href;
    std::string icon;        // of the icon sprite
    std::string permission;  // "": everybody's
    // One statement at most. Thread: any worker, during a request.
    std::function<std::int64_t(const Tenant&)> waiting;
};

struct OwnedWorkList {
    std::string plugin;
    WorkList list;
};

}  // namespace livery
