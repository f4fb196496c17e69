#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "api/schema_book.h"
#include "host/plugin_registry.h"

namespace livery::cli {

// What programs may do, of all plugins.
std::vector<std::shared_ptr<const api::Operation>> OperationsOf(
    const host::Contributions& contributions);
std::set<std::string> ScopesOf(const host::Contributions& contributions);
// The OpenAPI document, as text.
std::string ApiDocument(const host::Contributions& contributions, const api::SchemaBook& schemas);

}  // namespace livery::cli
