#pragma once

#include <map>
#include <string>

#include <livery/db/json_text.h>

namespace livery::payments {

// What is posted to a provider's page, as the member `action_fields` of a stored text.
void WriteFields(db::JsonWriter& json, const std::map<std::string, std::string>& fields);
std::map<std::string, std::string> FieldsOf(const db::JsonNode& list);

}  // namespace livery::payments
