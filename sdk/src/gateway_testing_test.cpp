// The host of authors' unit tests, with a gateway that remembers what it is told to.
#include <gtest/gtest.h>

#include <livery/gateway/testing.hpp>

namespace {

namespace gw = livery::gw;
using gw::Json;
using gw::testing::Bench;
using gw::testing::Order;

class Rememberer final : public gw::Gateway {
 public:
    Rememberer(const gw::Config& config, gw::Host& host)
        : host_(host), key_(config.Secret("api_key")) {}
    static gw::Descriptor Describe() {
        return gw::Descriptor("rememberer", "1.0.0", "Rememberer")
            .Config("api_key", gw::Key::Secret())
            .Methods({"card"})
            .Currencies({"EUR"});
    }
    gw::PaymentResult StartPayment(const gw::PaymentOrder& order) override {
        const bool leaks = order.method.token == "leak";
        host_.Remember(order.reference, leaks ? key_ : order.method.token);
        return gw::PaymentResult::Pending(host_.Recall(order.reference));
    }
    gw::PaymentResult LookupPayment(const gw::PaymentQuery&) override {
        return gw::PaymentResult::NotFound();
    }

 private:
    gw::Host host_;
    std::string key_;
};

class AScriptedHost : public testing::Test {
 protected:
    gw::testing::Reply Remember(const std::string& key, const std::string& value) {
        Json order = Order(1, "EUR", value);
        order["reference"] = key;
        return bench.Call("payment.start/1", order);
    }
    Bench bench{Json::object(), {"api_key"}};
};

// What looks like a card's number is a provider's id as often as not.
TEST_F(AScriptedHost, KeepsIdsOfDigitsAlone) {
    for (const char* id : {"4111111111111111", "8835511210681145"}) {
        EXPECT_EQ(Remember(id, id).message["provider_id"], id);
        EXPECT_EQ(bench.host.remembered().at(id), id);
    }
}

TEST_F(AScriptedHost, KeepsNoSecretAndNothingThatTheHostWouldNotKeep) {
    EXPECT_EQ(Remember("key", "leak").code, LIVERY_REFUSED);
    EXPECT_EQ(Remember("", "value").code, LIVERY_REFUSED);
    EXPECT_EQ(Remember(std::string(101, 'k'), "value").code, LIVERY_REFUSED);
    EXPECT_EQ(Remember("key", std::string(4097, 'v')).code, LIVERY_REFUSED);
    EXPECT_TRUE(bench.host.remembered().empty());
    EXPECT_EQ(Remember(std::string(100, 'k'), std::string(4096, 'v')).code, LIVERY_OK);
}

}  // namespace

LIVERY_GATEWAY(Rememberer)
