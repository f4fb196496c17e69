#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/limits.h"
#include "http/refusal.h"

namespace livery::http {

using RawHeader = std::pair<std::string, std::string>;

// One HTTP/1 request as it came, only cut into its parts: no decoding, order and duplicates kept.
struct RawMessage {
    std::string method;
    std::string target;
    std::vector<RawHeader> headers;  // names as sent; values without the blanks around them
    std::string body;
    bool keep_alive = true;  // what the client wants
};

// Cuts the bytes of one connection into requests (RFC 9112), strictly: whatever two readers could
// understand differently is refused, because a request that two programs cut differently is how
// requests are smuggled. So: CRLF line ends only, no folding, no blank before ':', one
// Content-Length of digits. Transfer-Encoding is answered 411: the front sends lengths only.
// After a refusal the connection must be closed; nothing more is read from it.
// Pure. Thread: one at a time.
class MessageReader {
 public:
    // `body_limit` outlives the reader.
    explicit MessageReader(Limits limits, const BodyLimit* body_limit = nullptr)
        : limits_(limits), body_limit_(body_limit) {}

    void Feed(std::string_view bytes) { buffer_.append(bytes); }
    // The next whole request, nullopt while bytes are missing.
    Decoded<std::optional<RawMessage>> Next();

    // The target of the request that is being read, as far as its line has come.
    std::string_view Target() const;

    bool InMessage() const { return head_.has_value() || !buffer_.empty(); }
    bool InBody() const { return head_.has_value(); }
    // True once for each request whose client waits for "100 Continue" before it sends the body.
    bool TakeContinue() { return std::exchange(continue_wanted_, false); }

 private:
    struct Head {
        RawMessage message;
        std::size_t body_size = 0;
    };
    Decoded<bool> ReadHead();
    std::size_t MostOf(std::string_view method, std::string_view target) const;

    Limits limits_;
    const BodyLimit* body_limit_;
    std::string buffer_;
    std::optional<Head> head_;  // set while the body is being read
    bool continue_wanted_ = false;
};

}  // namespace livery::http
