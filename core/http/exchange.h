#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <string_view>

#include <livery/http/request.h>
#include <livery/http/response.h>

#include "http/message_reader.h"
#include "http/request_decoder.h"

namespace livery::http {

// Answers a request. Called on any worker, many at a time. May throw anything.
using Handler = std::function<Response(Request&&)>;
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

// One raw message in, the bytes of its answer out: decodes, calls the handler and turns whatever
// goes wrong into a plain answer. What an exception says goes to `report` with the request id and
// is never shown. Never throws, but for lack of memory. Thread: any.
class Exchange {
 public:
    Exchange(RequestDecoder::Options options, Handler handler, Report report,
             RefusalPage refusal_page = PlainRefusalPage);

    // `draining` is read after the handler: once true, the answer closes its connection.
    Answer Run(RawMessage&& message, std::string_view peer,
               const std::atomic<bool>& draining) const;
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
