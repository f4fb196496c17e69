// The ceiling of the bench: the HTTP library alone, one answer, nothing of ours. bare_pistache PORT
#include <cstdlib>

#include <pistache/endpoint.h>

namespace {

class Bare final : public Pistache::Http::Handler {
 public:
    HTTP_PROTOTYPE(Bare)
    void onRequest(const Pistache::Http::Request&, Pistache::Http::ResponseWriter answer) override {
        answer.send(Pistache::Http::Code::Ok, "ok\n");
    }
};

}  // namespace

int main(int argc, char** argv) {
    constexpr int kWorkers = 16;  // as many as the host has
    const auto port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 18095);
    Pistache::Http::Endpoint endpoint(
        Pistache::Address(Pistache::Ipv4::loopback(), Pistache::Port(port)));
    endpoint.init(Pistache::Http::Endpoint::options().threads(kWorkers).flags(
        Pistache::Tcp::Options::ReuseAddr));
    endpoint.setHandler(Pistache::Http::make_handler<Bare>());
    endpoint.serve();
}
