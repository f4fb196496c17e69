#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <livery/config/object_schema.h>

#include "view/theme_tokens.h"

namespace livery::view {

// `themes/<theme>/theme.yaml`.
struct ThemeConfig {
    std::string name;
    std::string description;
    std::string extends;
    std::map<std::string, std::string> tokens;
    static const config::ObjectSchema<ThemeConfig>& Schema();
};

// A theme with all it extends: nearest folder first. Immutable.
struct Theme {
    std::string id;
    std::vector<std::filesystem::path> folders;
    TokenMap tokens;  // its own over those it extends

    // The nearest file of that name below the chain's folders; nullopt when none has it.
    std::optional<std::filesystem::path> Find(const std::filesystem::path& relative) const;
};

using ThemeMap = std::map<std::string, Theme>;

// Every theme below `folder`. Problems: an unknown or circular `extends`, a theme without layout.
ThemeMap LoadThemes(const std::filesystem::path& folder, config::Problems& problems);

}  // namespace livery::view
