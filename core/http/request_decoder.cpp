#include "http/request_decoder.h"

#include <algorithm>
#include <array>
#include <optional>

#include <arpa/inet.h>

#include "http/cookie.h"
#include "http/form.h"
#include "http/host.h"
#include "http/multipart.h"
#include "http/syntax.h"

namespace livery::http {

namespace {

constexpr std::string_view kForwardedPrefix = "X-Forwarded-";
constexpr std::string_view kOwnPrefix = "X-Livery-";

std::optional<Method> MethodOf(std::string_view text) {
    constexpr std::array kAll{Method::kGet,   Method::kHead,   Method::kPost,   Method::kPut,
                              Method::kPatch, Method::kDelete, Method::kOptions};
    for (const Method method : kAll) {
        if (ToString(method) == text) return method;
    }
    return std::nullopt;
}

bool StartsWith(std::string_view name, std::string_view prefix) {
    return SameIgnoringCase(name.substr(0, prefix.size()), prefix);
}

// Compares in a time that does not depend on where the first difference is.
bool SameSecret(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
    }
    return difference == 0;
}

bool IsAddress(const std::string& text) {
    in6_addr buffer{};
    return ::inet_pton(AF_INET, text.c_str(), &buffer) == 1 ||
           ::inet_pton(AF_INET6, text.c_str(), &buffer) == 1;
}

bool IsRequestId(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (LowerAscii(c) >= 'a' && LowerAscii(c) <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

// The value of the only header of that name; nullptr when there is none or more than one.
const std::string* Only(const std::vector<RawHeader>& headers, std::string_view name) {
    const std::string* found = nullptr;
    for (const auto& [key, value] : headers) {
        if (!SameIgnoringCase(key, name)) continue;
        if (found != nullptr) return nullptr;
        found = &value;
    }
    return found;
}

Decoded<std::string> DecodeSegment(std::string_view raw) {
    const auto segment = PercentDecode(raw, PlusSign::kIsPlus);
    if (!segment) return Refuse(400, "broken escape in the path");
    if (*segment == "." || *segment == "..") return Refuse(400, "dot segment in the path");
    const auto forbidden = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '/' || c == '\\';
    };
    if (std::any_of(segment->begin(), segment->end(), forbidden) || !IsUtf8(*segment)) {
        return Refuse(400, "forbidden character in the path");
    }
    return *segment;
}

void TakeForwarded(const std::vector<RawHeader>& headers, Request& request) {
    if (const auto* address = Only(headers, "X-Forwarded-For"); address && IsAddress(*address)) {
        request.client_address = *address;
    }
    const auto* scheme = Only(headers, "X-Forwarded-Proto");
    request.secure = scheme != nullptr && *scheme == "https";
    if (const auto* id = Only(headers, "X-Request-Id"); id && IsRequestId(*id)) {
        request.request_id = *id;
    }
}

void TakeHeaders(std::vector<RawHeader>&& headers, const Limits& limits, Request& request) {
    for (auto& [name, value] : headers) {
        if (StartsWith(name, kOwnPrefix) || StartsWith(name, kForwardedPrefix)) continue;
        if (SameIgnoringCase(name, "X-Request-Id")) continue;
        if (SameIgnoringCase(name, "Cookie")) DecodeCookies(value, limits.fields, request.cookies);
        request.headers.Add(std::move(name), std::move(value));
    }
}

std::optional<Refusal> TakeForm(const Limits& limits, Request& request) {
    const auto types = request.headers.All("Content-Type");
    if (types.empty()) return std::nullopt;
    if (types.size() > 1) return Refusal{400, "two Content-Type headers"};
    const std::string_view kind = TrimBlanks(types[0].substr(0, types[0].find(';')));
    if (SameIgnoringCase(kind, "application/x-www-form-urlencoded")) {
        auto form = DecodeForm(request.body, limits);
        if (!form) return form.error();
        request.form = std::move(*form);
    } else if (SameIgnoringCase(kind, "multipart/form-data")) {
        auto form = DecodeMultipart(types[0], request.body, limits);
        if (!form) return form.error();
        request.form = std::move(form->fields);
        request.files = std::move(form->files);
        // Read to its end; what it held in files would be twice in memory.
        std::string().swap(request.body);
    }
    return std::nullopt;
}

}  // namespace

Decoded<std::string> DecodePath(std::string_view raw_path) {
    if (!raw_path.starts_with('/')) return Refuse(400, "target is no path");
    if (raw_path == "/") return std::string("/");
    if (raw_path.ends_with('/')) raw_path.remove_suffix(1);
    std::string path;
    Refusal refusal;
    const bool whole = ForEachPiece(raw_path.substr(1), '/', [&](std::string_view raw) {
        if (raw.empty()) {
            refusal = {404, "empty segment in the path"};
            return false;
        }
        auto segment = DecodeSegment(raw);
        if (!segment) {
            refusal = segment.error();
            return false;
        }
        path += '/';
        path += *segment;
        return true;
    });
    if (!whole) return tl::make_unexpected(refusal);
    return path;
}

Decoded<Request> RequestDecoder::Decode(RawMessage&& message, std::string_view peer,
                                        std::string_view fresh_id) const {
    const auto method = MethodOf(message.method);
    if (!method) return Refuse(405, "unknown method");
    if (message.target.find('#') != std::string::npos) return Refuse(400, "fragment in the target");
    const std::size_t question = message.target.find('?');
    auto path = DecodePath(std::string_view(message.target).substr(0, question));
    if (!path) return tl::make_unexpected(path.error());

    Request request;
    request.method = *method;
    request.path = std::move(*path);
    if (question != std::string::npos) {
        auto query =
            DecodeForm(std::string_view(message.target).substr(question + 1), options_.limits);
        if (!query) return tl::make_unexpected(query.error());
        request.query = std::move(*query);
    }
    const std::string* host_header = Only(message.headers, "Host");
    if (host_header == nullptr) return Refuse(400, "not exactly one Host header");
    auto host = ParseHost(*host_header);
    if (!host) return Refuse(400, "bad Host header");
    request.host = std::move(host->name);
    request.port = host->port;
    request.client_address = peer;
    request.request_id = fresh_id;
    const std::string* token = Only(message.headers, kFrontHeader);
    const bool by_front = token != nullptr && !options_.front_token.empty() &&
                          SameSecret(*token, options_.front_token);
    if (by_front) TakeForwarded(message.headers, request);
    TakeHeaders(std::move(message.headers), options_.limits, request);
    request.raw_target = std::move(message.target);
    request.body = std::move(message.body);
    if (auto refusal = TakeForm(options_.limits, request)) return tl::make_unexpected(*refusal);
    return request;
}

}  // namespace livery::http
