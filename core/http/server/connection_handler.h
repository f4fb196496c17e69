#pragma once

#include <atomic>
#include <memory>

#include <pistache/http.h>

#include "http/exchange.h"
#include "http/limits.h"
#include "http/server/flight_counter.h"
#include "http/server/server.h"
#include "http/server/waiting_room.h"

namespace livery::http {

// What all workers share.
struct Service {
    Service(Exchange&& wired, const ServerConfig& config);

    Exchange exchange;
    Limits limits;
    BodyLimit body_limit;
    Waits waits;
    std::atomic<bool> draining{false};
    std::shared_ptr<FlightCounter> flights = std::make_shared<FlightCounter>();
    WaitingRoom waiting_room;  // last: its threads use what is above
};

// Pistache's door to our own message reader. Pistache hands every chunk of bytes of a connection
// to onInput, always on the worker that owns the connection; its own parser is never fed, and
// serves only as the clock of the idle check (its time is when we last reset it).
// Pistache clones the handler once per worker.
class ConnectionHandler final : public Pistache::Http::Handler {
    HTTP_PROTOTYPE(ConnectionHandler)

 public:
    explicit ConnectionHandler(std::shared_ptr<Service> service) : service_(std::move(service)) {}

    // Never called: only Pistache's parser would.
    void onRequest(const Pistache::Http::Request&, Pistache::Http::ResponseWriter) override {}

 private:
    using Peer = std::shared_ptr<Pistache::Tcp::Peer>;
    struct Connection;

    void onInput(const char* bytes, std::size_t size, const Peer& peer) override;
    void Serve(Connection& connection, std::string_view bytes, const Peer& peer);
    void Take(Connection& connection, RawMessage&& message, const Peer& peer);
    void LetWait(Connection& connection, Open&& open, const Peer& peer);
    void Send(Connection& connection, Answer answer, const Peer& peer);

    std::shared_ptr<Service> service_;
};

}  // namespace livery::http
