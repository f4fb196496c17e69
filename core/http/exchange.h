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

struct Answer {
    std::string bytes;
    bool keep_alive = true;
};

// One raw message in, the bytes of its answer out: decodes, calls the handler and turns whatever
// goes wrong into a plain answer. What an exception says goes to `report` with the request id and
// is never shown. Never throws, but for lack of memory. Thread: any.
class Exchange {
 public:
    Exchange(RequestDecoder::Options options, Handler handler, Report report);

    // `draining` is read after the handler: once true, the answer closes its connection.
    Answer Run(RawMessage&& message, std::string_view peer,
               const std::atomic<bool>& draining) const;
    // For what cannot be cut into a message; the connection must be closed after it.
    Answer Refused(const Refusal& refusal) const;

 private:
    Response Call(Request&& request, const std::string& request_id) const;

    RequestDecoder decoder_;
    Handler handler_;
    Report report_;
};

// 32 random hexadecimal digits.
std::string FreshRequestId();

}  // namespace livery::http
