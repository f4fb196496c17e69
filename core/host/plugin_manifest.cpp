#include "host/plugin_manifest.h"

#include <boost/interprocess/file_mapping.hpp>
#include <boost/interprocess/mapped_region.hpp>
#include <fmt/format.h>

#include <livery/json.h>

#include "host/elf_section.h"

namespace livery::host {

namespace {

constexpr std::string_view kSection = ".livery.manifest";

Error Bad(std::string message) { return {ErrorCode::kInvalidArgument, std::move(message), {}}; }

// Mapped, not read: a plugin is some ten megabytes, of which two pages are of interest, and every
// command looks at all.
Result<std::string> SectionOf(const std::filesystem::path& file) {
    namespace ipc = boost::interprocess;
    try {
        if (std::filesystem::is_empty(file)) return ReadElfSection("", kSection);
        const ipc::file_mapping mapping(file.c_str(), ipc::read_only);
        const ipc::mapped_region region(mapping, ipc::read_only);
        return ReadElfSection({static_cast<const char*>(region.get_address()), region.get_size()},
                              kSection);
    } catch (const ipc::interprocess_exception&) {
        return Bad("cannot be read");
    } catch (const std::filesystem::filesystem_error&) {
        return Bad("cannot be read");
    }
}

}  // namespace

Result<PluginManifest> ReadManifest(const std::filesystem::path& file) {
    std::string text = LIVERY_TRY(SectionOf(file));
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
