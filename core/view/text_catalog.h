#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <livery/config/problems.h>

namespace livery::view {

// The texts of one component (a plugin, or the themes' common words) in one language, from its
// `locale/<language>.yaml`; nested keys are joined by dots. Immutable.
class TextCatalog {
 public:
    static std::shared_ptr<const TextCatalog> Load(const std::filesystem::path& file,
                                                   config::Problems& problems);
    // For a component and language that has no file: knows nothing.
    static std::shared_ptr<const TextCatalog> Empty();

    const std::string* Find(std::string_view key) const;
    const std::map<std::string, std::string, std::less<>>& texts() const { return texts_; }

 private:
    std::map<std::string, std::string, std::less<>> texts_;
};

// Where a page's text comes from: the plugin's own words, then the common ones, each first in the
// language and then in English.
class Texts {
 public:
    Texts(std::shared_ptr<const TextCatalog> own, std::shared_ptr<const TextCatalog> own_english,
          std::shared_ptr<const TextCatalog> common,
          std::shared_ptr<const TextCatalog> common_english);
    // nullptr when no catalog knows it; the caller shows the key and reports it.
    const std::string* Find(std::string_view key) const;

 private:
    std::shared_ptr<const TextCatalog> chain_[4];
};

}  // namespace livery::view
