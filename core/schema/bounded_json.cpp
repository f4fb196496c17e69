#include "schema/bounded_json.h"

namespace livery::schema {

namespace {

// Of text that is JSON; of other text some number or other. Before anything is built: each level
// would be a value of its own.
bool NestsDeeper(std::string_view text, int deepest) {
    int depth = 0;
    bool in_string = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (in_string) {
            if (c == '\\') ++at;
            if (c == '"') in_string = false;
            continue;
        }
        if (c == '"') in_string = true;
        if (c == '[' || c == '{') ++depth;
        if (c == ']' || c == '}') --depth;
        if (depth > deepest) return true;
    }
    return false;
}

}  // namespace

nlohmann::json ParsedBounded(std::string_view text, int deepest) {
    using Json = nlohmann::json;
    if (NestsDeeper(text, deepest)) return Json(Json::value_t::discarded);
    return Json::parse(text, nullptr, false);
}

}  // namespace livery::schema
