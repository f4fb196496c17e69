#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <variant>

#include <livery/http/request.h>
#include <livery/http/response.h>

#include "http/message_reader.h"
#include "http/request_decoder.h"

namespace livery::http {

// Answers a request. Called on any worker, many at a time. May throw anything.
using Handler = std::function<Response(Request&&)>;
// Whether the answer may take long because it waits for somebody. Called before the handler.
using Waits = std::function<bool(const Request&)>;
using Report = std::function<void(std::string)>;

// The page of what is refused before any handler sees it, or failed in one. `target` is that of the
// request line as far as it was read; it may be anything.
struct Refused {
    int status = 400;
    std::string_view target;
    std::string_view request_id;  // "" = there is none yet
};
using RefusalPage = std::function<Response(const Refused&)>;
Response PlainRefusalPage(const Refused& refused);

struct Answer {
    std::string bytes;
    bool keep_alive = true;
};

// A request that was read and not yet answered.
struct Open {
    Request request;
    std::string target;  // of the request line
    bool keep_alive = true;
};

// One raw message in, the bytes of its answer out: decodes, calls the handler and turns whatever
// goes wrong into a plain answer. What an exception says goes to `report` with the request id and
// is never shown. Never throws, but for lack of memory. Thread: any.
class Exchange {
 public:
    Exchange(RequestDecoder::Options options, Handler handler, Report report,
             RefusalPage refusal_page = PlainRefusalPage);

    // What stands in the message, or the answer to one that is refused.
    std::variant<Open, Answer> Begin(RawMessage&& message, std::string_view peer) const;
    // `draining` is read after the handler: once true, the answer closes its connection.
    Answer Finish(Open&& open, const std::atomic<bool>& draining) const;
    // For a request that is read and gets no turn; its connection is closed.
    Answer TurnAway(const Open& open) const;
    // For what cannot be cut into a message; the connection must be closed after it.
    Answer Refuse(const Refusal& refusal, std::string_view target) const;

 private:
    Response Call(Request&& request, std::string_view target) const;

    RequestDecoder decoder_;
    Handler handler_;
    Report report_;
    RefusalPage refusal_page_;
};

// 32 random hexadecimal digits.
std::string FreshRequestId();

}  // namespace livery::http
