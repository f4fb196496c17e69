#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <livery/api/operation.h>

#include "api/problem.h"

namespace livery::api {

// The schemas of all plugins and the core's own, ready to check with. Immutable. Thread: any.
class SchemaBook {
 public:
    // Throws std::invalid_argument: a name twice, a reference to nothing, no JSON Schema.
    explicit SchemaBook(const std::vector<Schema>& schemas);
    ~SchemaBook();
    bool Has(const std::string& name) const { return all_.contains(name); }
    // What does not fit, field by field; empty when all does.
    std::vector<Problem::Wrong> Check(const std::string& name, const Json& value) const;
    // As components of an OpenAPI document, by name.
    const std::map<std::string, Json>& all() const { return all_; }

 private:
    struct Compiled;
    std::map<std::string, Json> all_;
    std::map<std::string, std::unique_ptr<Compiled>> compiled_;
};

}  // namespace livery::api
