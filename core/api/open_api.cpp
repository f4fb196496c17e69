#include "api/open_api.h"

#include <map>
#include <set>

#include <fmt/format.h>

#include <livery/api/sending.h>

namespace livery::api {

namespace {

constexpr const char* kDescription =
    "For programs of one business. Send a key as `Authorization: Bearer …`; keys are made by the "
    "operator and allow what their scopes say.\n\n"
    "**Lists** come a page at a time, newest first: give `next` of a page as `after` for the one "
    "that follows. **Money** is in the currency's smallest unit. **Times** are those on the clocks "
    "of the business, without a zone.\n\n"
    "**Changes** take an `Idempotency-Key` (1 to 255 printable ASCII characters, your own choice). "
    "A repeat with the same key within 24 hours does nothing and returns the first answer, with "
    "`Idempotent-Replayed: true`; the same key with another request is refused. An answer that "
    "refused is not kept: nothing was done, and a repeat tries again.\n\n"
    "**What asks a provider** needs an `Idempotency-Key`. Its 2xx and its 402 are kept; after a "
    "502, a 503 or no answer at all repeat the same request with the same key: what was begun is "
    "looked up and ended, never done twice. While it is being answered a repeat gets 409 "
    "`idempotency_key_in_use`; wait as `Retry-After` says.\n\n"
    "**Files** (PDF, XML, CSV) are the bytes that the portal hands out; when there is none the "
    "answer is an error as anywhere else.\n\n"
    "**Errors** are `application/problem+json`; branch on `code`.";

Json Described(std::string description, Json schema, const char* type) {
    Json content = Json::object();
    content[type] = {{"schema", std::move(schema)}};
    return {{"description", std::move(description)}, {"content", std::move(content)}};
}

Json RefTo(const std::string& schema) { return {{"$ref", "#/components/schemas/" + schema}}; }

// "/a/:id" as "/a/{id}"; its parameters go to `names`.
std::string PathOf(const std::string& pattern, std::vector<std::string>& names) {
    std::string path;
    for (std::size_t at = 0; at < pattern.size();) {
        if (pattern[at] != ':') {
            path += pattern[at++];
            continue;
        }
        const std::size_t end = std::min(pattern.find('/', at), pattern.size());
        names.push_back(pattern.substr(at + 1, end - at - 1));
        path += '{' + names.back() + '}';
        at = end;
    }
    return path;
}

Json ParametersOf(const Operation& operation, const std::vector<std::string>& in_path) {
    Json list = Json::array();
    for (const std::string& name : in_path)
        list.push_back({{"name", name},
                        {"in", "path"},
                        {"required", true},
                        {"description", "Which one"},
                        {"schema", {{"type", "string"}}}});
    for (const Parameter& parameter : operation.query)
        list.push_back({{"name", parameter.name},
                        {"in", "query"},
                        {"required", parameter.required},
                        {"description", parameter.description},
                        {"schema", parameter.schema}});
    const bool sends = std::holds_alternative<std::shared_ptr<const Sending>>(operation.handler);
    if (sends || std::holds_alternative<Writing>(operation.handler))
        list.push_back({{"name", "Idempotency-Key"},
                        {"in", "header"},
                        {"required", sends},
                        {"description", "Your own name of this change: a repeat does nothing."},
                        {"schema", {{"type", "string"}, {"minLength", 1}, {"maxLength", 255}}}});
    return list;
}

// Bytes have no schema that says more; `binary` keeps client generators from reading them.
Json FileReply(const Operation& operation) {
    Json content = Json::object();
    for (const std::string& type : operation.files)
        content[type] = {{"schema", {{"type", "string"}, {"format", "binary"}}}};
    return {{"description", "The file."}, {"content", std::move(content)}};
}

Json ResponsesOf(const Operation& operation) {
    Json responses = Json::object();
    const bool delivers = std::holds_alternative<Delivering>(operation.handler);
    responses[std::to_string(operation.status)] =
        delivers ? FileReply(operation)
                 : Described("Done.", RefTo(operation.reply), "application/json");
    std::set<int> refused{401, 403, 404, 422, 429, 503};
    if (!IsSafe(operation.method)) refused.insert({400, 409, 413, 415});
    if (delivers) refused.insert(409);
    const auto describe = [&](int status, const std::string& schema) {
        responses[std::to_string(status)] =
            Described(GeneralProblem(status).detail, RefTo(schema), "application/problem+json");
    };
    for (const int status : refused) describe(status, "Problem");
    if (const auto* sending = std::get_if<std::shared_ptr<const Sending>>(&operation.handler)) {
        for (const int status : {402, 502, 503}) describe(status, (*sending)->problem);
    }
    return responses;
}

Json OperationOf(const Operation& operation, const std::vector<std::string>& in_path) {
    Json json{
        {"operationId", operation.id},
        {"tags", Json::array({operation.tag})},
        {"summary", operation.summary},
        {"description", fmt::format("{}{}Scope: `{}`.", operation.description,
                                    operation.description.empty() ? "" : "\n\n", operation.scope)},
        {"security", Json::array({Json{{"key", Json::array()}}})}};
    Json parameters = ParametersOf(operation, in_path);
    if (!parameters.empty()) json["parameters"] = std::move(parameters);
    if (!operation.body.empty()) {
        json["requestBody"] = {
            {"required", true},
            {"content", {{"application/json", {{"schema", RefTo(operation.body)}}}}}};
    }
    json["responses"] = ResponsesOf(operation);
    return json;
}

// Every schema that `json` names, and those that they name.
// NOLINTNEXTLINE(misc-no-recursion): a schema is a tree
void Reach(const Json& json, const SchemaBook& schemas, std::set<std::string>& reached) {
    if (json.is_object() && json.contains("$ref")) {
        const std::string ref = json["$ref"];
        const std::string name = ref.substr(ref.rfind('/') + 1);
        if (reached.insert(name).second) Reach(schemas.all().at(name), schemas, reached);
    }
    if (json.is_structured())
        for (const Json& part : json) Reach(part, schemas, reached);
}

}  // namespace

Json OpenApiDocument(const std::vector<std::shared_ptr<const Operation>>& operations,
                     const SchemaBook& schemas) {
    Json document{
        {"openapi", "3.1.0"},
        {"info",
         {{"title", "Customers and their billing"},
          {"version", "1.0.0"},
          {"description", kDescription},
          {"license", {{"name", "Proprietary"}, {"identifier", "LicenseRef-Proprietary"}}}}},
        {"servers", Json::array({{{"url", "/"}, {"description", "The portal of the business"}}})}};
    std::map<std::string, Json> paths;
    std::set<std::string> tags;
    for (const auto& operation : operations) {
        std::vector<std::string> in_path;
        const std::string path = PathOf(operation->path, in_path);
        std::string method(ToString(operation->method));
        for (char& c : method) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        paths[path][method] = OperationOf(*operation, in_path);
        tags.insert(operation->tag);
    }
    for (const std::string& tag : tags)
        document["tags"].push_back({{"name", tag}, {"description", tag + " of the business."}});
    document["paths"] = paths;
    std::set<std::string> reached;
    Reach(document["paths"], schemas, reached);
    Json components = Json::object();
    for (const std::string& name : reached) components[name] = schemas.all().at(name);
    document["components"] = {
        {"securitySchemes",
         {{"key",
           {{"type", "http"}, {"scheme", "bearer"}, {"description", "A key of the business."}}}}},
        {"schemas", std::move(components)}};
    return document;
}

}  // namespace livery::api
