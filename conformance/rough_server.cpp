#include "conformance/rough_server.h"

#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace livery::conformance {

RoughServer::RoughServer(Serve serve) : serve_(std::move(serve)) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    if (socket_ < 0 || ::bind(socket_, plain, size) != 0 || ::listen(socket_, 8) != 0 ||
        ::getsockname(socket_, plain, &size) != 0)
        throw std::runtime_error("no server can listen on 127.0.0.1");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Accept(); });
}

RoughServer::~RoughServer() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
}

void RoughServer::Accept() {
    for (;;) {
        const int connection = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) return;
        serve_(connection);
        ::close(connection);
    }
}

bool RoughServer::Write(int connection, const std::string& bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        const auto written = ::send(connection, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
        if (written <= 0) return false;
        at += static_cast<std::size_t>(written);
    }
    return true;
}

std::string RoughServer::Read(int connection) {
    std::string bytes(std::size_t{60} << 10, '\0');
    const auto got = ::recv(connection, bytes.data(), bytes.size(), 0);
    bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return bytes;
}

}  // namespace livery::conformance
