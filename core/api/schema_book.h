#pragma once

#include <map>
#include <string>
#include <vector>

#include <livery/api/operation.h>

#include "api/problem.h"
#include "schema/checker.h"

namespace livery::api {

// The schemas of all plugins and the core's own, ready to check with. Immutable. Thread: any.
class SchemaBook {
 public:
    // Throws std::invalid_argument: a name twice, a reference to nothing, no JSON Schema.
    explicit SchemaBook(const std::vector<Schema>& schemas);
    bool Has(const std::string& name) const { return all_.contains(name); }
    // What does not fit, field by field; empty when all does.
    std::vector<Problem::Wrong> Check(const std::string& name, const Json& value) const;
    // As components of an OpenAPI document, by name.
    const std::map<std::string, Json>& all() const { return all_; }

 private:
    std::map<std::string, Json> all_;
    std::map<std::string, schema::Checker> checkers_;
};

}  // namespace livery::api
