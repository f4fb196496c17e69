#include "conformance/wire_fault.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <thread>

#include <fmt/format.h>

#include "conformance/rough_server.h"

namespace livery::conformance {

namespace {

using Lost = WireFault::Lost;

// The number is that of the check whose fault it is.
constexpr WireFault NeverSent(std::string_view name, int check, Lost lost) {
    WireFault fault{name, check, false, false, false};
    fault.lost = lost;
    return fault;
}
constexpr WireFault Unanswered(std::string_view name, int check, bool reaches) {
    return {name, check, reaches, true, false};
}
constexpr WireFault Says(std::string_view name, int status, std::string_view body,
                         bool reaches = true, int check = 81) {
    return {name, check, reaches, true, true, status, body};
}
constexpr WireFault Its(WireFault fault, bool WireFault::*trait) {
    fault.*trait = true;
    return fault;
}
constexpr WireFault Shifted(WireFault fault, int seconds) {
    fault.clock_shift = seconds;
    return fault;
}

constexpr auto kFaults = std::to_array<WireFault>({
    NeverSent("refused_connect", 73, Lost::kNobodyListens),
    NeverSent("dns_failure", 74, Lost::kNoSuchName),
    NeverSent("tls_failure", 74, Lost::kNoTls),
    Unanswered("reset_before_send", 75, false),
    Unanswered("reset_after_send", 76, true),
    Unanswered("timeout_after_send", 77, true),
    Its(Unanswered("response_lost", 78, true), &WireFault::twice),
    Its(Unanswered("slow_drip", 79, true), &WireFault::drips),
    Its(Says("duplicate_response", 0, "", true, 80), &WireFault::twice),
    Says("html_page", 200, "<html><h1>It works!</h1></html>"),
    Says("empty_body", 200, ""),
    Its(Says("truncated_json", 0, ""), &WireFault::cut),
    Says("error_in_success", 200, R"({"error":{"code":"internal"}})"),
    Says("not_utf8", 200, "{\"id\":\"\xFF\xFE\",\"state\":\"paid\"}"),
    Its(Unanswered("oversized", 81, true), &WireFault::oversized),
    Says("error_500", 500, R"({"error":{"code":"internal"}})"),
    Says("error_502_page", 502, "<html>Bad gateway</html>"),
    Says("error_503_before", 503, "<html>Try later</html>", false),
    Says("not_found_page", 404, "<html>Not found</html>"),
    Says("too_many_requests", 429, R"({"error":{"code":"rate_limited"}})", false),
    Shifted(Unanswered("clock_an_hour_behind", 82, true), -3'600),
    Shifted(Unanswered("clock_an_hour_ahead", 82, true), 3'600),
    Its(Unanswered("host_killed_before", 83, false), &WireFault::host_ends),
    Its(Unanswered("host_killed_after", 83, true), &WireFault::host_ends),
    Its(Says("megabyte_around_it", 0, "", true, 0), &WireFault::padded),
    Says(
        "card_number_in_error", 402,
        R"({"error":{"code":"card_declined","type":"card_error","message":"Card 4242424242424242 was refused"}})",
        false, 0),
});

constexpr const char* kHead = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

// Whoever asks for what is encrypted hears plain words.
void SpeakPlainly(int connection) {
    RoughServer::Read(connection);
    RoughServer::Write(connection, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
}

// For as long as somebody waits.
void Drip(int connection) {
    RoughServer::Read(connection);
    const std::string head = fmt::format("{}Content-Length: 1000000\r\n\r\n{{", kHead);
    for (bool waits = RoughServer::Write(connection, head); waits;
         waits = RoughServer::Write(connection, " "))
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

void Flood(int connection) {
    RoughServer::Read(connection);
    constexpr std::size_t kLength = 20'000'000;
    const std::string some(1'000'000, ' ');
    bool reads =
        RoughServer::Write(connection, fmt::format("{}Content-Length: {}\r\n\r\n", kHead, kLength));
    for (std::size_t sent = 0; reads && sent < kLength; sent += some.size())
        reads = RoughServer::Write(connection, some);
}

// Longer than a label may be (RFC 1035, 2.3.4): every resolver says so at once, and asks nobody.
std::string NoSuchName() { return std::string(64, 'x') + ".invalid"; }

std::string AddressOf(Lost lost, int port) {
    // Port 1 is of a service that nobody has run for decades.
    if (lost == Lost::kNobodyListens) return "http://127.0.0.1:1/";
    if (lost == Lost::kNoSuchName) return fmt::format("http://{}/", NoSuchName());
    return fmt::format("https://127.0.0.1:{}/", port);
}

http::Exchanged SendTo(http::Client& client, http::OutgoingRequest request,
                       const RoughServer::Serve& serve, Lost lost,
                       const std::function<void()>& before_send) {
    const RoughServer server(serve);
    request.url = lost == Lost::kNo ? fmt::format("http://127.0.0.1:{}/", server.port())
                                    : AddressOf(lost, server.port());
    return client.Send(request, before_send);
}

http::Exchanged AnswerUnder(const WireFault& fault, http::Exchanged exchanged) {
    auto* answer = std::get_if<http::IncomingAnswer>(&exchanged);
    http::IncomingAnswer made = answer != nullptr ? *answer : http::IncomingAnswer{};
    if (fault.status != 0) {
        made.status = fault.status;
        made.body = fault.body;
        made.headers["content-type"] = fault.body.starts_with("<") ? "text/html" : "text/plain";
    }
    if (fault.cut) made.body.resize(made.body.size() / 2);
    if (fault.padded && made.body.starts_with("{\""))
        made.body.insert(1, "\"padding\":\"" + std::string(std::size_t{900} << 10, 'x') + "\",");
    return made;
}

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
    if (fault.lost != Lost::kNo)
        return SendTo(client, request, SpeakPlainly, fault.lost, before_send);
    http::Exchanged exchanged = http::NoAnswer{std::string(fault.name)};
    if (fault.drips || fault.oversized) {
        const auto begun = std::chrono::steady_clock::now();
        client.Send(request, [] {});
        // Both together take no longer than one may.
        http::OutgoingRequest rest = request;
        const auto left = std::chrono::floor<std::chrono::milliseconds>(
            request.time_limit - (std::chrono::steady_clock::now() - begun));
        rest.time_limit = std::max(left, std::chrono::milliseconds(10));
        return SendTo(client, rest, fault.drips ? Drip : Flood, Lost::kNo, before_send);
    }
    if (fault.reaches) {
        if (fault.twice) client.Send(request, [] {});
        exchanged = client.Send(request, before_send);
    } else {
        before_send();
    }
    if (!fault.answered) return http::NoAnswer{std::string(fault.name)};
    return AnswerUnder(fault, std::move(exchanged));
}

}  // namespace livery::conformance
