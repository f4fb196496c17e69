#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace livery::http::testing {

// A TCP connection for tests that sends exactly the bytes it is given. Every wait is bounded.
class RawClient {
 public:
    explicit RawClient(int port);  // 127.0.0.1; throws std::system_error
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    void Send(std::string_view bytes);
    // Makes the kernel keep few unread bytes, so that a server's write blocks soon.
    void ShrinkReceiveBuffer();
    // The next whole response (by Content-Length; bodiless for `to_head`); what came until the end
    // of the connection when it is cut short.
    std::string ReadResponse(bool to_head = false);
    // Everything until the server closes.
    std::string ReadToEnd();
    // True when the server closes within `limit`; what comes before is thrown away.
    bool ClosedWithin(std::chrono::milliseconds limit);

 private:
    bool Receive(std::chrono::milliseconds limit);  // false: closed or nothing came

    int socket_ = -1;
    bool closed_ = false;
    std::string received_;
};

// Writes an endless head, a line every 50 ms, until `client` is cut off; true when that happens
// within `limit`.
bool IsCutWhileDripping(RawClient& client, std::chrono::milliseconds limit);
// A request on a connection of its own ("Connection: close" must be among the headers).
std::string Exchange(int port, std::string_view request);
int StatusOf(std::string_view response);  // 0: none
std::string BodyOf(std::string_view response);

}  // namespace livery::http::testing
