#include "api/schema_book.h"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <livery/api/schema.h>

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
        {"Problem",
         Object("Why nothing was done (RFC 9457).",
                {{"type", Text("Always about:blank; branch on `code`")},
                 {"title", Text("The status in words")},
                 {"status", Integer("The HTTP status", 400, 599)},
                 {"code", Text("What a program branches on")},
                 {"detail", Text("For a person who reads the log", 4000)},
                 {"request_id", Text("By which we find it in our logs")},
                 Optional("errors", ArrayOf(Object("What is wrong with one field.",
                                                   {{"field", Text("Its place in body or query")},
                                                    {"code", Text("What a program branches on")},
                                                    {"detail", Text("In words", 4000)}})))})}};
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

// "<root>[address][city]" as "address/city".
std::string FieldOf(const std::string& context) {
    std::string field;
    for (std::size_t at = context.find('['); at != std::string::npos;) {
        const std::size_t end = context.find(']', at);
        if (!field.empty()) field += '/';
        field += context.substr(at + 1, end - at - 1);
        at = context.find('[', end);
    }
    return field;
}

std::string Below(const std::string& field, const std::string& member) {
    return field.empty() ? member : field + "/" + member;
}

// The last word in quotes: "Missing required property 'name'."
std::string Quoted(const std::string& text) {
    const std::size_t end = text.rfind('\'');
    const std::size_t begin = end == std::string::npos ? end : text.rfind('\'', end - 1);
    if (begin == std::string::npos) return "";
    return text.substr(begin + 1, end - begin - 1);
}

// What the checker says, for who wrote the request. nullopt: it only says that something below is
// wrong, which is told of itself.
std::optional<Problem::Wrong> Told(const std::string& field, const std::string& text) {
    struct Saying {
        const char* begins;
        const char* code;
        const char* detail;
    };
    static constexpr std::array kSayings{
        Saying{"Value type not permitted", "wrong_type", "It is of another type than this takes."},
        Saying{"Failed to match against any enum", "no_such_word",
               "It is none of the words that this takes; they are in the document."},
        Saying{"Failed to match regex", "malformed", "It is not written as this takes it."},
        Saying{"String should be a valid", "malformed", "It is not written as this takes it."},
        Saying{"String should be", "wrong_length", nullptr},
    };
    if (text.starts_with("Failed to validate against schema")) return std::nullopt;
    if (text.starts_with("Missing required property"))
        return Problem::Wrong{Below(field, Quoted(text)), "missing", "It is needed."};
    if (text.starts_with("Object contains a property"))
        return Problem::Wrong{Below(field, Quoted(text)), "unknown_member",
                              "There is no such member."};
    for (const Saying& saying : kSayings) {
        if (text.starts_with(saying.begins))
            return Problem::Wrong{field, saying.code,
                                  saying.detail == nullptr ? text : saying.detail};
    }
    return Problem::Wrong{field, "invalid", text};
}

}  // namespace

struct SchemaBook::Compiled {
    valijson::Schema schema;
};

SchemaBook::~SchemaBook() = default;

SchemaBook::SchemaBook(const std::vector<Schema>& schemas) {
    auto list = OwnSchemas();
    list.insert(list.end(), schemas.begin(), schemas.end());
    for (Schema& schema : list) {
        if (!all_.emplace(schema.name, std::move(schema.json)).second)
            throw std::invalid_argument(fmt::format("schema `{}` is added twice", schema.name));
    }
    for (const auto& [name, json] : all_) {
        const nlohmann::json plain = Plain(Inlined(json, all_, 0));
        auto compiled = std::make_unique<Compiled>();
        valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
        parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(plain), compiled->schema);
        compiled_[name] = std::move(compiled);
    }
}

std::vector<Problem::Wrong> SchemaBook::Check(const std::string& name, const Json& value) const {
    const nlohmann::json plain = Plain(value);
    valijson::Validator validator(valijson::Validator::kStrongTypes);
    valijson::ValidationResults results;
    validator.validate(compiled_.at(name)->schema, valijson::adapters::NlohmannJsonAdapter(plain),
                       &results);
    std::vector<Problem::Wrong> wrong;
    for (valijson::ValidationResults::Error error; results.popError(error);) {
        std::string context;
        for (const std::string& part : error.context) context += part;
        auto told = Told(FieldOf(context), error.description);
        // A day that is none fits neither its format nor its pattern: one thing is wrong.
        if (told && std::none_of(wrong.begin(), wrong.end(), [&](const Problem::Wrong& other) {
                return other.field == told->field && other.code == told->code;
            }))
            wrong.push_back(*std::move(told));
    }
    return wrong;
}

}  // namespace livery::api
