#include "schema/checker.h"

#include <algorithm>
#include <array>
#include <optional>

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace livery::schema {

namespace {

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
std::optional<Wrong> Told(const std::string& field, const std::string& text) {
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
    for (const char* outer :
         {"Failed to validate against schema", "Failed to validate against child",
          "Failed to validate against a conditional"})
        if (text.starts_with(outer)) return std::nullopt;
    if (text.starts_with("Missing required property"))
        return Wrong{Below(field, Quoted(text)), "missing", "It is needed."};
    if (text.starts_with("Object contains a property"))
        return Wrong{Below(field, Quoted(text)), "unknown_member", "There is no such member."};
    for (const Saying& saying : kSayings) {
        if (text.starts_with(saying.begins))
            return Wrong{field, saying.code, saying.detail == nullptr ? text : saying.detail};
    }
    return Wrong{field, "invalid", text};
}

}  // namespace

struct Checker::Compiled {
    valijson::Schema schema;
};

Checker::Checker(const nlohmann::json& schema) : compiled_(std::make_unique<Compiled>()) {
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema), compiled_->schema);
}

Checker::Checker(Checker&&) noexcept = default;
Checker::~Checker() = default;

std::vector<Wrong> Checker::Check(const nlohmann::json& value) const {
    valijson::Validator validator(valijson::Validator::kStrongTypes);
    valijson::ValidationResults results;
    const bool fits = validator.validate(compiled_->schema,
                                         valijson::adapters::NlohmannJsonAdapter(value), &results);
    std::vector<Wrong> wrong;
    for (valijson::ValidationResults::Error error; results.popError(error);) {
        std::string context;
        for (const std::string& part : error.context) context += part;
        auto told = Told(FieldOf(context), error.description);
        // A day that is none fits neither its format nor its pattern: one thing is wrong.
        if (told && std::none_of(wrong.begin(), wrong.end(), [&](const Wrong& other) {
                return other.field == told->field && other.code == told->code;
            }))
            wrong.push_back(*std::move(told));
    }
    // Whatever it says or does not say: what does not fit is never told to fit.
    if (!fits && wrong.empty()) wrong.push_back({"", "invalid", "It does not fit the schema."});
    return wrong;
}

}  // namespace livery::schema
