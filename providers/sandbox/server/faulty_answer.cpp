#include "sandbox/server/faulty_answer.h"

#include <sys/socket.h>
#include <unistd.h>

namespace livery::sandbox {

namespace {

bool Write(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Drip(const Wire& wire, const std::string& bytes, int milliseconds) {
    constexpr int kPause = 100;
    int passed = 0;
    for (const char byte : bytes) {
        if (!Write(wire.socket, {&byte, 1})) return false;
        if (passed < milliseconds && !wire.wait(kPause)) return false;
        passed += kPause;
    }
    return true;
}

std::string WithBody(int status, const std::string& type, const std::string& body) {
    return "HTTP/1.1 " + std::to_string(status) + " OK\r\nContent-Type: " + type +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string Oversized() {
    return WithBody(200, "application/json",
                    "{\"padding\":\"" + std::string(std::size_t{20} << 20, 'x') + "\"}");
}

}  // namespace

void Reset(int socket) {
    const linger at_once{1, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

bool WriteAnswer(const Wire& wire, const std::string& bytes, const Fault* fault) {
    if (fault == nullptr) return Write(wire.socket, bytes);
    const std::string& name = fault->fault;
    if (name.starts_with("reset_")) {
        Reset(wire.socket);
        return false;
    }
    if (name.starts_with("hang_")) {
        wire.wait(fault->milliseconds);
        return false;
    }
    if (name == "slow_drip") return Drip(wire, bytes, fault->milliseconds);
    if (name == "duplicate") return Write(wire.socket, bytes + bytes);
    if (name == "truncated") {
        Write(wire.socket, std::string_view(bytes).substr(0, bytes.size() - 8));
        return false;
    }
    if (name == "empty") return Write(wire.socket, WithBody(200, "application/json", ""));
    if (name == "wrong_type")
        return Write(wire.socket, WithBody(200, "text/html", "<html><h1>It works!</h1></html>"));
    if (name == "oversized") return Write(wire.socket, Oversized());
    return Write(wire.socket, bytes);
}

}  // namespace livery::sandbox
