#include "host/plugin_loader.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/load_order.h"
#include "host/shared_library.h"

namespace livery::host {

namespace fs = std::filesystem;

namespace {

std::string WritableByOthers(const fs::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return fmt::format("{} cannot be examined", path.string());
    if (status.st_uid != 0 && status.st_uid != ::geteuid()) {
        return fmt::format("{} belongs to another user; chown it to root", path.string());
    }
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return fmt::format("{} can be written by others; run chmod go-w on it", path.string());
    }
    return "";
}

std::string CheckManifest(const PluginManifest& manifest, const fs::path& folder,
                          std::string_view sdk_hash) {
    if (manifest.id != folder.filename().string()) {
        return fmt::format("its manifest says `{}`, its folder `{}`", manifest.id,
                           folder.filename().string());
    }
    if (manifest.tier != "native")
        return fmt::format("tier `{}` is not known to this host", manifest.tier);
    if (manifest.sdk_hash != sdk_hash) {
        return fmt::format("built with SDK {}, this host has {}; build it again", manifest.sdk_hash,
                           sdk_hash);
    }
    return "";
}

FoundPlugin Inspect(const fs::path& folder, std::string_view sdk_hash) {
    FoundPlugin found{folder, {}, "", nullptr};
    const std::string name = folder.filename().string();
    found.manifest.id = name;
    const fs::path file = folder / (name + ".so");
    found.refused = CheckOwnership(file);
    if (!found.refused.empty()) return found;
    auto manifest = ReadManifest(file);
    if (!manifest) {
        found.refused = fmt::format("{} {}", file.string(), manifest.error().message);
        return found;
    }
    found.refused = CheckManifest(*manifest, folder, sdk_hash);
    if (found.refused.empty()) found.manifest = std::move(*manifest);
    return found;
}

}  // namespace

std::string CheckOwnership(const fs::path& file) {
    if (!fs::is_regular_file(file)) return fmt::format("there is no file {}", file.string());
    std::string wrong = WritableByOthers(file);
    return wrong.empty() ? WritableByOthers(file.parent_path()) : wrong;
}

std::vector<FoundPlugin> InspectPlugins(const fs::path& plugins_dir, std::string_view sdk_hash) {
    std::map<std::string, FoundPlugin> by_id;
    if (fs::is_directory(plugins_dir)) {
        for (const auto& entry : fs::directory_iterator(plugins_dir)) {
            if (!entry.is_directory()) continue;
            // A folder that never held a library is no plugin (build trees have such).
            if (!fs::exists(entry.path() / (entry.path().filename().string() + ".so"))) continue;
            FoundPlugin found = Inspect(entry.path(), sdk_hash);
            by_id.emplace(found.manifest.id, std::move(found));
        }
    }
    std::map<std::string, PluginManifest> usable;
    for (const auto& [id, found] : by_id) {
        if (found.refused.empty()) usable[id] = found.manifest;
    }
    const LoadOrder order = OrderPlugins(usable);
    std::vector<FoundPlugin> result;
    for (const std::string& id : order.order)
        result.push_back(std::move(by_id.extract(id).mapped()));
    for (auto& [id, found] : by_id) {
        if (const auto why = order.refused.find(id); why != order.refused.end())
            found.refused = why->second;
        result.push_back(std::move(found));
    }
    return result;
}

std::vector<FoundPlugin> LoadPlugins(const fs::path& plugins_dir, std::string_view sdk_hash) {
    std::vector<FoundPlugin> plugins = InspectPlugins(plugins_dir, sdk_hash);
    for (FoundPlugin& found : plugins) {
        if (!found.refused.empty()) continue;
        auto entry = OpenPlugin(found.folder / (found.manifest.id + ".so"));
        if (entry) {
            found.plugin = *entry;
        } else {
            found.refused = entry.error().message;
        }
    }
    return plugins;
}

}  // namespace livery::host
