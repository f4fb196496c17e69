#include "sandbox/server/server.h"

#include <cerrno>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/exchange.h"
#include "http/message_reader.h"
#include "http/response_bytes.h"
#include "sandbox/server/faulty_answer.h"

namespace livery::sandbox {

namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;
constexpr int kTick = 50;  // ms; how soon the end is noticed

}  // namespace

Server::Door Server::Open(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(socket, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(socket, 64) != 0 ||
        ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        const int failed = errno;
        ::close(socket);
        throw std::system_error(failed, std::generic_category(),
                                "127.0.0.1:" + std::to_string(port));
    }
    return {socket, ntohs(address.sin_port)};
}

namespace {

bool Readable(int socket) {
    pollfd wait{socket, POLLIN, 0};
    return ::poll(&wait, 1, kTick) > 0;
}

}  // namespace

Server::Server(Door door, Handler handler)
    : handler_(std::move(handler)), decoder_({}), port_(door.port), listener_(door.socket) {
    thread_ = std::thread([this] { Listen(); });
}

Server::~Server() {
    stopping_ = true;
    thread_.join();
    Sweep(true);
}

// Nobody listens while connections are to be refused: then the kernel refuses them.
void Server::Listen() {
    while (!stopping_) {
        const bool refuse = Refusing();
        if (refuse && listener_ >= 0) ::close(listener_.exchange(-1));
        if (!refuse && listener_ < 0) listener_ = Open(port_).socket;
        if (refuse) {
            std::this_thread::sleep_for(milliseconds(kTick));
        } else if (Readable(listener_)) {
            Accept();
        }
    }
    if (listener_ >= 0) ::close(listener_.exchange(-1));
}

void Server::Accept() {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    if (Refusing()) {
        Reset(socket);
        ::close(socket);
        return;
    }
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    Sweep(false);
    const std::lock_guard lock(mutex_);
    Connection& connection = connections_.emplace_back();
    connection.socket = socket;
    connection.thread = std::thread([this, &connection] {
        Serve(connection.socket);
        const std::lock_guard done(mutex_);
        ::close(connection.socket);
        connection.done = true;
    });
}

// Those that ended are joined; with `all` the others are waited for.
void Server::Sweep(bool all) {
    std::list<Connection> ended;
    {
        const std::lock_guard lock(mutex_);
        for (auto at = connections_.begin(); at != connections_.end();) {
            const auto next = std::next(at);
            if (!at->done && all) ::shutdown(at->socket, SHUT_RDWR);
            if (at->done || all) ended.splice(ended.end(), connections_, at);
            at = next;
        }
    }
    for (Connection& connection : ended) connection.thread.join();
}

void Server::Serve(int socket) {
    http::MessageReader reader{http::Limits{}};
    char bytes[16'384];
    while (!stopping_) {
        if (Refusing()) return Reset(socket);
        auto message = reader.Next();
        if (!message) return;
        if (*message) {
            if (!AnswerOne(socket, std::move(**message))) return;
            continue;
        }
        if (!Readable(socket)) continue;
        const ssize_t got = ::recv(socket, bytes, sizeof bytes, 0);
        if (got <= 0) return;
        reader.Feed({bytes, static_cast<std::size_t>(got)});
    }
}

bool Server::AnswerOne(int socket, http::RawMessage&& message) {
    const bool keep_alive = message.keep_alive;
    auto request = decoder_.Decode(std::move(message), "127.0.0.1", http::FreshRequestId());
    Reply reply;
    try {
        reply = request ? handler_(*request)
                        : Reply{ErrorResponse({request.error().status, "bad_request",
                                               "This is no request that is understood here."})};
    } catch (const std::exception&) {
        reply = {ErrorResponse({500, "internal", "Something went wrong."})};
    }
    const Method method = request ? request->method : Method::kGet;
    const std::string bytes = http::ResponseBytes(reply.response, {method, keep_alive, ""});
    const auto wait = [this](int time) {
        for (const auto end = Steady::now() + milliseconds(time); Steady::now() < end;) {
            if (stopping_) return false;
            std::this_thread::sleep_for(milliseconds(std::min(kTick, std::max(time, 1))));
        }
        return true;
    };
    if (reply.fault && reply.fault->fault == "refuse") {
        Refuse(milliseconds(reply.fault->milliseconds));
        Reset(socket);
        return false;
    }
    return WriteAnswer({socket, wait}, bytes, reply.fault ? &*reply.fault : nullptr) && keep_alive;
}

bool Server::Refusing() const { return Steady::now().time_since_epoch().count() < refuse_until_; }

void Server::Refuse(milliseconds time) {
    refuse_until_ = (Steady::now() + time).time_since_epoch().count();
}

}  // namespace livery::sandbox
