#include "conformance/wire_fault.h"

#include <algorithm>
#include <array>

namespace livery::conformance {

namespace {

constexpr auto kFaults = std::to_array<WireFault>({
    {"refused_connect", false, false, false},
    {"dns_or_tls_failure", false, false, false},
    {"reset_before_send", false, true, false},
    {"reset_after_send", true, true, false},
    {"timeout_after_send", true, true, false},
    {"response_lost", true, true, false, 0, "", true},
    {"duplicate_response", true, true, true, 0, "", true},
    {"html_page", true, true, true, 200, "<html><h1>It works!</h1></html>"},
    {"empty_body", true, true, true, 200, ""},
    {"truncated_json", true, true, true, 0, "", false, true},
    {"error_in_success", true, true, true, 200, R"({"error":{"code":"internal"}})"},
    {"not_utf8", true, true, true, 200, "{\"id\":\"\xFF\xFE\",\"state\":\"paid\"}"},
    {"error_500", true, true, true, 500, R"({"error":{"code":"internal"}})"},
    {"error_502_page", true, true, true, 502, "<html>Bad gateway</html>"},
    {"error_503_before", false, true, true, 503, "<html>Try later</html>"},
    {"not_found_page", true, true, true, 404, "<html>Not found</html>"},
    {"megabyte_around_it", true, true, true, 0, "", false, false, true},
    {"card_number_in_error", false, true, true, 402,
     R"({"error":{"code":"card_declined","type":"card_error","message":"Card 4242424242424242 was refused"}})"},
    {"too_many_requests", false, true, true, 429, R"({"error":{"code":"rate_limited"}})"},
});

}  // namespace

std::span<const WireFault> WireFaults() { return kFaults; }

const WireFault* FindWireFault(std::string_view name) {
    const auto found = std::find_if(kFaults.begin(), kFaults.end(),
                                    [&](const WireFault& fault) { return fault.name == name; });
    return found == kFaults.end() ? nullptr : &*found;
}

http::Exchanged SendUnder(const WireFault& fault, http::Client& client,
                          const http::OutgoingRequest& request,
                          const std::function<void()>& before_send) {
    if (!fault.leaves) return http::NotSent{std::string(fault.name)};
    http::Exchanged exchanged = http::NoAnswer{std::string(fault.name)};
    if (fault.reaches) {
        if (fault.twice) client.Send(request, [] {});
        exchanged = client.Send(request, before_send);
    } else {
        before_send();
    }
    if (!fault.answered) return http::NoAnswer{std::string(fault.name)};
    auto* answer = std::get_if<http::IncomingAnswer>(&exchanged);
    http::IncomingAnswer made = answer != nullptr ? *answer : http::IncomingAnswer{};
    if (fault.status != 0) {
        made.status = fault.status;
        made.body = fault.body;
    }
    if (fault.cut) made.body.resize(made.body.size() / 2);
    if (fault.padded && made.body.starts_with("{\""))
        made.body.insert(1, "\"padding\":\"" + std::string(std::size_t{900} << 10, 'x') + "\",");
    return made;
}

}  // namespace livery::conformance
