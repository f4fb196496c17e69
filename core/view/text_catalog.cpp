#include "view/text_catalog.h"

#include <livery/config/reader.h>

#include "config/yaml_document.h"

namespace livery::view {

namespace {

using TextMap = std::map<std::string, std::string, std::less<>>;

void Flatten(const config::Node& node, const config::Reader& reader, TextMap& texts) {
    reader.CheckDuplicates(node);
    for (const config::Node::Entry& entry : node.entries) {
        const config::Reader below = reader.Below(entry.key);
        switch (entry.value.kind) {
            case config::Node::Kind::kScalar:
                texts[below.path()] = entry.value.text;
                break;
            case config::Node::Kind::kMap:
                Flatten(entry.value, below, texts);
                break;
            default:
                below.Report(entry.at, "expected text or a map of texts");
        }
    }
}

}  // namespace

std::shared_ptr<const TextCatalog> TextCatalog::Load(const std::filesystem::path& file,
                                                     config::Problems& problems) {
    auto catalog = std::make_shared<TextCatalog>();
    if (const auto node = config::LoadYaml(file, problems)) {
        Flatten(*node, config::Reader(file.string(), problems), catalog->texts_);
    }
    return catalog;
}

std::shared_ptr<const TextCatalog> TextCatalog::Empty() {
    static const auto empty = std::make_shared<const TextCatalog>();
    return empty;
}

const std::string* TextCatalog::Find(std::string_view key) const {
    const auto found = texts_.find(key);
    return found == texts_.end() ? nullptr : &found->second;
}

Texts::Texts(std::shared_ptr<const TextCatalog> own, std::shared_ptr<const TextCatalog> own_english,
             std::shared_ptr<const TextCatalog> common,
             std::shared_ptr<const TextCatalog> common_english)
    : chain_{std::move(own), std::move(common), std::move(own_english), std::move(common_english)} {
}

const std::string* Texts::Find(std::string_view key) const {
    for (const auto& catalog : chain_) {
        if (const std::string* text = catalog->Find(key)) return text;
    }
    return nullptr;
}

}  // namespace livery::view
