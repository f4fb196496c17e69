#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace livery::view {

// Puts bytes that browsers may keep for ever under a name that holds their hash, into the folder
// that the front serves as `/static/`. Files are written whole (to a temporary name, then renamed)
// and never changed, so several hosts may share the folder. Thread: any.
class AssetPublisher {
 public:
    explicit AssetPublisher(std::filesystem::path root);
    // `name` "tide.css" → "/static/tide.<hash>.css". Throws std::filesystem::filesystem_error when
    // it cannot be written.
    std::string Publish(std::string_view name, std::string_view bytes) const;
    std::string PublishFile(const std::filesystem::path& file, std::string_view prefix = "") const;
    const std::filesystem::path& root() const { return root_; }

 private:
    std::filesystem::path root_;
};

}  // namespace livery::view
