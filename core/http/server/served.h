#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "http/server/server.h"
#include "http/testing/raw_client.h"

namespace livery::http::testing {

inline constexpr std::string_view kClose = "Host: a\r\nConnection: close\r\n\r\n";

inline std::string Get(std::string_view target) {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n";
}

// A server with one handler and what it reported.
class Served {
 public:
    explicit Served(Handler handler, ServerConfig config = {}) {
        config.workers = 2;
        server_.emplace(config, std::move(handler), [this](const std::string& text) {
            const std::lock_guard lock(mutex_);
            reported_ += text + "\n";
        });
    }
    Server& operator*() { return *server_; }
    Server* operator->() { return &*server_; }
    std::string reported() {
        const std::lock_guard lock(mutex_);
        return reported_;
    }
    std::string Ask(std::string_view request) { return Exchange(server_->port(), request); }

 private:
    std::mutex mutex_;  // guards reported_
    std::string reported_;
    std::optional<Server> server_;
};

inline Response Echo(Request&& request) { return PlainText(200, request.path); }

}  // namespace livery::http::testing
