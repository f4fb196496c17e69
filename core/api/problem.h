#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <livery/http/response.h>
#include <livery/json.h>

namespace livery::api {

// What a program is told when it does not get what it asked for (RFC 9457). `code` is for the
// program to branch on: a general one, or the text key of the use case that refused
// ("price_changed"); `detail` is for whoever reads its log.
struct Problem {
    int status = 500;
    std::string code;
    std::string detail;
    struct Wrong {
        std::string field;  // of the body ("address/city") or the query
        std::string code;
        std::string detail;
    };
    std::vector<Wrong> errors = {};
    std::optional<std::chrono::seconds> retry_after = {};
    nlohmann::ordered_json members = nlohmann::ordered_json::object();  // of the operation's own
};

// The general code of a status: "not_found".
std::string_view CodeOf(int status);
// A problem of nothing but its status.
Problem GeneralProblem(int status);
nlohmann::ordered_json JsonOf(const Problem& problem, std::string_view request_id);
// As it stands in an answer: one line.
std::string TextOf(const nlohmann::ordered_json& problem);
Response ProblemResponse(const Problem& problem, std::string_view request_id);
bool IsApiPath(std::string_view path);

}  // namespace livery::api
