// A gateway that does as it is told in the reference: every way in which one can go wrong.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <sys/socket.h>
#include <unistd.h>

#include <livery/gateway/gateway.hpp>

namespace {

namespace gw = livery::gw;

class OddGateway final : public gw::Gateway {
 public:
    OddGateway(const gw::Config& config, const gw::Host& host)
        : api_(host.At("https://api.odd.example", gw::Bearer{config.Secret("key")})), host_(host) {
        if (config.Text("name") == "nobody") throw std::runtime_error("nobody is no merchant");
    }

    static gw::Descriptor Describe() {
        return gw::Descriptor("com.example.odd", "1.2.3", "Odd")
            .Config("key", gw::Key::Secret())
            .Config("name", gw::Key::Text().Optional())
            .Methods({"card"})
            .Currencies({"EUR"})
            .CanDo({gw::Can::kRedirect});
    }

    gw::PaymentResult StartPayment(const gw::PaymentOrder& order) override {
        const std::string& what = order.reference;
        if (what == "throw") throw std::runtime_error("as told");
        if (what == "throw-int") throw 7;
        if (what == "crash") std::abort();
        if (what == "segv") *static_cast<volatile int*>(nullptr) = 1;
        if (what == "loop") Loop();
        if (what == "memory")
            for (;;) keep_.emplace_back(1 << 20, 'x');
        if (what == "socket") ::socket(AF_INET, SOCK_STREAM, 0);
        if (what == "open") std::fopen("/etc/passwd", "r");
        if (what == "fork") ::fork();
        if (what == "exit") ::_exit(0);
        if (what == "huge") return gw::PaymentResult::Pending(std::string(9 << 20, 'x'));
        if (what == "not-utf8") return gw::PaymentResult::Pending("\xff\xfe");
        if (what == "env")
            return gw::PaymentResult::Pending(environ[0] == nullptr ? "none" : environ[0]);
        if (what == "log") host_.Log("hello");
        if (what == "send" || what == "send-and-crash") {
            const gw::Response answer = api_.Post("/pay", order.idempotency_key, {{"a", 1}});
            if (what == "send-and-crash") std::abort();
            return gw::PaymentResult::Pending(answer.Text("id"));
        }
        return gw::PaymentResult::Captured("odd-" + what, order.amount);
    }
    gw::PaymentResult LookupPayment(const gw::PaymentQuery&) override {
        return gw::PaymentResult::NotFound();
    }

 private:
    static void Loop() {
        volatile long turns = 0;
        while (turns >= 0) turns = turns == 0 ? 1 : 0;
    }

    gw::Http api_;
    gw::Host host_;
    std::vector<std::string> keep_;
};

}  // namespace

LIVERY_GATEWAY(OddGateway)
