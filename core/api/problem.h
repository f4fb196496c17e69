#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <livery/http/response.h>

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
};

// The general code of a status: "not_found".
std::string_view CodeOf(int status);
// A problem of nothing but its status.
Problem GeneralProblem(int status);
Response ProblemResponse(const Problem& problem, std::string_view request_id);
bool IsApiPath(std::string_view path);

}  // namespace livery::api
