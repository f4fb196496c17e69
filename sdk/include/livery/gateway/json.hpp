// JSON as messages use it. The library is nlohmann-json (MIT), which the SDK package brings along.
#ifndef LIVERY_GATEWAY_JSON_HPP
#define LIVERY_GATEWAY_JSON_HPP

#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace livery::gw {

using Json = nlohmann::json;

// A message that is not what the contract, or the provider's own documentation, says. Thrown by
// readers; who does not catch it answers "plugin_fault", which is never taken for success.
class BadMessage : public std::runtime_error {
 public:
    using std::runtime_error::runtime_error;
};

// The member at a dotted path ("error.code"), nullptr when there is none.
inline const Json* Find(const Json& json, std::string_view path) {
    const Json* at = &json;
    while (true) {
        const auto dot = path.find('.');
        const std::string key(path.substr(0, dot));
        if (!at->is_object()) return nullptr;
        const auto member = at->find(key);
        if (member == at->end()) return nullptr;
        at = &*member;
        if (dot == std::string_view::npos) return at;
        path.remove_prefix(dot + 1);
    }
}

// "" when it is absent, null or no text.
inline std::string TextAt(const Json& json, std::string_view path) {
    const Json* found = Find(json, path);
    return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
}

// Throws BadMessage unless it is a whole number that fits: money is never read through a double.
inline std::int64_t IntegerAt(const Json& json, std::string_view path) {
    const Json* found = Find(json, path);
    if (found != nullptr && found->is_number_unsigned() &&
        found->get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX))
        return found->get<std::int64_t>();
    if (found != nullptr && found->is_number_integer() && !found->is_number_unsigned())
        return found->get<std::int64_t>();
    throw BadMessage("`" + std::string(path) + "` is no whole number");
}

inline bool FlagAt(const Json& json, std::string_view path) {
    const Json* found = Find(json, path);
    return found != nullptr && found->is_boolean() && found->get<bool>();
}

// An empty text is left out, so that a schema can forbid empty ones.
inline void PutText(Json& json, const char* key, const std::string& text) {
    if (!text.empty()) json[key] = text;
}

}  // namespace livery::gw

#endif
