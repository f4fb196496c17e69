#include <livery/http/params.h>

namespace livery {

void Params::Add(std::string name, std::string value) {
    pairs_.emplace_back(std::move(name), std::move(value));
}

std::optional<std::string_view> Params::Find(std::string_view name) const {
    for (const Pair& pair : pairs_) {
        if (pair.first == name) return pair.second;
    }
    return std::nullopt;
}

std::string_view Params::Get(std::string_view name) const { return Find(name).value_or(""); }

std::vector<std::string_view> Params::All(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const Pair& pair : pairs_) {
        if (pair.first == name) values.emplace_back(pair.second);
    }
    return values;
}

}  // namespace livery
