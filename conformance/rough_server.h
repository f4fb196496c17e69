#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace livery::conformance {

// Answers on 127.0.0.1 as no server should: what it sends is bytes, and when it sends them is its
// own affair. One connection at a time.
class RoughServer {
 public:
    // Gets each connection, on the server's thread; it is closed afterwards.
    using Serve = std::function<void(int connection)>;
    // Throws std::runtime_error when it cannot listen.
    explicit RoughServer(Serve serve);
    ~RoughServer();
    RoughServer(const RoughServer&) = delete;
    RoughServer& operator=(const RoughServer&) = delete;

    int port() const { return port_; }

    // False once nobody listens at the other end.
    static bool Write(int connection, const std::string& bytes);
    // What came first, up to some 60 KB of it.
    static std::string Read(int connection);

 private:
    void Accept();

    Serve serve_;
    int socket_ = -1;
    int port_ = 0;
    std::thread thread_;
};

}  // namespace livery::conformance
