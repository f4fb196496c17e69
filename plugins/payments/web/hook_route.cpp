#include "web/hook_route.h"

#include <algorithm>
#include <cctype>

namespace livery::payments {

namespace {

std::map<std::string, std::string> HeadersOf(const Request& request) {
    std::map<std::string, std::string> headers;
    for (const auto& [name, value] : request.headers) {
        std::string lower(name);
        std::transform(lower.begin(), lower.end(), lower.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        headers.emplace(std::move(lower), value);
    }
    return headers;
}

Result<Reply> Take(ProviderEvents& events, const RequestContext& r) {
    const auto headers = HeadersOf(r.request());
    const std::string url = r.tenant().origin + r.request().raw_target;
    const std::string instance(r.Path("instance"));
    const auto answer = events.Receive(r.tenant(), {instance, url, headers, r.request().body});
    if (answer) return PlainText(answer->status, answer->body);
    switch (answer.error().code) {
        case ErrorCode::kNotFound:
            return PlainText(404, "");
        case ErrorCode::kUnauthenticated:
            return PlainText(400, "");
        default:
            return PlainText(503, "");
    }
}

}  // namespace

void AddHook(Registrar& registrar, ProviderEvents& events) {
    Route route{Method::kPost, "/hooks/:instance", Access::kProvesItself,
                [&events](const RequestContext& request) { return Take(events, request); },
                "What a provider tells us"};
    route.pace = Pace::kWaits;  // the gateway reads it
    registrar.Add(std::move(route));
}

}  // namespace livery::payments
