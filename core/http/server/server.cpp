#include "http/server/server.h"

#include <memory>
#include <stdexcept>

#include <arpa/inet.h>
#include <pistache/endpoint.h>

#include "http/server/connection_handler.h"

namespace livery::http {

namespace {

bool IsLoopback(const std::string& address) {
    in_addr v4{};
    if (::inet_pton(AF_INET, address.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
    return address == "[::1]";
}

Pistache::Http::Endpoint::Options EndpointOptions(const ServerConfig& config) {
    using Pistache::Tcp::Options;
    return Pistache::Http::Endpoint::options()
        .threads(config.workers)
        .flags(Pistache::Flags<Options>(Options::ReuseAddr) | Options::NoDelay |
               Options::CloseOnExec)
        .headerTimeout(config.request_timeout)
        .bodyTimeout(config.request_timeout)
        .keepaliveTimeout(config.keep_alive_timeout);
}

}  // namespace

struct Server::Engine {
    Engine(const ServerConfig& config, Handler handler, Report report)
        : service(std::make_shared<Service>(
              Exchange({config.limits, config.front_token}, std::move(handler), std::move(report),
                       config.refusal_page),
              config)),
          endpoint(std::make_unique<Pistache::Http::Endpoint>(Pistache::Address(
              config.address, Pistache::Port(static_cast<uint16_t>(config.port))))) {
        endpoint->init(EndpointOptions(config));
        endpoint->setHandler(std::make_shared<ConnectionHandler>(service));
        endpoint->serveThreaded();
        port = endpoint->getPort();
    }

    std::shared_ptr<Service> service;
    std::unique_ptr<Pistache::Http::Endpoint> endpoint;  // null once drained
    int port = 0;
};

Server::Server(const ServerConfig& config, Handler handler, Report report) {
    if (!IsLoopback(config.address)) {
        throw std::invalid_argument("the HTTP server listens on loopback only, not on " +
                                    config.address);
    }
    engine_ = std::make_unique<Engine>(config, std::move(handler), std::move(report));
}

Server::~Server() { Drain(std::chrono::milliseconds(0)); }

int Server::port() const { return engine_->port; }
int Server::in_flight() const { return engine_->service->flights->count(); }
bool Server::draining() const { return engine_->service->draining; }

bool Server::Drain(std::chrono::milliseconds limit) {
    if (!engine_->endpoint) return true;
    engine_->service->draining = true;
    const bool finished = engine_->service->flights->WaitForNone(limit);
    engine_->endpoint->shutdown();
    engine_->endpoint.reset();
    engine_->service->waiting_room.Close();
    return finished;
}

}  // namespace livery::http
