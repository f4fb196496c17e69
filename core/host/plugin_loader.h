#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "host/plugin_manifest.h"

namespace livery {
class Plugin;
}

namespace livery::host {

// One plugin folder (`<plugins_dir>/<id>/<id>.so` with templates/, locale/, migrations/ beside it)
// and what became of it. A refused plugin has a reason and no `plugin`; the host starts without it.
struct FoundPlugin {
    std::filesystem::path folder;
    PluginManifest manifest;   // id is the folder's name when the manifest cannot be read
    std::string refused;       // empty: loaded
    Plugin* plugin = nullptr;  // lives as long as the process
};

// Loads every plugin below `plugins_dir`, in load order, each library resolved completely
// (rtld_now | rtld_local) and never unloaded: GCC's unique symbols would keep it anyway.
// A file is refused before anything of it runs when it, or its folder, can be written by others
// than us and root, is no ELF file, has no manifest, another tier, another SDK, a name that is not
// its folder's, or a requirement that is missing or circular.
std::vector<FoundPlugin> LoadPlugins(const std::filesystem::path& plugins_dir,
                                     std::string_view sdk_hash);

// Reads manifests only; nothing is opened by the dynamic linker.
std::vector<FoundPlugin> InspectPlugins(const std::filesystem::path& plugins_dir,
                                        std::string_view sdk_hash);

// Why the file must not be trusted; empty when it may.
std::string CheckOwnership(const std::filesystem::path& file);

}  // namespace livery::host
