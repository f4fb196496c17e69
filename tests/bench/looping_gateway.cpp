// A gateway that never returns, for gateways.mjs: what it takes from the pages of other tenants is
// what is measured.
#include <livery/gateway/gateway.hpp>

namespace {

namespace gw = livery::gw;

class Looping final : public gw::Gateway {
 public:
    Looping(const gw::Config&, const gw::Host&) {}

    static gw::Descriptor Describe() {
        return gw::Descriptor("looping", "1.0.0", "Looping")
            .Methods({"card"})
            .Currencies({"GBP"})
            .CanDo({gw::Can::kSetup, gw::Can::kChargeLater});
    }

    gw::SetupResult StartSetup(const gw::SetupOrder&) override {
        for (volatile unsigned turns = 0;;) turns = turns + 1;
    }
    gw::SetupResult LookupSetup(const gw::SetupQuery&) override { return {}; }
    gw::PaymentResult StartPayment(const gw::PaymentOrder&) override {
        return gw::PaymentResult::Failed(gw::Unsupported());
    }
    gw::PaymentResult LookupPayment(const gw::PaymentQuery& query) override {
        return gw::PaymentResult::Pending(query.provider_id);
    }
};

}  // namespace

LIVERY_GATEWAY(Looping)
