#include "http/server/connection_handler.h"

#include <exception>

#include <pistache/peer.h>
#include <pistache/transport.h>
#include <sys/socket.h>

#include "http/message_reader.h"
#include "http/page_thread.h"
#include "http/server/own_line.h"

namespace livery::http {

namespace {

constexpr const char* kConnectionKey = "livery.connection";

// Starts the clock of the idle check again.
void Touch(const std::shared_ptr<Pistache::Tcp::Peer>& peer) {
    Pistache::Http::Handler::getParser(peer)->reset();
}

void Write(const std::shared_ptr<Pistache::Tcp::Peer>& peer, std::string bytes,
           std::function<void()> written) {
    const std::size_t size = bytes.size();
    // MSG_NOSIGNAL: a client that went away is no reason to die of SIGPIPE.
    peer->send(Pistache::RawBuffer(std::move(bytes), size), MSG_NOSIGNAL)
        .then([written = std::move(written)](ssize_t) { written(); },
              [](std::exception_ptr) {});  // NOLINT(performance-unnecessary-value-param)
}

}  // namespace

Service::Service(Exchange&& wired, const ServerConfig& config)
    : exchange(std::move(wired)),
      limits(config.limits),
      body_limit(config.body_limit),
      waits(config.waits),
      waiting_room(config.waiting_threads) {}

struct ConnectionHandler::Connection {
    explicit Connection(const Service& service) : reader(service.limits, &service.body_limit) {}
    MessageReader reader;
    bool closing = false;  // what still comes in is thrown away
    // Answers that are not wholly on the socket; outlives the connection. Thread: its worker.
    std::shared_ptr<int> unwritten = std::make_shared<int>(0);
};

void ConnectionHandler::onInput(const char* bytes, std::size_t size, const Peer& peer) {
    auto connection = std::static_pointer_cast<Connection>(peer->tryGetData(kConnectionKey));
    if (!connection) {
        connection = std::make_shared<Connection>(*service_);
        peer->putData(kConnectionKey, connection);
    }
    if (connection->closing) return;
    try {
        Serve(*connection, {bytes, size}, peer);
    } catch (...) {
        // Out of memory, or Pistache lost the connection: give up this connection, not the process.
        connection->closing = true;
        ::shutdown(peer->fd(), SHUT_RDWR);
    }
}

void ConnectionHandler::Serve(Connection& connection, std::string_view bytes, const Peer& peer) {
    MessageReader& reader = connection.reader;
    // The clock starts with the first byte of a request and again with its body, never with the
    // bytes between: a client that drips is cut.
    if (!reader.InMessage()) Touch(peer);
    const bool was_in_body = reader.InBody();
    reader.Feed(bytes);
    while (!connection.closing) {
        const auto flight = service_->flights->Begin();
        auto message = reader.Next();
        if (!message) {
            Send(connection, service_->exchange.Refuse(message.error(), reader.Target()), peer);
            return;
        }
        if (!*message) break;
        Take(connection, std::move(**message), peer);
    }
    if (reader.TakeContinue()) Write(peer, "HTTP/1.1 100 Continue\r\n\r\n", [] {});
    if (!was_in_body && reader.InBody()) Touch(peer);
    // An idle connection is closed silently after the keep-alive time, a busy one gets a 408.
    peer->setIdle(!reader.InMessage());
}

void ConnectionHandler::Take(Connection& connection, RawMessage&& message, const Peer& peer) {
    const Exchange& exchange = service_->exchange;
    auto begun = exchange.Begin(std::move(message), peer->address().host());
    if (auto* const refused = std::get_if<Answer>(&begun)) {
        Send(connection, std::move(*refused), peer);
        return;
    }
    Open open = std::move(std::get<Open>(begun));
    // While an answer is being written no other thread may write behind it.
    const bool writes = *connection.unwritten > 0;
    if (!writes && service_->waits && service_->waits(open.request)) {
        LetWait(connection, std::move(open), peer);
    } else {
        const PageThread here;
        Send(connection, exchange.Finish(std::move(open), service_->draining), peer);
    }
}

// The connection is given up here: nothing more is read from it, and the thread that answers writes
// to a descriptor of its own. Pistache would find the connection by the number of its descriptor,
// which is a stranger's once the client has gone.
void ConnectionHandler::LetWait(Connection& connection, Open&& open, const Peer& peer) {
    WaitingRoom::Place place = service_->waiting_room.Reserve();
    if (!place) {
        Send(connection, service_->exchange.TurnAway(open), peer);
        return;
    }
    connection.closing = true;
    open.keep_alive = false;
    Touch(peer);
    auto line = std::make_shared<OwnLine>(peer->fd());
    auto waiting = std::make_shared<Open>(std::move(open));
    const auto flight = service_->flights->Begin();
    service_->waiting_room.Enter(
        std::move(place), [service = service_.get(), line, waiting, flight] {
            line->SendLast(service->exchange.Finish(std::move(*waiting), service->draining).bytes);
        });
}

void ConnectionHandler::Send(Connection& connection, Answer answer, const Peer& peer) {
    connection.closing = !answer.keep_alive;
    Touch(peer);
    peer->setIdle(true);
    const auto flight = service_->flights->Begin();
    const std::weak_ptr<Pistache::Tcp::Peer> weak = peer;
    ++*connection.unwritten;
    // Half a close: the client reads the answer to its end, and what it still sends is read and
    // thrown away, so that no reset destroys the answer on its way.
    Write(peer, std::move(answer.bytes),
          [flight, weak, close = connection.closing, unwritten = connection.unwritten] {
              --*unwritten;
              const auto alive = weak.lock();
              if (close && alive) ::shutdown(alive->fd(), SHUT_WR);
          });
}

}  // namespace livery::http
