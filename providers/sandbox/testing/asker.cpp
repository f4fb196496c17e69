#include "sandbox/testing/asker.h"

namespace livery::sandbox::testing {

namespace {

http::Client::Options Loopback() {
    http::Client::Options options;
    options.allow_loopback = true;
    options.most_bytes = std::size_t{32} << 20;
    return options;
}

std::string FormBytes(const std::map<std::string, std::string>& form) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string bytes;
    for (const auto& [name, value] : form) {
        bytes += (bytes.empty() ? "" : "&") + name + "=";
        for (const char c : value) {
            const auto byte = static_cast<unsigned char>(c);
            bytes += {'%', kHex[byte >> 4], kHex[byte & 15]};
        }
    }
    return bytes;
}

}  // namespace

Asker::Asker(int port, std::string api_key)
    : port_(port), api_key_(std::move(api_key)), client_(Loopback()) {}

Asker::Answered Asker::Ask(const std::string& method, const std::string& path,
                           const std::string& body, const std::string& key,
                           const std::string& type) {
    http::OutgoingRequest request;
    request.method = method;
    request.url = "http://127.0.0.1:" + std::to_string(port_) + path;
    request.headers = {{"Authorization", "Bearer " + api_key_}, {"Content-Type", type}};
    if (!key.empty()) request.headers.emplace_back("Idempotency-Key", key);
    request.body = body;
    request.time_limit = std::chrono::milliseconds(milliseconds);
    const http::Exchanged exchanged = client_.Send(request, [] {});
    if (std::holds_alternative<http::NotSent>(exchanged)) return {-1, {}, {}, {}};
    const auto* answer = std::get_if<http::IncomingAnswer>(&exchanged);
    if (answer == nullptr) return {};
    return {answer->status, Json::parse(answer->body, nullptr, false), answer->body,
            answer->headers};
}

Asker::Answered Asker::Post(const std::string& path, const Json& body, const std::string& key) {
    return Ask("POST", path, body.dump(), key);
}
Asker::Answered Asker::Post(const std::string& path, const Json& body) {
    return Post(path, body, "key-of-its-own-" + std::to_string(++keys_));
}
Asker::Answered Asker::Submit(const std::string& path,
                              const std::map<std::string, std::string>& form) {
    return Ask("POST", path, FormBytes(form), "", "application/x-www-form-urlencoded");
}

void Asker::Advance(std::int64_t seconds) { Post("/clock", {{"advance_seconds", seconds}}); }
void Asker::Break(const Json& fault) { Post("/faults", fault); }

std::string Asker::Moved(const std::string& reference) {
    std::string text;
    const Json ledger = Get("/ledger?reference=" + reference).json;
    for (const Json& movement : ledger.at("movements"))
        text += movement.at("kind").get<std::string>() + " " +
                std::to_string(movement.at("amount").get<std::int64_t>()) + " " +
                movement.at("currency").get<std::string>() + "\n";
    return text;
}

std::string PathOf(const std::string& url) { return url.substr(url.find('/', 8)); }

Json PaymentBody(const std::string& reference, std::int64_t amount, const Json& more) {
    Json body{{"reference", reference}, {"amount", amount}, {"currency", "EUR"}};
    body.update(more);
    return body;
}

}  // namespace livery::sandbox::testing
