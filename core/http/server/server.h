#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "http/exchange.h"
#include "http/limits.h"

namespace livery::http {

struct ServerConfig {
    std::string address = "127.0.0.1";  // loopback only (127.0.0.0/8, [::1])
    int port = 0;                       // 0: any free one
    int workers = 16;
    Waits waits = nullptr;  // null: no request does
    int waiting_threads = 16;
    Limits limits;
    BodyLimit body_limit = nullptr;                        // null: `limits` says it for all
    std::chrono::milliseconds request_timeout{15'000};     // for the head, and again for the body
    std::chrono::milliseconds keep_alive_timeout{75'000};  // longer than the front keeps its own
    RefusalPage refusal_page = PlainRefusalPage;
    std::string front_token;  // the secret the front sends; empty: nobody is the front
};

// The HTTP/1.1 server behind the front: Pistache's sockets and workers with our own reading and
// writing of messages, because Pistache's parser loses duplicate headers, pipelined requests and
// whole connections (each has a test by name in server_test.cpp). Plain HTTP, loopback only.
// The handler is called on worker threads, one request of a connection at a time, and the reply is
// written by the thread that asked. Pistache ties a connection to one worker for life, so whatever
// waits there makes strangers wait: requests of which `waits` is true get threads of their own, and
// their answer closes its connection.
// Thread: construct, Drain and destroy from one; the readers from any.
class Server {
 public:
    // Listens and serves. Throws std::invalid_argument when the address is not loopback,
    // std::runtime_error when it cannot be bound.
    Server(const ServerConfig& config, Handler handler, Report report);
    ~Server();  // Drain(0) when it was not drained

    int port() const;
    // Requests that were read and whose answer is not yet wholly written to the socket.
    int in_flight() const;
    // True from the start of Drain: time for the readiness page to say 503.
    bool draining() const;
    // From now on every answer closes its connection. Waits until nothing is in flight (at most
    // `limit`), then stops the workers and closes the port. False when answers were cut; a handler
    // that runs by then is waited for all the same.
    // Idempotent. Idle connections stay open, unanswered, until the process ends: Pistache cannot
    // close them.
    bool Drain(std::chrono::milliseconds limit);

 private:
    struct Engine;
    std::unique_ptr<Engine> engine_;
};

}  // namespace livery::http
