#pragma once

#include <string>
#include <string_view>

#include <livery/http/request.h>

#include "http/limits.h"
#include "http/message_reader.h"
#include "http/refusal.h"

namespace livery::http {

// The header by which the front proves to the server that it is the front.
inline constexpr std::string_view kFrontHeader = "X-Livery-Front";

// Turns a raw message into the Request that handlers see. Its rules:
//  - method: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS; else 405. Target: starts with '/'; else
//    400 (the front makes origin form of everything).
//  - path: each segment is percent-decoded once. 400: a broken escape, an encoded '/' or '\', a
//    control character, invalid UTF-8, a "." or ".." segment (encoded or not). 404: an empty
//    segment ("//"), so that no page has two addresses; one trailing '/' is dropped.
//  - Host: exactly one, well-formed; else 400.
//  - query, cookies, forms: see form.h, cookie.h, multipart.h. Other bodies are left alone; of a
//    multipart one only its fields and files stay.
//  - X-Forwarded-For (the client's address), X-Forwarded-Proto and X-Request-Id are believed only
//    beside an X-Livery-Front header that equals `front_token`. They and every X-Livery-* header
//    are then removed, believed or not, so that no handler can be lied to. All other headers reach
//    the handler as sent: order, case, duplicates and bytes.
// Pure. Thread: any.
class RequestDecoder {
 public:
    struct Options {
        Limits limits;
        std::string front_token;  // empty: nobody is the front
    };
    explicit RequestDecoder(Options options) : options_(std::move(options)) {}

    // `peer` is the address of the connection; `fresh_id` the request id when the front sent none.
    Decoded<Request> Decode(RawMessage&& message, std::string_view peer,
                            std::string_view fresh_id) const;

 private:
    Options options_;
};

// The decoded path of a raw target's path part, by the rules above. Pure.
Decoded<std::string> DecodePath(std::string_view raw_path);

}  // namespace livery::http
