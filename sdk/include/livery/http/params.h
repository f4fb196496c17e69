#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace livery {

// Decoded name-value pairs in the order they came, duplicates kept: query, form fields, cookies.
class Params {
 public:
    using Pair = std::pair<std::string, std::string>;
    void Add(std::string name, std::string value);
    std::optional<std::string_view> Find(std::string_view name) const;  // the first of that name
    std::string_view Get(std::string_view name) const;                  // "" when absent
    std::vector<std::string_view> All(std::string_view name) const;
    std::size_t size() const { return pairs_.size(); }
    bool empty() const { return pairs_.empty(); }
    auto begin() const { return pairs_.begin(); }
    auto end() const { return pairs_.end(); }

 private:
    std::vector<Pair> pairs_;
};

}  // namespace livery
