#pragma once

#include <iosfwd>
#include <map>
#include <string>

#include <livery/time/instant.h>

namespace livery::mail {

// A message ready to go.
struct Message {
    std::string id;  // makes the Message-ID, so that a repeat is recognised
    std::string from_address;
    std::string from_name;
    std::string to_address;
    std::string to_name;
    std::string subject;
    std::string html;
    std::string plain;
    Instant date;
};

// RFC 5322 with MIME: multipart/alternative, plain text first, both base64 (so no line is too long
// and no byte is touched on the way). Header texts are encoded words (RFC 2047); an address with a
// line break throws BrokenInvariant.
std::string ToMime(const Message& message);

// The headers of such a message, unfolded, with its encoded words decoded.
std::map<std::string, std::string> HeadersOf(std::istream& mime);

}  // namespace livery::mail
