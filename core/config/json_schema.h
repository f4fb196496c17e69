#pragma once

#include <string>

#include <livery/config/type_doc.h>

namespace livery::config {

// JSON Schema 2020-12 of a configuration file, for editors; made from the same description that
// the reader uses. `id` is its `$id`. Pretty-printed, ends with a line feed.
std::string ToJsonSchema(const TypeDoc& doc, const std::string& id);

}  // namespace livery::config
