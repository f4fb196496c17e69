#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace livery::http {

// Requests that leave this house: to the providers behind gateways. The only door to libcurl's HTTP. No
// redirect is followed, no cookie kept, no proxy of the environment used.
struct OutgoingRequest {
    std::string method;  // GET, POST, PUT, DELETE
    std::string url;     // https; http only where Client::Options says so
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::chrono::milliseconds time_limit{20'000};  // of all of it
};

struct IncomingAnswer {
    int status = 0;
    std::map<std::string, std::string> headers;  // names in lower case; of several the last
    std::string body;
};

// Nothing of the request left: no such host, nobody listens, no trust in the certificate, no time.
struct NotSent {
    std::string why;
};
// It left, wholly or in part, and no whole answer came.
struct NoAnswer {
    std::string why;
};
using Exchanged = std::variant<IncomingAnswer, NotSent, NoAnswer>;

// Keeps connections open between requests. Thread: any.
class Client {
 public:
    struct Options {
        std::string ca_file;               // empty: the system's
        bool allow_loopback = false;       // and plain http to it: for doubles of providers
        std::size_t most_bytes = 1 << 20;  // of an answer; one that is longer is no answer
        std::chrono::milliseconds connect_limit{5'000};
    };
    explicit Client(Options options);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // `before_send` is called when the connection stands and the first byte is about to leave.
    Exchanged Send(const OutgoingRequest& request, const std::function<void()>& before_send);

 private:
    struct Pool;
    Options options_;
    std::unique_ptr<Pool> pool_;
};

}  // namespace livery::http
