#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace livery::config {

struct FieldDoc;

// What a value may be, in a form that both the reader and the published JSON Schema are made from.
struct TypeDoc {
    enum class Kind { kString, kInteger, kBoolean, kList, kMap, kObject, kAny };
    Kind kind = Kind::kString;
    std::string title;
    std::vector<std::string> one_of;
    std::optional<std::int64_t> minimum;
    std::optional<std::int64_t> maximum;
    std::string pattern;                  // ECMA 262, for the schema; the reader uses Rule::check
    std::shared_ptr<const TypeDoc> item;  // of a list or a map's values
    std::vector<FieldDoc> fields;         // of an object
};

struct FieldDoc {
    std::string key;
    std::string description;
    bool required = false;
    std::string default_text;  // JSON text; empty: no default to show
    TypeDoc type;
};

// What a single value must fulfil beyond its kind.
struct Rule {
    std::vector<std::string> one_of = {};
    std::optional<std::int64_t> minimum = {};
    std::optional<std::int64_t> maximum = {};
    std::string pattern = {};
    // Returns what is wrong with the text and what to write instead; nullopt when it is fine.
    std::function<std::optional<std::string>(const std::string&)> check = {};
};

}  // namespace livery::config
