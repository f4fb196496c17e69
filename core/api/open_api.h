#pragma once

#include <memory>
#include <vector>

#include "api/schema_book.h"

namespace livery::api {

// The OpenAPI 3.1 document of the operations, with every schema that they reach.
Json OpenApiDocument(const std::vector<std::shared_ptr<const Operation>>& operations,
                     const SchemaBook& schemas);

}  // namespace livery::api
