#pragma once

#include <utility>

#include <livery/api/schema.h>

namespace livery::payments {

inline api::Json WithExample(api::Json schema, api::Json example) {
    schema["examples"] = api::Json::array({std::move(example)});
    return schema;
}

inline api::Json OrNull(const char* schema) {
    return api::Json{{"anyOf", {api::Ref(schema), {{"type", "null"}}}}};
}

}  // namespace livery::payments
