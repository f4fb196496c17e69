#include "gateways/testing/provider_double.h"

#include <algorithm>
#include <cctype>
#include <sstream>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace livery::gateways::testing {

namespace {

int Bound(int& port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(socket, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("no port is free");
    port = ntohs(address.sin_port);
    return socket;
}

// True when there is something to read before the other end, or we, stop.
bool Readable(int socket, const std::atomic<bool>& stopping) {
    while (!stopping) {
        pollfd waited{socket, POLLIN, 0};
        if (::poll(&waited, 1, 20) > 0) return true;
    }
    return false;
}

ProviderDouble::Heard HeadOf(const std::string& text) {
    ProviderDouble::Heard heard;
    std::istringstream lines(text);
    std::string line;
    std::getline(lines, line);
    std::istringstream(line) >> heard.method >> heard.target;
    while (std::getline(lines, line) && line != "\r") {
        const auto colon = line.find(':');
        if (colon == std::string::npos) break;
        std::string name = line.substr(0, colon);
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        heard.headers[name] = line.substr(colon + 2, line.size() - colon - 3);
    }
    return heard;
}

void Reset(int connection) {
    const linger now{1, 0};
    ::setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

}  // namespace

int FreePort() {
    int port = 0;
    ::close(Bound(port));
    return port;
}

ProviderDouble::ProviderDouble() : listener_(Bound(port_)) {
    ::listen(listener_, 16);
    Say(Json("{}"));
    accepting_ = std::thread([this] { Accept(); });
}

ProviderDouble::~ProviderDouble() {
    stopping_ = true;
    accepting_.join();
    for (std::thread& thread : threads_) thread.join();
    ::close(listener_);
}

std::string ProviderDouble::url() const { return "http://127.0.0.1:" + std::to_string(port_); }

void ProviderDouble::Say(Script script) {
    const std::lock_guard lock(mutex_);
    script_ = std::move(script);
}

std::vector<ProviderDouble::Heard> ProviderDouble::heard() {
    const std::lock_guard lock(mutex_);
    return heard_;
}

ProviderDouble::Answer ProviderDouble::Json(const std::string& body, const std::string& status) {
    return {"HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n\r\n" + body};
}

void ProviderDouble::Accept() {
    while (Readable(listener_, stopping_)) {
        const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) continue;
        const std::lock_guard lock(mutex_);
        threads_.emplace_back([this, connection] { Serve(connection); });
    }
}

void ProviderDouble::Serve(int connection) {
    std::string bytes;
    while (Readable(connection, stopping_)) {
        char buffer[4096];
        const ssize_t got = ::recv(connection, buffer, sizeof buffer, 0);
        if (got <= 0) break;
        bytes.append(buffer, static_cast<std::size_t>(got));
        const auto end = bytes.find("\r\n\r\n");
        if (end == std::string::npos) continue;
        Heard heard = HeadOf(bytes);
        const std::string& length = heard.headers["content-length"];
        const std::size_t size = length.empty() ? 0 : std::stoul(length);
        if (bytes.size() < end + 4 + size) continue;
        heard.body = bytes.substr(end + 4, size);
        bytes.erase(0, end + 4 + size);
        Script script;
        {
            const std::lock_guard lock(mutex_);
            heard_.push_back(heard);
            script = script_;
        }
        if (!Speak(connection, script(heard))) break;
    }
    ::close(connection);
}

bool ProviderDouble::Speak(int connection, const Answer& answer) {
    if (answer.per_byte.count() == 0) {
        ::send(connection, answer.bytes.data(), answer.bytes.size(), MSG_NOSIGNAL);
    } else {
        for (const char byte : answer.bytes) {
            if (stopping_ || ::send(connection, &byte, 1, MSG_NOSIGNAL) != 1) return false;
            std::this_thread::sleep_for(answer.per_byte);
        }
    }
    if (answer.end == Answer::End::kReset) Reset(connection);
    if (answer.end == Answer::End::kHang)
        while (!stopping_) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return answer.end == Answer::End::kKeep;
}

}  // namespace livery::gateways::testing
