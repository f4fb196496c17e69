#include "http/testing/raw_client.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <system_error>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace livery::http::testing {

namespace {

constexpr std::chrono::milliseconds kPatience{20'000};

[[noreturn]] void Throw(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

std::size_t LengthOf(std::string_view head) {
    constexpr std::string_view kName = "Content-Length: ";
    const std::size_t at = head.find(kName);
    if (at == std::string_view::npos) return 0;
    return std::strtoul(head.data() + at + kName.size(), nullptr, 10);
}

}  // namespace

RawClient::RawClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        const int error = errno;
        ::close(socket_);
        errno = error;
        Throw("connect");
    }
}

RawClient::~RawClient() { ::close(socket_); }

void RawClient::Send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0) return;  // the server has closed: what it said is still to be read
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void RawClient::ShrinkReceiveBuffer() {
    const int size = 4096;
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}

bool RawClient::Receive(std::chrono::milliseconds limit) {
    if (closed_) return false;
    pollfd ready{socket_, POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(limit.count())) <= 0) return false;
    std::array<char, 65536> buffer{};
    const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), 0);
    closed_ = size <= 0;
    if (size > 0) received_.append(buffer.data(), static_cast<std::size_t>(size));
    return !closed_;
}

std::string RawClient::ReadResponse(bool to_head) {
    std::size_t whole = std::string::npos;
    for (;;) {
        const std::size_t end = received_.find("\r\n\r\n");
        if (end != std::string::npos) {
            whole = end + 4 + (to_head ? 0 : LengthOf(received_.substr(0, end + 2)));
        }
        if (received_.size() >= whole || !Receive(kPatience)) break;
    }
    std::string response = received_.substr(0, whole);
    received_.erase(0, response.size());
    return response;
}

std::string RawClient::ReadToEnd() {
    while (Receive(kPatience)) {
    }
    return std::exchange(received_, {});
}

bool RawClient::ClosedWithin(std::chrono::milliseconds limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!closed_ && std::chrono::steady_clock::now() < deadline) {
        Receive(std::chrono::milliseconds(20));
    }
    return closed_;
}

bool IsCutWhileDripping(RawClient& client, std::chrono::milliseconds limit) {
    std::atomic<bool> stop{false};
    std::thread drip([&] {
        client.Send("GET / HTTP/1.1\r\n");
        while (!stop) {
            client.Send("X: y\r\n");
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    });
    const bool cut = client.ClosedWithin(limit);
    stop = true;
    drip.join();
    return cut;
}

std::string Exchange(int port, std::string_view request) {
    RawClient client(port);
    client.Send(request);
    return client.ReadToEnd();
}

int StatusOf(std::string_view response) {
    return response.starts_with("HTTP/1.1 ") ? std::atoi(std::string(response.substr(9, 3)).c_str())
                                             : 0;
}

std::string BodyOf(std::string_view response) {
    const std::size_t end = response.find("\r\n\r\n");
    return end == std::string_view::npos ? "" : std::string(response.substr(end + 4));
}

}  // namespace livery::http::testing
