#pragma once

#include <string>

#include "http/client/client.h"
#include "sandbox/book/records.h"

namespace livery::sandbox::testing {

// A merchant, a customer or a test that asks a provider over HTTP.
class Asker {
 public:
    explicit Asker(int port, std::string api_key = "sandbox-api-key");

    struct Answered {
        int status = 0;  // 0: no answer; -1: it did not even leave
        Json json;
        std::string body;
        std::map<std::string, std::string> headers;
    };
    Answered Get(const std::string& path) { return Ask("GET", path, "", ""); }
    Answered Post(const std::string& path, const Json& body, const std::string& key);
    Answered Post(const std::string& path, const Json& body);  // with a key of its own
    // A page's form, as a browser sends it.
    Answered Submit(const std::string& path, const std::map<std::string, std::string>& form);
    Answered Ask(const std::string& method, const std::string& path, const std::string& body,
                 const std::string& key, const std::string& type = "application/json");
    void Advance(std::int64_t seconds);
    void Break(const Json& fault);
    // What moved for a reference, as "payment 1000 EUR"; one line each.
    std::string Moved(const std::string& reference);

    int port() const { return port_; }
    int milliseconds = 5'000;  // until an answer is given up

 private:
    int port_;
    std::string api_key_;
    int keys_ = 0;
    http::Client client_;
};

// "/pay/…" of "http://127.0.0.1:1/pay/…".
std::string PathOf(const std::string& url);
// A payment's body; what `more` has is put over it.
Json PaymentBody(const std::string& reference, std::int64_t amount, const Json& more);

}  // namespace livery::sandbox::testing
