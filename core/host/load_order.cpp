#include "host/load_order.h"

#include <algorithm>

#include <fmt/format.h>

namespace livery::host {

LoadOrder OrderPlugins(const std::map<std::string, PluginManifest>& plugins) {
    LoadOrder result;
    std::map<std::string, const PluginManifest*> waiting;
    for (const auto& [id, manifest] : plugins) waiting[id] = &manifest;
    const auto placed = [&](const std::string& id) {
        return std::find(result.order.begin(), result.order.end(), id) != result.order.end();
    };
    for (bool moved = true; moved;) {
        moved = false;
        for (auto at = waiting.begin(); at != waiting.end();) {
            const auto& needs = at->second->requires_plugins;
            const auto lost =
                std::find_if(needs.begin(), needs.end(), [&](const std::string& need) {
                    return !plugins.contains(need) || result.refused.contains(need);
                });
            if (lost != needs.end()) {
                result.refused[at->first] =
                    fmt::format("requires plugin `{}`, which is not available", *lost);
            } else if (!std::all_of(needs.begin(), needs.end(), placed)) {
                ++at;
                continue;
            } else {
                result.order.push_back(at->first);
            }
            at = waiting.erase(at);
            moved = true;
        }
    }
    for (const auto& [id, manifest] : waiting) {
        result.refused[id] = fmt::format("requires itself in a circle ({})",
                                         fmt::join(manifest->requires_plugins, ", "));
    }
    return result;
}

}  // namespace livery::host
