#pragma once

#include <any>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <livery/db/database.h>
#include <livery/http/request_context.h>
#include <livery/json.h>

namespace livery::api {

// What programs may do with a tenant: JSON over the use cases that the pages use, for callers with
// a key that the tenant's operator made (`livery api-key`). Declared once; the router, the check of
// scope and body, the rate limit, the first answers and the OpenAPI document come from it.

// Members keep the order in which they were put.
using Json = nlohmann::ordered_json;

// Who calls: a program of the tenant's own, so all accounts of that tenant are its to see.
struct Caller {
    ApiKeyId key;
    std::string name;  // as the operator called the key
    std::set<std::string> scopes;
};

// One call. Lives as long as the handler runs. `request` has no visitor.
struct Call {
    const RequestContext& request;
    const Caller& caller;
    const Json& body;        // checked against the operation's schema; null when it takes none
    std::any prepared = {};  // what Operation::prepare made

    const Tenant& tenant() const { return request.tenant(); }
};

// Reads, or tries something of which nothing is kept; opens its own transactions.
using Reading = std::function<Result<Json>(const Call&)>;
// Changes, all through `tx`: the first answer of an Idempotency-Key is kept with what was done, or
// neither is. May be run again from the start. An Error leaves nothing.
using Writing = std::function<Result<Json>(db::Transaction& tx, const Call&)>;

// What is handed out as it is, a paper or a table: the bytes that the pages hand out.
struct File {
    std::string bytes;
    std::string type;  // one of the operation's `files`, perhaps with parameters ("; charset=…")
    std::string name;  // for whoever saves it
};
// Reads as a Reading does. An Error is a problem in JSON as anywhere else.
using Delivering = std::function<Result<File>(const Call&)>;

// Changes something at a provider, for which no transaction may wait: livery/api/sending.h.
struct Sending;

// Of the query.
struct Parameter {
    std::string name;
    std::string description;
    Json schema;
    bool required = false;  // without it nothing is asked for: 422 with its name
};

struct Operation {
    Method method = Method::kGet;
    std::string path;   // "/api/v1/invoices/:id"
    std::string id;     // "getInvoice": unique, what client generators name it by
    std::string tag;    // "Invoices": a chapter of the document
    std::string scope;  // "invoices:read": what the key must allow
    std::string summary;
    std::string description;
    std::vector<Parameter> query;
    std::string body;   // name of a Schema; "" = takes none
    std::string reply;  // name of a Schema; "" = a file
    int status = 200;
    std::variant<Reading, Writing, Delivering, std::shared_ptr<const Sending>> handler;
    std::vector<std::string> files = {};  // of a Delivering: the media types that it may answer
    // Of a Writing: what waits for somebody, a scanner say, and so is done before its transaction
    // begins; it finds the result in Call::prepared. Done again for a repeat. An Error is the
    // answer.
    std::function<Result<std::any>(const Call&)> prepare = {};
};

// A named JSON Schema (dialect 2020-12, as OpenAPI 3.1 says); schema.h helps to write one.
struct Schema {
    std::string name;  // "Invoice": unique in the host
    Json json;
};

}  // namespace livery::api
