#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <livery/config/node.h>
#include <livery/config/problems.h>

namespace livery::config {

// The only door to the YAML library. Text to Node, with places. What is refused, with a problem:
// a second document, anchors and aliases (they hide where a value comes from, and can explode),
// custom tags, keys that are no scalars, text that is not UTF-8, more than 64 levels, files over 1
// MiB.
std::optional<Node> ParseYaml(const std::string& text, const std::string& file, Problems& problems);
std::optional<Node> LoadYaml(const std::filesystem::path& path, Problems& problems);

}  // namespace livery::config
