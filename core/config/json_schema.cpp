#include "config/json_schema.h"

#include <livery/json.h>
namespace livery::config {

namespace {

using Json = nlohmann::ordered_json;

Json Schema(const TypeDoc& doc);

void AddFields(const TypeDoc& doc, Json& schema) {
    Json required = Json::array();
    Json properties = Json::object();
    for (const FieldDoc& field : doc.fields) {
        Json property = Schema(field.type);
        property["description"] = field.description;
        if (!field.default_text.empty()) property["default"] = Json::parse(field.default_text);
        properties[field.key] = std::move(property);
        if (field.required) required.push_back(field.key);
    }
    schema["properties"] = std::move(properties);
    schema["additionalProperties"] = false;
    if (!required.empty()) schema["required"] = std::move(required);
}

const char* TypeName(TypeDoc::Kind kind) {
    switch (kind) {
        case TypeDoc::Kind::kString:
            return "string";
        case TypeDoc::Kind::kInteger:
            return "integer";
        case TypeDoc::Kind::kBoolean:
            return "boolean";
        case TypeDoc::Kind::kList:
            return "array";
        case TypeDoc::Kind::kMap:
        case TypeDoc::Kind::kObject:
            return "object";
        case TypeDoc::Kind::kAny:
            break;
    }
    return nullptr;
}

Json Schema(const TypeDoc& doc) {
    Json schema = Json::object();
    if (!doc.title.empty()) schema["title"] = doc.title;
    // An object whose keys are all optional may be left empty, which YAML reads as null.
    if (const char* name = TypeName(doc.kind)) {
        const bool nullable = doc.kind == TypeDoc::Kind::kObject || doc.kind == TypeDoc::Kind::kMap;
        if (nullable)
            schema["type"] = {name, "null"};
        else
            schema["type"] = name;
    }
    if (!doc.one_of.empty()) schema["enum"] = doc.one_of;
    if (doc.minimum) schema["minimum"] = *doc.minimum;
    if (doc.maximum) schema["maximum"] = *doc.maximum;
    if (!doc.pattern.empty()) schema["pattern"] = doc.pattern;
    if (doc.kind == TypeDoc::Kind::kList) schema["items"] = Schema(*doc.item);
    if (doc.kind == TypeDoc::Kind::kMap) schema["additionalProperties"] = Schema(*doc.item);
    if (doc.kind == TypeDoc::Kind::kObject) AddFields(doc, schema);
    return schema;
}

}  // namespace

std::string ToJsonSchema(const TypeDoc& doc, const std::string& id) {
    Json schema = Json::object();
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    schema["$id"] = id;
    schema.update(Schema(doc));
    return schema.dump(2) + "\n";
}

}  // namespace livery::config
