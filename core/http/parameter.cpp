#include "http/parameter.h"

#include <algorithm>
#include <vector>

#include "http/syntax.h"

namespace livery::http {

namespace {

// Takes a quoted string from the front of `rest`.
std::optional<std::string> TakeQuoted(std::string_view& rest) {
    std::string text;
    for (std::size_t i = 1; i < rest.size(); ++i) {
        if (rest[i] == '"') {
            rest.remove_prefix(i + 1);
            return text;
        }
        if (rest[i] == '\\' && i + 1 < rest.size() && rest[i + 1] == '"') ++i;
        text += rest[i];
    }
    return std::nullopt;
}

std::optional<std::string> TakeValue(std::string_view& rest) {
    if (rest.starts_with('"')) return TakeQuoted(rest);
    const std::string_view word = rest.substr(0, rest.find(';'));
    rest.remove_prefix(word.size());
    return std::string(TrimBlanks(word));
}

bool Contains(const std::vector<std::string_view>& keys, std::string_view key) {
    return std::any_of(keys.begin(), keys.end(),
                       [&](std::string_view known) { return SameIgnoringCase(known, key); });
}

}  // namespace

std::optional<std::string> FindParameter(std::string_view value, std::string_view name) {
    std::optional<std::string> found;
    std::vector<std::string_view> keys;
    std::size_t semicolon = value.find(';');
    std::string_view rest = value.substr(std::min(semicolon, value.size()));
    while (!rest.empty()) {
        rest = TrimBlanks(rest.substr(1));  // over the semicolon
        if (rest.empty()) break;
        const std::size_t equals = rest.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const std::string_view key = TrimBlanks(rest.substr(0, equals));
        if (!IsToken(key) || Contains(keys, key)) return std::nullopt;
        keys.push_back(key);
        rest = TrimBlanks(rest.substr(equals + 1));
        auto text = TakeValue(rest);
        rest = TrimBlanks(rest);
        if (!text || (!rest.empty() && rest.front() != ';')) return std::nullopt;
        if (SameIgnoringCase(key, name)) found = std::move(text);
    }
    return found;
}

}  // namespace livery::http
