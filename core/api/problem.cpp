#include "api/problem.h"

#include <algorithm>
#include <array>

namespace livery::api {

namespace {

struct General {
    int status;
    const char* code;
    const char* title;
    const char* detail;
};
constexpr std::array kGeneral{
    General{400, "malformed", "Bad Request",
            "The request could not be read; the body must be JSON in UTF-8."},
    General{401, "unauthenticated", "Unauthorized",
            "Send a valid key of this business as `Authorization: Bearer …`."},
    General{402, "payment_required", "Refused By Who Pays",
            "It was refused by who pays, or by his bank; see `code` for what to do next."},
    General{403, "forbidden", "Forbidden", "The key does not allow this."},
    General{404, "not_found", "Not Found", "There is no such thing, or it is not yours."},
    General{405, "method_not_allowed", "Method Not Allowed",
            "This address exists, but not for this method; see the header Allow."},
    General{408, "too_slow", "Request Timeout", "The request took too long to arrive."},
    General{409, "conflict", "Conflict", "The state of things does not allow it."},
    General{411, "length_required", "Length Required", "Send the length of the body."},
    General{413, "too_large", "Content Too Large", "The body is larger than is taken."},
    General{415, "not_json", "Unsupported Media Type", "Send the body as application/json."},
    General{422, "invalid", "Unprocessable Content",
            "The request is not acceptable; see `errors`."},
    General{429, "too_many_requests", "Too Many Requests",
            "Too many requests at once; wait as the header Retry-After says."},
    General{431, "headers_too_large", "Request Header Fields Too Large",
            "The headers or the address are longer than is taken."},
    General{500, "failed", "Internal Server Error",
            "Something went wrong on our side; tell us the request_id."},
    General{502, "bad_gateway", "Bad Gateway",
            "A provider behind us could not be reached, or did not answer as it should."},
    General{503, "unavailable", "Service Unavailable",
            "Not available right now; try again in a moment."},
};

const General& GeneralOf(int status) {
    const auto found = std::find_if(kGeneral.begin(), kGeneral.end(),
                                    [&](const General& one) { return one.status == status; });
    if (found != kGeneral.end()) return *found;
    return status < 500 ? kGeneral.front() : GeneralOf(500);
}

}  // namespace

std::string_view CodeOf(int status) { return GeneralOf(status).code; }

Problem GeneralProblem(int status) {
    const General& general = GeneralOf(status);
    return {status, general.code, general.detail, {}};
}

bool IsApiPath(std::string_view path) { return path == "/api" || path.starts_with("/api/"); }

nlohmann::ordered_json JsonOf(const Problem& problem, std::string_view request_id) {
    nlohmann::ordered_json json{
        {"type", "about:blank"},    {"title", GeneralOf(problem.status).title},
        {"status", problem.status}, {"code", problem.code},
        {"detail", problem.detail}, {"request_id", request_id}};
    for (const Problem::Wrong& wrong : problem.errors)
        json["errors"].push_back(
            {{"field", wrong.field}, {"code", wrong.code}, {"detail", wrong.detail}});
    for (const auto& [name, value] : problem.members.items()) json[name] = value;
    return json;
}

std::string TextOf(const nlohmann::ordered_json& problem) {
    // What cannot be said in UTF-8 came from outside; it must not make the answer fail.
    return problem.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

Response ProblemResponse(const Problem& problem, std::string_view request_id) {
    Response response;
    response.status = problem.status;
    response.content_type = "application/problem+json";
    response.body = TextOf(JsonOf(problem, request_id));
    response.headers.Set("Cache-Control", "no-store");
    if (problem.status == 401) response.headers.Set("WWW-Authenticate", "Bearer");
    if (problem.retry_after)
        response.headers.Set("Retry-After", std::to_string(problem.retry_after->count()));
    else if (problem.status == 429)
        response.headers.Set("Retry-After", "1");
    else if (problem.status == 503)
        response.headers.Set("Retry-After", "30");
    return response;
}

}  // namespace livery::api
