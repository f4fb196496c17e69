#include <charconv>

#include <fmt/format.h>

#include <livery/api/schema.h>
#include <livery/api/sending.h>

namespace livery::api {

namespace {

constexpr std::size_t kMostPerPage = 100;

Json Described(const char* type, std::string_view description) {
    return {{"type", type}, {"description", description}};
}

}  // namespace

Json Object(std::string_view description, std::initializer_list<Member> members) {
    Json properties = Json::object();
    Json required = Json::array();
    for (const Member& member : members) {
        properties[member.name] = member.schema;
        if (member.presence == Member::Presence::kRequired) required.push_back(member.name);
    }
    Json schema = Described("object", description);
    schema["additionalProperties"] = false;
    schema["properties"] = std::move(properties);
    if (!required.empty()) schema["required"] = std::move(required);
    return schema;
}

Json ProblemWith(std::string_view description, std::initializer_list<Member> members) {
    const Json wrong =
        Object("What is wrong with one field.", {{"field", Text("Its place in body or query")},
                                                 {"code", Text("What a program branches on")},
                                                 {"detail", Text("In words", 4000)}});
    Json schema = Object(description, {{"type", Text("Always about:blank; branch on `code`")},
                                       {"title", Text("The status in words")},
                                       {"status", Integer("The HTTP status", 400, 599)},
                                       {"code", Text("What a program branches on")},
                                       {"detail", Text("For a person who reads the log", 4000)},
                                       {"request_id", Text("By which we find it in our logs")},
                                       Optional("errors", ArrayOf(wrong))});
    for (const Member& member : members) {
        schema["properties"][member.name] = member.schema;
        if (member.presence == Member::Presence::kRequired)
            schema["required"].push_back(member.name);
    }
    return schema;
}

Json Ref(std::string_view schema) {
    return {{"$ref", fmt::format("#/components/schemas/{}", schema)}};
}

Json ArrayOf(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

Json Nullable(Json schema) {
    schema["type"] = Json::array({schema.at("type"), "null"});
    if (schema.contains("enum")) schema["enum"].push_back(nullptr);
    return schema;
}

Json OneOf(std::initializer_list<std::string_view> words) {
    Json list = Json::array();
    for (const std::string_view word : words) list.push_back(word);
    return {{"type", "string"}, {"enum", std::move(list)}};
}

Json Text(std::string_view description, std::size_t longest) {
    Json schema = Described("string", description);
    schema["maxLength"] = longest;
    return schema;
}

Json IdText(std::string_view prefix) {
    return {{"type", "string"},
            {"pattern", fmt::format("^{}_[1-9A-HJ-NP-Za-km-z]{{22}}$", prefix)}};
}

Json DecimalText(std::string_view description) {
    Json schema = Described("string", description);
    schema["pattern"] = "^-?[0-9]{1,12}([.][0-9]{1,9})?$";
    return schema;
}

Json Integer(std::string_view description, std::int64_t least, std::int64_t most) {
    Json schema = Described("integer", description);
    schema["minimum"] = least;
    schema["maximum"] = most;
    return schema;
}

Json Flag(std::string_view description) { return Described("boolean", description); }

Json DayText(std::string_view description) {
    Json schema = Described("string", description);
    schema["format"] = "date";
    schema["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
    return schema;
}

Json CivilText(std::string_view description) {
    Json schema = Described("string", description);
    schema["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$";
    return schema;
}

Json MoneyOf(const Money& money) {
    return {{"amount", money.minor_units()}, {"currency", money.currency().code()}};
}

std::string CivilOf(CivilTime time) {
    std::string text = ToIso(time);
    if (text.find('T') == std::string::npos) text += "T00:00:00";
    return text;
}

std::vector<Parameter> PagingParameters() {
    return {{"limit", "How many at most; 25 when nothing is said.",
             Integer("Rows of a page", 1, static_cast<std::int64_t>(kMostPerPage))},
            {"after", "`next` of the page before.", Text("A cursor; opaque", 100)}};
}

Result<Paging> PagingOf(const Call& call) {
    const Params& query = call.request.request().query;
    Paging paging;
    paging.after = query.Get("after");
    if (const auto text = query.Find("limit")) {
        const auto [end, error] =
            std::from_chars(text->data(), text->data() + text->size(), paging.limit);
        if (error != std::errc() || end != text->data() + text->size() || paging.limit < 1 ||
            paging.limit > kMostPerPage)
            return InvalidField("limit", "not_1_to_100");
    }
    return paging;
}

Schema ListOf(std::string name, std::string_view item) {
    return {std::move(name),
            Object("One page.",
                   {{"data", ArrayOf(Ref(item))},
                    {"next", Nullable(Text("What to give as `after` for the page that follows; "
                                           "null on the last",
                                           100))}})};
}

Json ListReply(Json data, const std::string& next) {
    return {{"data", std::move(data)}, {"next", next.empty() ? Json(nullptr) : Json(next)}};
}

}  // namespace livery::api
