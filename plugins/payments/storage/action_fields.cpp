#include "storage/action_fields.h"

namespace livery::payments {

void WriteFields(db::JsonWriter& json, const std::map<std::string, std::string>& fields) {
    json.Key("action_fields").BeginArray();
    for (const auto& [name, value] : fields)
        json.BeginObject().Set("name", name).Set("value", value).EndObject();
    json.EndArray();
}

std::map<std::string, std::string> FieldsOf(const db::JsonNode& list) {
    std::map<std::string, std::string> fields;
    for (std::size_t at = 0; at < list.size(); ++at)
        fields.emplace(list[at]["name"].Text(), list[at]["value"].Text());
    return fields;
}

}  // namespace livery::payments
