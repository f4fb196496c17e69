#include "api/error_problem.h"

#include <algorithm>

#include "http/error_status.h"

namespace livery::api {

namespace {

// Text keys are words with dots; what else an Error says is for our log alone.
bool IsKey(const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    });
}

std::string CodeOfKey(const std::string& key) {
    constexpr std::string_view kPrefix = "error.";
    return key.starts_with(kPrefix) ? key.substr(kPrefix.size()) : key;
}

}  // namespace

Problem ProblemOf(const Error& error,
                  const std::function<std::string(const std::string& key)>& words) {
    Problem problem = GeneralProblem(http::StatusOf(error.code));
    // "Not there" and "not yours" are told alike.
    if (error.code != ErrorCode::kNotFound && IsKey(error.message)) {
        problem.code = CodeOfKey(error.message);
        const std::string text = words(error.message);
        if (!text.empty()) problem.detail = text;
    }
    for (const FieldError& field : error.fields) {
        const std::string text = words(field.message);
        problem.errors.push_back(
            {field.field, CodeOfKey(field.message), text.empty() ? field.message : text});
    }
    return problem;
}

}  // namespace livery::api
