#include "http/exchange.h"

#include <array>
#include <exception>

#include <fmt/format.h>
#include <sys/random.h>

#include "http/response_bytes.h"

namespace livery::http {

Response PlainRefusalPage(const Refused& refused) {
    if (refused.status == 500)
        return PlainText(500,
                         fmt::format("Something went wrong.\nReference: {}\n", refused.request_id));
    return PlainText(refused.status,
                     fmt::format("The request was not accepted ({}).\n", refused.status));
}

std::string FreshRequestId() {
    std::array<unsigned char, 16> random{};
    // getrandom of up to 256 bytes neither fails nor is cut short once the kernel has started.
    [[maybe_unused]] const auto size = ::getrandom(random.data(), random.size(), 0);
    std::string id;
    for (const unsigned char byte : random) id += fmt::format("{:02x}", byte);
    return id;
}

Exchange::Exchange(RequestDecoder::Options options, Handler handler, Report report,
                   RefusalPage refusal_page)
    : decoder_(std::move(options)),
      handler_(std::move(handler)),
      report_(std::move(report)),
      refusal_page_(std::move(refusal_page)) {}

Response Exchange::Call(Request&& request, std::string_view target) const {
    const std::string request_id = request.request_id;
    try {
        return handler_(std::move(request));
    } catch (const std::exception& failure) {
        report_(fmt::format("request {}: {}", request_id, failure.what()));
    } catch (...) {
        report_(fmt::format("request {}: an exception of unknown type", request_id));
    }
    return refusal_page_({500, target, request_id});
}

std::variant<Open, Answer> Exchange::Begin(RawMessage&& message, std::string_view peer) const {
    const std::string request_id = FreshRequestId();
    Open open{{}, message.target, message.keep_alive};
    // A HEAD that is refused still gets no body.
    const Wire wire{message.method == "HEAD" ? Method::kHead : Method::kGet, message.keep_alive,
                    request_id};
    auto request = decoder_.Decode(std::move(message), peer, request_id);
    if (!request) {
        const Refused refused{request.error().status, open.target, request_id};
        return Answer{ResponseBytes(refusal_page_(refused), wire), wire.keep_alive};
    }
    open.request = std::move(*request);
    return open;
}

Answer Exchange::Finish(Open&& open, const std::atomic<bool>& draining) const {
    const std::string request_id = open.request.request_id;
    Wire wire{open.request.method == Method::kHead ? Method::kHead : Method::kGet, open.keep_alive,
              request_id};
    const Response response = Call(std::move(open.request), open.target);
    if (draining) wire.keep_alive = false;
    try {
        return {ResponseBytes(response, wire), wire.keep_alive};
    } catch (const std::exception& failure) {
        report_(fmt::format("request {}: {}", request_id, failure.what()));
        return {ResponseBytes(refusal_page_({500, open.target, request_id}), wire),
                wire.keep_alive};
    }
}

Answer Exchange::TurnAway(const Open& open) const {
    const Request& request = open.request;
    const Wire wire{request.method == Method::kHead ? Method::kHead : Method::kGet, false,
                    request.request_id};
    return {ResponseBytes(refusal_page_({503, open.target, request.request_id}), wire), false};
}

Answer Exchange::Refuse(const Refusal& refusal, std::string_view target) const {
    return {ResponseBytes(refusal_page_({refusal.status, target, ""}), {Method::kGet, false, {}}),
            false};
}

}  // namespace livery::http
