#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace livery {

// Header fields in order, values byte for byte; names compare without case. Add and Set throw
// BrokenInvariant on CR, LF or NUL in a value or a name that is no token (RFC 9110 section 5.6.2):
// that closes response splitting for every caller.
class Headers {
 public:
    void Add(std::string name, std::string value);
    void Set(std::string name, std::string value);                      // replaces all of that name
    std::optional<std::string_view> Find(std::string_view name) const;  // the first of that name
    std::vector<std::string_view> All(std::string_view name) const;
    std::size_t size() const { return fields_.size(); }
    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }

 private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace livery
