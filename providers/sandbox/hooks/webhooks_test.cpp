// What a merchant hears, and how it knows who speaks.
#include "sandbox/hooks/signature.h"
#include "sandbox/testing/provider_test.h"

namespace livery::sandbox {
namespace {

using std::chrono::milliseconds;

// A merchant's ear: a server that keeps what it is told.
class Ear {
 public:
    struct Heard {
        std::string body;
        std::string signature;
        Json event;
    };
    Ear()
        : server_(Server::Open(0), [this](const Request& request) {
              const std::lock_guard lock(mutex_);
              heard_.push_back({request.body,
                                std::string(request.headers.Find("Pelican-Signature").value_or("")),
                                Json::parse(request.body)});
              Response response = PlainText(failures_-- > 0 ? 500 : 200, "");
              return Reply{response};
          }) {}

    std::string url() const {
        return "http://127.0.0.1:" + std::to_string(server_.port()) + "/hooks/cards";
    }
    void Fail(int times) {
        const std::lock_guard lock(mutex_);
        failures_ = times;
    }
    std::vector<Heard> Wait(std::size_t count, milliseconds limit = milliseconds(3'000)) {
        const auto end = std::chrono::steady_clock::now() + limit;
        for (;;) {
            {
                const std::lock_guard lock(mutex_);
                if (heard_.size() >= count || std::chrono::steady_clock::now() > end) return heard_;
            }
            std::this_thread::sleep_for(milliseconds(5));
        }
    }

 private:
    std::mutex mutex_;  // guards the two below
    std::vector<Heard> heard_;
    int failures_ = 0;
    Server server_;
};

class Webhook : public testing::ProviderTest {
 protected:
    Webhook() { ask->Ask("PUT", "/v1/webhook", Json{{"url", ear_.url()}}.dump(), ""); }
    Ear ear_;
};

TEST(HmacOfWebhooks, IsThatOfRfc4231) {
    EXPECT_EQ(Hmac("Jefe", "what do ya want for nothing?"),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_F(Webhook, IsSignedOverItsTimeAndItsBytes) {
    const Json paid = Pay("r1", "tok_ok");
    const auto heard = ear_.Wait(1);
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_EQ(heard[0].event["type"], "payment.paid");
    EXPECT_EQ(heard[0].event["data"],
              (Json{{"about", "payment"}, {"id", paid["id"]}, {"reference", "r1"}}));
    const std::string& header = heard[0].signature;
    const std::string time = header.substr(2, header.find(',') - 2);
    EXPECT_EQ(header, "t=" + time + ",v1=" + Hmac("sandbox-hook-key", time + "." + heard[0].body));
}

TEST_F(Webhook, CarriesASignatureOfEachKeyWhileKeysAreChanged) {
    testing::Asker other(ask->port(), "lumen-key");
    other.Ask("PUT", "/v1/webhook", Json{{"url", ear_.url()}}.dump(), "");
    other.Post("/v1/payments", testing::PaymentBody("r1", 100, {{"method", "tok_ok"}}));
    const auto heard = ear_.Wait(1);
    ASSERT_EQ(heard.size(), 1U);
    const std::string& header = heard[0].signature;
    const std::string text = header.substr(2, header.find(',') - 2) + "." + heard[0].body;
    EXPECT_NE(header.find(Hmac("lumen-hook-key", text)), std::string::npos);
    EXPECT_NE(header.find(Hmac("lumen-next-key", text)), std::string::npos);
}

TEST_F(Webhook, IsRepeatedUntilItIsTakenWithTheSameId) {
    ear_.Fail(2);
    Pay("r1", "tok_ok");
    const auto heard = ear_.Wait(3);
    ASSERT_EQ(heard.size(), 3U);
    EXPECT_EQ(heard[0].body, heard[2].body);
    std::this_thread::sleep_for(milliseconds(200));
    EXPECT_EQ(ear_.Wait(3).size(), 3U);
}

TEST_F(Webhook, IsToldAfterARestart) {
    ear_.Fail(1'000'000);
    Pay("r1", "tok_ok");
    ear_.Wait(1);
    Restart();
    const std::size_t before = ear_.Wait(1).size();
    ear_.Fail(0);
    const auto heard = ear_.Wait(before + 1);
    ASSERT_GT(heard.size(), before);
    EXPECT_EQ(heard.back().event["data"]["reference"], "r1");
}

TEST_F(Webhook, TellsEveryTurnThatNobodyAskedFor) {
    Pay("r1", "tok_dispute_won");
    ask->Advance(100);
    ask->Advance(100);
    std::vector<std::string> types;
    for (const auto& heard : ear_.Wait(3)) types.push_back(heard.event["type"]);
    EXPECT_EQ(types, (std::vector<std::string>{"payment.paid", "dispute.open", "dispute.won"}));
}

TEST_F(Webhook, MayComeNeverTwiceOrBadlySigned) {
    ask->Break({{"on", "webhook"}, {"fault", "never"}, {"contains", "r1"}});
    ask->Break({{"on", "webhook"}, {"fault", "twice"}, {"contains", "r2"}});
    ask->Break({{"on", "webhook"}, {"fault", "bad_signature"}, {"contains", "r3"}});
    for (const char* reference : {"r1", "r2", "r3"}) {
        Pay(reference, "tok_ok");
        std::this_thread::sleep_for(milliseconds(150));
    }
    const auto heard = ear_.Wait(3);
    ASSERT_EQ(heard.size(), 3U);
    EXPECT_EQ(heard[0].body, heard[1].body);
    const std::string& header = heard[2].signature;
    const std::string text = header.substr(2, header.find(',') - 2) + "." + heard[2].body;
    EXPECT_EQ(header.find(Hmac("sandbox-hook-key", text)), std::string::npos);
}

TEST_F(Webhook, MayComeBeforeTheAnswer) {
    ask->Break({{"on", "POST /v1/payments"}, {"fault", "webhook_first"}});
    Pay("r1", "tok_ok");
    EXPECT_EQ(ear_.Wait(0).size(), 1U);
}

}  // namespace
}  // namespace livery::sandbox
