#pragma once

#include <exception>
#include <string>
#include <utility>

#include "sandbox/book/records.h"

namespace livery::sandbox {

// Why a request is not done; nothing of it was. Becomes {"error": {"code", "message", "fields"}}.
struct Refusal : std::exception {
    Refusal(int http_status, std::string error_code, std::string words,
            Json wrong_fields = Json::object())
        : status(http_status),
          code(std::move(error_code)),
          message(std::move(words)),
          fields(std::move(wrong_fields)) {}
    const char* what() const noexcept override { return message.c_str(); }

    int status;
    std::string code;
    std::string message;
    Json fields;  // name to what is wrong with it
};

}  // namespace livery::sandbox
