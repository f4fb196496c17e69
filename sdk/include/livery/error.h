#pragma once

#include <string>
#include <utility>
#include <vector>

namespace livery {

// The closed set of outcomes that a caller branches on. The HTTP status of each stands in one
// table (core/http/error_status.cpp): "not yours" is kNotFound, never kForbidden.
enum class ErrorCode {
    kInvalidArgument,  // 422: the input is wrong; `fields` says where
    kUnauthenticated,  // 401: nobody is signed in
    kForbidden,        // 403: signed in, but not allowed (or the CSRF token does not match)
    kNotFound,         // 404: not there, or not yours
    kConflict,         // 409: the state changed meanwhile
    kTooManyRequests,  // 429: a rate limit
    kUnavailable,      // 503: a dependency does not answer; trying again may help
};

// One wrong field of a form or a request. `message` is a locale key of the plugin, so that domain
// code knows no language.
struct FieldError {
    std::string field;
    std::string message;
    bool operator==(const FieldError&) const = default;
};

// What went wrong, for a caller that can do something about it. `message` is for logs (English,
// no personal data); what a person reads is made from `code` and `fields`.
struct Error {
    ErrorCode code = ErrorCode::kInvalidArgument;
    std::string message;
    std::vector<FieldError> fields;
};

inline Error NotFound(std::string message) {
    return {ErrorCode::kNotFound, std::move(message), {}};
}
inline Error Conflict(std::string message) {
    return {ErrorCode::kConflict, std::move(message), {}};
}
inline Error Invalid(std::vector<FieldError> fields) {
    return {ErrorCode::kInvalidArgument, "invalid input", std::move(fields)};
}
inline Error InvalidField(std::string field, std::string message) {
    return Invalid({{std::move(field), std::move(message)}});
}

}  // namespace livery
