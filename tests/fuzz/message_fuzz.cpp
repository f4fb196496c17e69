// Bytes of a connection → requests. The input is what a client sends, nothing else.

#include <algorithm>
#include <random>

#include "http/form.h"
#include "http/host.h"
#include "http/message_reader.h"
#include "http/request_decoder.h"
#include "http/syntax.h"
#include "params.h"
#include "require.h"

namespace livery::fuzz {
namespace {

constexpr std::string_view kFrontToken = "front-secret";

http::Limits SmallLimits() {
    http::Limits limits;
    limits.request_line = 40;
    limits.head = 120;
    limits.headers = 4;
    limits.body = 30;
    limits.fields = 4;
    limits.field_name = 8;
    limits.files = 2;
    return limits;
}

// All that one connection gave, until it was refused or its bytes ended.
struct Reading {
    std::vector<http::RawMessage> messages;
    int refused = 0;
    bool in_message = false;
    bool in_body = false;
};

bool Same(const http::RawMessage& a, const http::RawMessage& b) {
    return a.method == b.method && a.target == b.target && a.headers == b.headers &&
           a.body == b.body;
}

bool Same(const Reading& a, const Reading& b) {
    const auto same = [](const http::RawMessage& x, const http::RawMessage& y) {
        return Same(x, y) && x.keep_alive == y.keep_alive;
    };
    return a.refused == b.refused && a.in_message == b.in_message && a.in_body == b.in_body &&
           std::equal(a.messages.begin(), a.messages.end(), b.messages.begin(), b.messages.end(),
                      same);
}

// False when the connection is over.
bool TakeAll(http::MessageReader& reader, Reading& reading) {
    for (;;) {
        auto next = reader.Next();
        if (!next) {
            reading.refused = next.error().status;
            Require(next.error().status >= 400 && next.error().status < 600, "a refusal's status");
            return false;
        }
        if (!*next) return true;
        reading.messages.push_back(std::move(**next));
    }
}

// `next_size` says how many bytes the next read of the socket brings.
template <class NextSize>
Reading Read(std::string_view bytes, const http::Limits& limits, NextSize next_size) {
    http::MessageReader reader(limits);
    Reading reading;
    while (!bytes.empty()) {
        const std::size_t size = std::min<std::size_t>(next_size(), bytes.size());
        reader.Feed(bytes.substr(0, size));
        bytes.remove_prefix(size);
        if (!TakeAll(reader, reading)) return reading;
    }
    reading.in_message = reader.InMessage();
    reading.in_body = reader.InBody();
    return reading;
}

void RequireSplitsDoNotMatter(std::string_view bytes, const http::Limits& limits,
                              const Reading& whole) {
    Require(Same(whole, Read(bytes, limits, [] { return 1; })), "byte by byte reads the same");
    for (const unsigned seed : {1U, 2U, 3U}) {
        std::minstd_rand random(seed + static_cast<unsigned>(bytes.size()));
        const auto some = [&random] { return 1 + random() % 23; };
        Require(Same(whole, Read(bytes, limits, some)), "random pieces read the same");
    }
}

std::string Serialize(const http::RawMessage& message) {
    std::string bytes = message.method + ' ' + message.target + " HTTP/1.1\r\n";
    for (const auto& [name, value] : message.headers) bytes += name + ": " + value + "\r\n";
    return bytes + "\r\n" + message.body;
}

void RequireFramed(const http::RawMessage& message, const http::Limits& limits) {
    std::size_t lengths = 0;
    Require(message.headers.size() <= limits.headers, "no more headers than allowed");
    Require(message.body.size() <= limits.body, "no more body than allowed");
    Require(http::IsToken(message.method) && !HasControl(message.target), "a clean request line");
    for (const auto& [name, value] : message.headers) {
        Require(http::IsToken(name), "a header name is a token");
        Require(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos,
                "no CR, LF or NUL in a header");
        Require(http::TrimBlanks(value) == value, "no blanks around a header");
        Require(!http::SameIgnoringCase(name, "Transfer-Encoding"), "no chunked body");
        if (!http::SameIgnoringCase(name, "Content-Length")) continue;
        Require(++lengths == 1, "one length");
        Require(std::to_string(message.body.size()) ==
                    value.substr(std::min(value.find_first_not_of('0'), value.size() - 1)),
                "the body is as long as its length says");
    }
    Require(lengths == 1 || message.body.empty(), "no body without a length");
    http::Limits roomy = limits;  // ": " may be longer than what came
    roomy.head += 2 * limits.headers + 16;
    roomy.request_line += 1;
    const auto again = Read(Serialize(message), roomy, [] { return 1U << 30U; });
    Require(again.messages.size() == 1 && Same(again.messages[0], message), "reads as written");
}

void RequireCleanPath(const std::string& path) {
    Require(path.starts_with('/') && IsUtf8(path) && !HasControl(path), "a clean path");
    Require(path.find('\\') == std::string::npos, "no backslash in a path");
    if (path == "/") return;
    std::string encoded;
    http::ForEachPiece(std::string_view(path).substr(1), '/', [&](std::string_view segment) {
        Require(!segment.empty() && segment != "." && segment != "..", "no way up in a path");
        encoded += '/' + PercentEncode(segment);
        return true;
    });
    const auto again = http::DecodePath(encoded);
    Require(again && *again == path, "a path decodes as it is encoded");
}

void RequireHonest(const Request& request, bool by_front) {
    for (const auto& [name, value] : request.headers) {
        const std::string lower = http::LowerAscii(name);
        Require(!lower.starts_with("x-livery-") && !lower.starts_with("x-forwarded-") &&
                    lower != "x-request-id",
                "no header that only the front may send");
    }
    Require(by_front || (!request.secure && request.client_address == "192.0.2.1" &&
                         request.request_id == "fresh"),
            "only the front says who the client is");
    Require(!request.client_address.empty() && request.request_id.size() <= 64 &&
                http::IsToken(request.request_id),
            "address and id are printable");
}

void RequireHost(const std::string& name) {
    Require(!name.empty() && !HasControl(name) && http::LowerAscii(name) == name, "a clean host");
    const auto again = http::ParseHost(name);
    Require(again && again->name == name && again->port == 0, "a host name parses to itself");
}

void CheckRequest(const http::RawMessage& message, const http::Limits& limits) {
    const http::RequestDecoder decoder({limits, std::string(kFrontToken)});
    bool by_front = false;
    for (const auto& [name, value] : message.headers) {
        by_front |= http::SameIgnoringCase(name, http::kFrontHeader) && value == kFrontToken;
    }
    auto request = decoder.Decode(http::RawMessage(message), "192.0.2.1", "fresh");
    if (!request) return;
    RequireCleanPath(request->path);
    RequireHost(request->host);
    RequireHonest(*request, by_front);
    RequireDecoded(request->query, limits);
    RequireDecoded(request->form, limits);
    Require(request->files.size() <= limits.files, "no more files than allowed");
    Require(request->cookies.size() <= limits.fields, "no more cookies than allowed");
    Require(request->body == message.body && ToString(request->method) == message.method,
            "method and body as they came");
    const auto query = http::DecodeForm(EncodeForm(request->query), limits);
    Require(query && SameParams(*query, request->query), "a query decodes as it is encoded");
}

void Check(std::string_view bytes, const http::Limits& limits) {
    const Reading whole = Read(bytes, limits, [&] { return bytes.size(); });
    RequireSplitsDoNotMatter(bytes, limits, whole);
    for (const http::RawMessage& message : whole.messages) {
        RequireFramed(message, limits);
        CheckRequest(message, limits);
    }
}

}  // namespace
}  // namespace livery::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace fuzz = livery::fuzz;
    namespace http = livery::http;
    const std::string_view bytes = fuzz::TextOf(data, size);
    fuzz::Check(bytes, http::Limits{});
    fuzz::Check(bytes, fuzz::SmallLimits());
    if (const auto host = http::ParseHost(bytes)) fuzz::RequireHost(host->name);
    if (const auto path = http::DecodePath(bytes)) fuzz::RequireCleanPath(*path);
    return 0;
}
