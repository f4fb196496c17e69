#include "host/plugin_manifest.h"

#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "host/elf_section.h"

namespace livery::host {

namespace {

constexpr std::string_view kSection = ".livery.manifest";

Error Bad(std::string message) { return {ErrorCode::kInvalidArgument, std::move(message), {}}; }

}  // namespace

Result<PluginManifest> ReadManifest(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Bad("cannot be read");
    std::ostringstream bytes;
    bytes << in.rdbuf();
    std::string text = LIVERY_TRY(ReadElfSection(bytes.str(), kSection));
    text = text.substr(0, text.find('\0'));
    try {
        const auto json = nlohmann::json::parse(text);
        PluginManifest manifest;
        json.at("id").get_to(manifest.id);
        json.at("version").get_to(manifest.version);
        json.at("tier").get_to(manifest.tier);
        json.at("sdk").get_to(manifest.sdk_hash);
        json.at("requires").get_to(manifest.requires_plugins);
        json.at("provides").get_to(manifest.provides);
        return manifest;
    } catch (const nlohmann::json::exception& error) {
        return Bad(fmt::format("has a manifest that cannot be read: {}", error.what()));
    }
}

}  // namespace livery::host
