#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/attachment.h"

namespace livery::service_desk {

// A mail as its bytes were read: well-formed UTF-8 without control characters, and nothing in it to
// be believed. What it does not say is empty.
struct IncomingMail {
    std::string message_id;               // without angle brackets
    std::vector<std::string> references;  // the oldest first; the last is what it answers
    std::string from_address;
    std::string from_name;
    std::vector<std::string> recipients;  // by its head, and by who delivered it
    std::string subject;
    std::string text;  // of its first alternative that people read; lines end with \n

    // What programs say of their mails (RFC 3834, RFC 2919, and habit).
    std::string auto_submitted;
    std::string precedence;
    std::string list_id;
    std::string auto_response_suppress;
    std::optional<std::string> return_path;  // "" = the empty one, of what says that a mail failed

    std::vector<Upload> attachments;
};

// As mail addresses are compared: letters of ASCII in lower case.
std::string FoldedAddress(std::string_view address);

}  // namespace livery::service_desk
