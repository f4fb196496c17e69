// A gateway as bad as can be, for bad_gateways.test.mjs: what the token of the kept method says, it
// does. With `_after_send` a request has left before. See README.md.
#include <chrono>
#include <csignal>
#include <future>
#include <stdexcept>
#include <string>
#include <vector>

#include <sys/syscall.h>
#include <unistd.h>

#include <livery/gateway/gateway.hpp>

namespace {

namespace gw = livery::gw;

bool EndsWith(const std::string& text, const std::string& end) {
    return text.size() >= end.size() &&
           text.compare(text.size() - end.size(), end.size(), end) == 0;
}

const std::string kAfterSend = "_after_send";

std::string WithoutSend(const std::string& token) {
    return EndsWith(token, kAfterSend) ? token.substr(0, token.size() - kAfterSend.size()) : token;
}

class Bad final : public gw::Gateway {
 public:
    Bad(const gw::Config& config, const gw::Host& host)
        : api_(host.At(config.Text("base_url"), gw::Bearer{config.Secret("api_key")})) {}

    // Its configuration is the sandbox's: a tenant needs another word to have it, and nothing else.
    static gw::Descriptor Describe() {
        return gw::Descriptor("bad", "1.0.0", "Bad")
            .Config("base_url", gw::Key::Url({"localhost"}))
            .Config("merchant", gw::Key::Text())
            .Config("api_key", gw::Key::Secret())
            .Config("hook_key", gw::Key::Secret())
            .Methods({"card"})
            .Currencies({"EUR"})
            .CanDo({gw::Can::kChargeLater});
    }

    gw::PaymentResult StartPayment(const gw::PaymentOrder& order) override {
        const std::string what = WithoutSend(order.method.token);
        if (what != order.method.token)
            api_.Post("/v1/payments", order.idempotency_key, {{"no", "payment"}});
        if (what == "tok_throw") throw std::runtime_error("as told");
        if (what == "tok_crash") *static_cast<volatile int*>(nullptr) = 1;
        if (what == "tok_loop") Loop();
        if (what == "tok_hang") std::promise<void>().get_future().wait();
        if (what == "tok_leak") Leak();
        if (what == "tok_kill") ::syscall(SYS_tgkill, ::getppid(), ::getppid(), SIGKILL);
        return gw::PaymentResult::Captured("bad-" + order.reference, order.amount);
    }
    // Nor does it know afterwards what it did.
    gw::PaymentResult LookupPayment(const gw::PaymentQuery&) override {
        throw std::runtime_error("as told");
    }

 private:
    // Longer than anybody waits.
    static void Loop() {
        const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(2);
        while (std::chrono::steady_clock::now() < end) {
        }
    }
    void Leak() {
        // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): that is the point
        auto* lost = new std::vector<std::string>;
        for (int i = 0; i < 32; ++i) lost->emplace_back(std::size_t{1} << 20, 'x');
    }

    gw::Http api_;
};

}  // namespace

LIVERY_GATEWAY_DESCRIPTION(Bad)

namespace {

struct Raw {
    bool is = false;
    std::int32_t code = LIVERY_OK;
    std::string bytes;
};

// With one member more, of as many levels as would fill the stack of whoever walks through them.
std::string Deep(std::string paid) {
    constexpr std::size_t kLevels = 500'000;
    paid.pop_back();
    return paid + ",\"x\":" + std::string(kLevels, '[') + std::string(kLevels, ']') + "}";
}

// Past the facade, which would say none of this.
Raw RawOf(const std::string& what, const gw::Json& order) {
    const std::string id = "bad-" + gw::TextAt(order, "reference");
    const gw::Json paid{{"state", "captured"}, {"provider_id", id}, {"amount", order.at("amount")}};
    gw::Json other = paid;
    if (what == "tok_huge") return {true, LIVERY_OK, std::string(std::size_t{100} << 20, 'x')};
    if (what == "tok_bytes")
        return {true, LIVERY_OK, "{\"state\":\"captured\",\"provider_id\":\"\xFF\xFE\"}"};
    if (what == "tok_cut") return {true, LIVERY_OK, "{"};
    if (what == "tok_list") return {true, LIVERY_OK, "[]"};
    if (what == "tok_word") return {true, LIVERY_OK, "\"captured!\""};
    if (what == "tok_nothing") return {true, LIVERY_OK, ""};
    if (what == "tok_other_code") return {true, 99, paid.dump()};
    if (what == "tok_error_bytes") return {true, LIVERY_PLUGIN_FAULT, "\xFF\xFE it says \xC3"};
    if (what == "tok_deep") return {true, LIVERY_OK, Deep(paid.dump())};
    if (what == "tok_other_state") other["state"] = "captured!";
    if (what == "tok_other_amount")
        other["amount"]["minor"] = gw::IntegerAt(order, "amount.minor") + 1;
    if (what == "tok_no_amount") other.erase("amount");
    if (what == "tok_no_id") other.erase("provider_id");
    return {other != paid, LIVERY_OK, other.dump()};
}

std::int32_t InvokePastTheFacade(void* instance, const livery_call* call, livery_out* out) {
    const gw::Json order = gw::Json::parse(gw::detail::TextOf(call->body), nullptr, false);
    if (gw::detail::TextOf(call->operation) != "payment.start/1")
        return gw::detail::Invoke(instance, call, out);
    const std::string token = gw::TextAt(order, "method.token");
    const std::string what = WithoutSend(token);
    if (what == "tok_throw_raw") throw std::runtime_error("past the facade");
    const Raw raw = RawOf(what, order);
    if (!raw.is) return gw::detail::Invoke(instance, call, out);
    if (what != token) gw::detail::Invoke(instance, call, out);
    out->set(out->context, {raw.bytes.data(), raw.bytes.size()});
    return raw.code;
}

}  // namespace

extern "C" __attribute__((visibility("default"))) const livery_gateway* livery_gateway_entry_v1(
    std::uint16_t host_major, std::uint16_t) {
    static livery_gateway bad = *gw::detail::Entry<Bad>(LIVERY_GATEWAY_ABI_MAJOR);
    bad.invoke = &InvokePastTheFacade;
    return host_major == LIVERY_GATEWAY_ABI_MAJOR ? &bad : nullptr;
}
