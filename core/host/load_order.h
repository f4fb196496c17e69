#pragma once

#include <map>
#include <string>
#include <vector>

#include "host/plugin_manifest.h"

namespace livery::host {

// In which order plugins are registered, so that each comes after all it requires. Pure; the order
// is the same for the same set (by name where nothing else decides).
struct LoadOrder {
    std::vector<std::string> order;
    std::map<std::string, std::string> refused;  // plugin → why: missing or circular requirement
};

LoadOrder OrderPlugins(const std::map<std::string, PluginManifest>& plugins);

}  // namespace livery::host
