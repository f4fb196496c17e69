#include "api/schema_book.h"

#include <stdexcept>

#include <fmt/format.h>

#include <livery/api/sending.h>

namespace livery::api {

namespace {

constexpr std::string_view kRefPrefix = "#/components/schemas/";

std::vector<Schema> OwnSchemas() {
    return {
        {"Money",
         Object("An exact amount.",
                {{"amount",
                  {{"type", "integer"},
                   {"format", "int64"},
                   {"description", "Of the currency's smallest unit: cents of EUR."}}},
                 {"currency",
                  {{"type", "string"}, {"description", "ISO 4217"}, {"pattern", "^[A-Z]{3}$"}}}})},
        {"Problem", ProblemWith("Why nothing was done (RFC 9457).", {})}};
}

// References are replaced by what they name: the checker knows no document around the schema.
// NOLINTNEXTLINE(misc-no-recursion): a schema is a tree
Json Inlined(const Json& schema, const std::map<std::string, Json>& all, int depth) {
    if (depth > 40) throw std::invalid_argument("a schema refers to itself");
    if (schema.is_array()) {
        Json list = Json::array();
        for (const Json& item : schema) list.push_back(Inlined(item, all, depth + 1));
        return list;
    }
    if (!schema.is_object()) return schema;
    if (schema.contains("$ref")) {
        const std::string name = schema["$ref"].get<std::string>().substr(kRefPrefix.size());
        const auto found = all.find(name);
        if (found == all.end())
            throw std::invalid_argument(fmt::format("there is no schema `{}`", name));
        return Inlined(found->second, all, depth + 1);
    }
    Json object = Json::object();
    for (const auto& [key, value] : schema.items()) object[key] = Inlined(value, all, depth + 1);
    // A format is one of texts; this checker asks null for it too. Its pattern remains.
    if (object.contains("type") && object["type"].is_array()) object.erase("format");
    return object;
}

// The checker of this library reads plain json.
nlohmann::json Plain(const Json& json) { return nlohmann::json::parse(json.dump()); }

}  // namespace

SchemaBook::SchemaBook(const std::vector<Schema>& schemas) {
    auto list = OwnSchemas();
    list.insert(list.end(), schemas.begin(), schemas.end());
    for (Schema& schema : list) {
        if (!all_.emplace(schema.name, std::move(schema.json)).second)
            throw std::invalid_argument(fmt::format("schema `{}` is added twice", schema.name));
    }
    for (const auto& [name, json] : all_)
        checkers_.emplace(name, schema::Checker(Plain(Inlined(json, all_, 0))));
}

std::vector<Problem::Wrong> SchemaBook::Check(const std::string& name, const Json& value) const {
    std::vector<Problem::Wrong> wrong;
    for (schema::Wrong& found : checkers_.at(name).Check(Plain(value)))
        wrong.push_back({std::move(found.field), std::move(found.code), std::move(found.detail)});
    return wrong;
}

}  // namespace livery::api
