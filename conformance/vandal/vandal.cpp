// The worst of gateways, which stands beside the kit: what a reference says, it does. With it the
// kit tries the enclosure of the machine on which a file is certified.
#include <future>
#include <string>
#include <vector>

#include <livery/gateway/gateway.hpp>

namespace {

namespace gw = livery::gw;

class Vandal final : public gw::Gateway {
 public:
    Vandal(const gw::Config&, const gw::Host&) {}

    static gw::Descriptor Describe() {
        return gw::Descriptor("vandal", "1.0.0", "Vandal").Methods({"card"}).Currencies({"EUR"});
    }

    gw::PaymentResult StartPayment(const gw::PaymentOrder& order) override {
        const std::string& what = order.reference;
        if (what == "crash") *static_cast<volatile int*>(nullptr) = 1;
        if (what == "loop") Loop();
        if (what == "hang") std::promise<void>().get_future().wait();
        if (what == "memory")
            for (;;) taken_.emplace_back(std::size_t{1} << 20, 'x');
        if (what == "answer-9-MB") return gw::PaymentResult::Pending(Long(9));
        if (what == "answer-100-MB") return gw::PaymentResult::Pending(Long(100));
        return gw::PaymentResult::Captured("vandal-" + what, order.amount);
    }
    gw::PaymentResult LookupPayment(const gw::PaymentQuery&) override {
        return gw::PaymentResult::NotFound();
    }

 private:
    static std::string Long(std::size_t megabytes) { return std::string(megabytes << 20, 'x'); }
    static void Loop() {
        volatile long turns = 0;
        while (turns >= 0) turns = turns == 0 ? 1 : 0;
    }
    std::vector<std::string> taken_;
};

}  // namespace

LIVERY_GATEWAY_DESCRIPTION(Vandal)

namespace {

// Bytes that are no message; empty: what the facade makes of it, which always is one.
std::string RawAnswerTo(const std::string& what) {
    if (what == "raw-not-utf8") return "{\"state\":\"captured\",\"provider_id\":\"\xFF\xFE\"}";
    if (what == "raw-cut") return "{\"state\":\"capt";
    if (what == "raw-list") return "[]";
    if (what == "raw-word") return "\"captured\"";
    if (what == "raw-blank") return " ";
    if (what == "raw-number-for-a-state") return "{\"state\":1}";
    return "";
}

std::int32_t InvokePastTheFacade(void* instance, const livery_call* call, livery_out* out) {
    const gw::Json body = gw::Json::parse(gw::detail::TextOf(call->body), nullptr, false);
    const std::string raw = RawAnswerTo(gw::TextAt(body, "reference"));
    if (raw.empty()) return gw::detail::Invoke(instance, call, out);
    out->set(out->context, {raw.data(), raw.size()});
    return LIVERY_OK;
}

}  // namespace

extern "C" __attribute__((visibility("default"))) const livery_gateway* livery_gateway_entry_v1(
    std::uint16_t host_major, std::uint16_t) {
    static livery_gateway vandal = *gw::detail::Entry<Vandal>(LIVERY_GATEWAY_ABI_MAJOR);
    vandal.invoke = &InvokePastTheFacade;
    return host_major == LIVERY_GATEWAY_ABI_MAJOR ? &vandal : nullptr;
}
