#include "conformance/ear.h"

#include <chrono>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "http/syntax.h"

namespace livery::conformance {

using std::chrono::milliseconds;

Ear::Ear()
    : server_(sandbox::Server::Open(0), [this](const Request& request) { return Hear(request); }) {}

std::string Ear::url() const {
    return fmt::format("http://127.0.0.1:{}/hooks/cards", server_.port());
}

void Ear::Acknowledge(int status, const std::string& body) {
    const std::lock_guard lock(mutex_);
    status_ = status;
    body_ = body;
}

sandbox::Reply Ear::Hear(const Request& request) {
    Delivered delivered;
    for (const auto& [name, value] : request.headers)
        delivered.headers[http::LowerAscii(name)] = value;
    delivered.body = request.body;
    const std::lock_guard lock(mutex_);
    heard_.push_back(std::move(delivered));
    return sandbox::Reply{PlainText(status_, body_)};
}

std::vector<Delivered> Ear::Take(std::size_t count) {
    const auto end = std::chrono::steady_clock::now() + milliseconds(3'000);
    for (;;) {
        {
            const std::lock_guard lock(mutex_);
            if (heard_.size() >= count || std::chrono::steady_clock::now() > end)
                return std::exchange(heard_, {});
        }
        std::this_thread::sleep_for(milliseconds(5));
    }
}

}  // namespace livery::conformance
