#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <livery/result.h>

namespace livery::host {

// What a plugin says of itself, in the ELF section `.livery.manifest` of its file: read without
// running any of it.
struct PluginManifest {
    std::string id;
    std::string version;
    std::string tier;      // "native"
    std::string sdk_hash;  // SDK headers + compiler + flags it was built with
    std::vector<std::string> requires_plugins;
    std::vector<std::string> provides;  // port ids
};

// Errors (kInvalidArgument, message says what to do): cannot be read, not an ELF file of this
// machine, no such section, not a manifest.
Result<PluginManifest> ReadManifest(const std::filesystem::path& file);

}  // namespace livery::host
