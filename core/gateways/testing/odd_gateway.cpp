// A gateway that does as it is told in the reference: every way in which one can go wrong.
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include <sys/socket.h>
#include <sys/syscall.h>
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
        if (what == "loop") Loop(std::chrono::seconds(15));
        if (what == "compute") Compute();
        if (what == "hang") std::promise<void>().get_future().wait();
        if (what == "late") {
            Loop(std::chrono::milliseconds(800));
            api_.Post("/pay", order.idempotency_key, {{"a", 1}});
        }
        if (what == "memory")
            for (;;) keep_.emplace_back(1 << 20, 'x');
        if (what == "later") Loop(std::chrono::seconds(6));
        if (what == "measure") return gw::PaymentResult::Pending(MebibytesToBeHad());
        if (what == "socket") ::socket(AF_INET, SOCK_STREAM, 0);
        if (what == "open") std::fopen("/etc/passwd", "r");
        if (what == "fork") ::fork();
        if (what == "exec") ::execl("/bin/true", "true", nullptr);
        if (what == "thread") std::thread([] {}).join();
        if (what == "signal") ::syscall(SYS_tgkill, ::getppid(), ::getppid(), 0);
        if (what == "close-socket") ::close(0);
        if (what == "descriptors") return gw::PaymentResult::Pending(OpenDescriptors());
        if (what == "exit") ::_exit(0);
        if (what == "huge") return gw::PaymentResult::Pending(std::string(9 << 20, 'x'));
        if (what == "not-utf8") return gw::PaymentResult::Pending("\xff\xfe");
        if (what == "env")
            return gw::PaymentResult::Pending(environ[0] == nullptr ? "none" : environ[0]);
        if (what == "log") host_.Log("hello");
        if (what == "number") throw std::runtime_error("the card is 4242 4242 4242 4242");
        if (what == "long-fault") throw std::runtime_error(Long("\xC3\xA4"));
        if (what == "halfway") return gw::PaymentResult::Captured("", order.amount);
        if (what == "elsewhere") host_.At("https://else.example").Post("/", "", {});
        if (what == "deep") api_.Post("/pay", order.idempotency_key, Deep());
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
        if (what == "send" || what == "send-and-crash" || what == "send-and-throw" ||
            what == "send-and-hang") {
            const gw::Response answer = api_.Post("/pay", order.idempotency_key, {{"a", 1}});
            if (what == "send-and-crash") std::abort();
            if (what == "send-and-hang") std::promise<void>().get_future().wait();
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
    static gw::Json Deep() {
        gw::Json deep = 1;
        for (int level = 0; level < 100; ++level) deep = gw::Json::array({std::move(deep)});
        return deep;
    }
    static std::string MebibytesToBeHad() {
        std::vector<std::string> taken;
        try {
            while (taken.size() < 1'000) taken.emplace_back(1 << 20, 'x');
        } catch (const std::bad_alloc&) {
        }
        return std::to_string(taken.size());
    }
    // How many can be written to, of those that are not the helper's socket.
    static std::string OpenDescriptors() {
        int open = 0;
        for (int i = 1; i < 1'024; ++i) open += ::write(i, "x", 1) >= 0 || errno != EBADF ? 1 : 0;
        return std::to_string(open);
    }
    // Cut anywhere at an even number of bytes, it is no text any more.
    static std::string Long(const std::string& letter) {
        std::string text = "x";
        for (int i = 0; i < 1'000; ++i) text += letter;
        return text;
    }
    // Much longer than any call of it is waited for, but not so long that it is in other tests'
    // way.
    static void Loop(std::chrono::milliseconds time) {
        const auto end = std::chrono::steady_clock::now() + time;
        while (std::chrono::steady_clock::now() < end) {
        }
    }

    // As long on the processor, however many want it.
    static void Compute() {
        const std::clock_t end = std::clock() + CLOCKS_PER_SEC / 2;
        while (std::clock() < end) {
        }
    }

    gw::Http api_;
    gw::Host host_;
    std::string key_;
    std::vector<std::string> keep_;
};

}  // namespace

LIVERY_GATEWAY(OddGateway)
