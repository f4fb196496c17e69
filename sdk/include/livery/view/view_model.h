#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace livery {

// A key of a template: a literal, so that it costs nothing and can be found by searching.
class ModelKey {
 public:
    consteval ModelKey(const char* name) : name_(name) {}  // NOLINT(google-explicit-constructor)
    constexpr std::string_view name() const { return name_; }

 private:
    std::string_view name_;
};

// What a template may show: display-ready strings, flags and lists, nothing to compute. Logic-less
// templates see exactly these names; a name that is not here fails the template contract test.
class ViewModel {
 public:
    using List = std::vector<ViewModel>;
    using Value = std::variant<bool, std::string, List>;
    using Field = std::pair<std::string_view, Value>;

    ViewModel& Set(ModelKey key, std::string text);
    ViewModel& Set(ModelKey key, std::string_view text) { return Set(key, std::string(text)); }
    ViewModel& Set(ModelKey key, const char* text) { return Set(key, std::string(text)); }
    ViewModel& Flag(ModelKey key, bool on);
    ViewModel& Set(ModelKey key, List rows);
    // The list of that name, made empty when it is new; `size` is reserved.
    List& Rows(ModelKey key, std::size_t size = 0);

    const Value* Find(std::string_view name) const;
    std::string_view Text(std::string_view name) const;  // "" when absent or no text
    std::vector<Field>& fields() { return fields_; }
    const std::vector<Field>& fields() const { return fields_; }

 private:
    Value& Slot(std::string_view name);
    std::vector<Field> fields_;
};

}  // namespace livery
