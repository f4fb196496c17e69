#pragma once

#include <iosfwd>
#include <map>
#include <optional>
#include <string>

#include <livery/ports/mailer.h>
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
    // What goes with it: what a plugin calls it, and once that has made it.
    struct Enclosed {
        std::string plugin;
        std::string file;  // "" = nothing
    };
    Enclosed enclosed = {};
    std::optional<MailFile> file = {};
    Mail::Thread thread = {};
    bool is_bounce = false;
};

// RFC 5322 with MIME: multipart/alternative, plain text first, both base64 (so no line is too long
// and no byte is touched on the way); with its file, in a multipart/mixed. Header texts are encoded
// words (RFC 2047); an address, an id or a file's name with a line break throws BrokenInvariant.
std::string ToMime(const Message& message);

// The headers of such a message, unfolded, with its encoded words decoded.
std::map<std::string, std::string> HeadersOf(std::istream& mime);

}  // namespace livery::mail
