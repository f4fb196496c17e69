#include "view/theme.h"

#include <algorithm>

#include <fmt/format.h>

#include "config/yaml_document.h"

namespace livery::view {

namespace fs = std::filesystem;

namespace {

struct LoadedConfig {
    ThemeConfig config;
    config::Reader reader;
};

using Configs = std::map<std::string, LoadedConfig>;

Configs LoadConfigs(const fs::path& folder, config::Problems& problems) {
    Configs configs;
    if (!fs::is_directory(folder)) {
        problems.Add(folder.string(), {}, "", "is no folder; `themes_dir` names it");
        return configs;
    }
    for (const auto& entry : fs::directory_iterator(folder)) {
        const fs::path file = entry.path() / "theme.yaml";
        if (!entry.is_directory() || !fs::exists(file)) continue;
        const config::Reader reader(file.string(), problems);
        if (const auto node = config::LoadYaml(file, problems)) {
            configs.emplace(entry.path().filename().string(),
                            LoadedConfig{ThemeConfig::Schema().Read(*node, reader), reader});
        }
    }
    return configs;
}

// Follows `extends` from `id`; false when the chain is broken.
bool Follow(const std::string& id, const Configs& configs, const fs::path& folder, Theme& theme) {
    std::vector<std::string> seen;
    for (std::string next = id; !next.empty();) {
        const LoadedConfig& loaded = configs.at(next);
        seen.push_back(next);
        theme.folders.push_back(folder / next);
        theme.tokens.insert(loaded.config.tokens.begin(), loaded.config.tokens.end());
        const std::string& base = loaded.config.extends;
        const config::Reader at = loaded.reader.Below("extends");
        if (!base.empty() && !configs.contains(base)) {
            at.Report({}, fmt::format("there is no theme `{}`", base));
            return false;
        }
        if (std::find(seen.begin(), seen.end(), base) != seen.end()) {
            at.Report({}, fmt::format("`{}` extends itself", base));
            return false;
        }
        next = base;
    }
    return true;
}

}  // namespace

const config::ObjectSchema<ThemeConfig>& ThemeConfig::Schema() {
    static const auto schema =
        config::ObjectSchema<ThemeConfig>("A theme: the shape that brands share")
            .Required("name", &ThemeConfig::name, "What people call it")
            .Optional("description", &ThemeConfig::description, "Its character, in a sentence")
            .Optional("extends", &ThemeConfig::extends, "The theme whose files it falls back to")
            .Optional("tokens", &ThemeConfig::tokens,
                      "Component tokens, without the leading dashes");
    return schema;
}

std::optional<fs::path> Theme::Find(const fs::path& relative) const {
    for (const fs::path& folder : folders) {
        if (fs::is_regular_file(folder / relative)) return folder / relative;
    }
    return std::nullopt;
}

ThemeMap LoadThemes(const fs::path& folder, config::Problems& problems) {
    const Configs configs = LoadConfigs(folder, problems);
    ThemeMap themes;
    for (const auto& [id, loaded] : configs) {
        Theme theme{id, {}, {}};
        if (!Follow(id, configs, folder, theme)) continue;
        if (!theme.Find("layout.mustache")) loaded.reader.Report({}, "has no layout.mustache");
        themes.emplace(id, std::move(theme));
    }
    return themes;
}

}  // namespace livery::view
