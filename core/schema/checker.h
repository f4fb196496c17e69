#pragma once

#include <memory>
#include <string>
#include <vector>

#include <livery/json.h>

namespace livery::schema {

// What does not fit a schema, for who wrote the value.
struct Wrong {
    std::string field;   // "address/city"; "" is the whole
    std::string code;    // missing, unknown_member, wrong_type, no_such_word, malformed, …
    std::string detail;  // in words
};

// One JSON Schema (draft 7 and what later ones share with it), ready to check with: the only door
// to the library that does. References within the document are followed. Immutable. Thread: any.
class Checker {
 public:
    // Throws std::exception: no JSON Schema, or a reference to nothing.
    explicit Checker(const nlohmann::json& schema);
    Checker(Checker&&) noexcept;
    ~Checker();

    // Empty when all fits. Whole numbers are not texts, nor the other way round.
    std::vector<Wrong> Check(const nlohmann::json& value) const;

 private:
    struct Compiled;
    std::unique_ptr<Compiled> compiled_;
};

}  // namespace livery::schema
