#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>

#include "http/request_decoder.h"
#include "sandbox/api/api.h"

namespace livery::sandbox {

// HTTP/1.1 on loopback, a thread for each connection. Its own sockets, because the house's server
// never resets a connection, drips, or cuts an answer short, and those are the faults that a
// gateway must be tested against; requests are read by the house's strict reader all the same.
// Thread: any.
class Server {
 public:
    using Handler = std::function<Reply(const Request&)>;
    struct Door {
        int socket = -1;
        int port = 0;
    };
    // Takes the port, 0 any; nobody is answered before there is a server. Throws std::system_error.
    static Door Open(int port);
    Server(Door door, Handler handler);
    ~Server();  // cuts every connection
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    int port() const { return port_; }

 private:
    struct Connection {
        int socket = -1;
        bool done = false;
        std::thread thread;
    };
    void Listen();
    void Accept();
    void Serve(int socket);
    bool AnswerOne(int socket, http::RawMessage&& message);
    void Refuse(std::chrono::milliseconds time);
    bool Refusing() const;
    void Sweep(bool all);

    Handler handler_;
    http::RequestDecoder decoder_;
    int port_;
    std::atomic<int> listener_{-1};
    std::atomic<bool> stopping_{false};
    std::atomic<std::chrono::steady_clock::rep> refuse_until_{0};
    std::mutex mutex_;  // guards connections_
    std::list<Connection> connections_;
    std::thread thread_;
};

}  // namespace livery::sandbox
