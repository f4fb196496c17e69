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
        : api_(host.At(
              config.Text("base_url").empty() ? "https://api.odd.example" : config.Text("base_url"),
              gw::Bearer{config.Secret("key")})),
          host_(host),
          key_(config.Secret("key")) {
        if (config.Text("name") == "nobody") throw std::runtime_error("nobody is no merchant");
    }

    static gw::Descriptor Describe() {
        return gw::Descriptor("com.example.odd", "1.2.3", "Odd")
            .Config("key", gw::Key::Secret())
            .Config("name", gw::Key::Text().Optional())
            .Config("base_url", gw::Key::Url({"api.odd.example", "localhost"}).Optional())
            .Config("hook", gw::Key::Secret().Optional())
            .Config("retries", gw::Key::Flag().Optional())
            .Config("region", gw::Key::Choice({"eu", "us"}).Optional())
            .Methods({"card"})
            .Currencies({"EUR"})
            .Amounts("EUR", 1, 100'000'000)
            .CanDo({gw::Can::kRedirect})
            .Webhook(OddWebhook());
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
        if (what == "number") throw std::runtime_error("the card is 4242 4242 4242 4242");
        if (what == "halfway") return gw::PaymentResult::Captured("", order.amount);
        if (what == "elsewhere") host_.At("https://else.example").Post("/", "", {});
        if (what == "break-header") api_.Header("X-A", "b\r\nX-C: d").Post("/", "", {});
        if (what == "other-secret")
            host_.At("https://api.odd.example", gw::Bearer{"else"}).Post("/", "", {});
        if (what == "sign") return gw::PaymentResult::Pending(host_.Hmac(key_, "text"));
        if (what == "now") return gw::PaymentResult::Pending(std::to_string(host_.Now()));
        if (what == "remember-id") host_.Remember("a", api_.Get("/ask").Text("id"));
        if (what == "remember-secret") {
            host_.Hmac(key_, "text");
            host_.Remember("a", "it is s3cret-value");
        }
        if (what == "remember") host_.Remember("a", "kept");
        if (what == "recall") return gw::PaymentResult::Pending(host_.Recall("a"));
        if (what == "remember-much") host_.Remember("a", std::string(5000, 'x'));
        if (what == "form") {
            gw::Http form = api_;
            form.As(gw::Encoding::kForm);
            form.Post("/pay", order.idempotency_key, {{"a", {{"b", "c d"}}}, {"e", {1, 2}}});
        }
        if (what == "ask") return gw::PaymentResult::Pending(api_.Get("/ask").Text("id"));
        if (what == "send" || what == "send-and-crash" || what == "send-and-throw") {
            const gw::Response answer = api_.Post("/pay", order.idempotency_key, {{"a", 1}});
            if (what == "send-and-crash") std::abort();
            if (what == "send-and-throw") throw std::runtime_error("as told");
            if (!answer.Ok()) return gw::PaymentResult::Failed(gw::ByStatus(answer));
            return gw::PaymentResult::Pending(answer.Text("id"));
        }
        return gw::PaymentResult::Captured("odd-" + what, order.amount);
    }
    gw::PaymentResult LookupPayment(const gw::PaymentQuery&) override {
        return gw::PaymentResult::NotFound();
    }

    std::vector<gw::Event> ParseEvents(const gw::VerifiedWebhook& hook) override {
        gw::Event event;
        event.id = gw::TextAt(hook.Parsed(), "id");
        event.about = gw::Event::About::kPayment;
        event.provider_id = gw::TextAt(hook.Parsed(), "about");
        return {event};
    }

 private:
    static gw::HmacWebhook OddWebhook() {
        gw::HmacWebhook hook;
        hook.header = "X-Odd-Signature";
        hook.secret = "hook";
        hook.signs = "{time}.{body}";
        hook.form = "t={time},v1={mac}";
        hook.accepted = 202;
        hook.accepted_body = "[accepted]";
        return hook;
    }
    static void Loop() {
        volatile long turns = 0;
        while (turns >= 0) turns = turns == 0 ? 1 : 0;
    }

    gw::Http api_;
    gw::Host host_;
    std::string key_;
    std::vector<std::string> keep_;
};

}  // namespace

LIVERY_GATEWAY(OddGateway)
