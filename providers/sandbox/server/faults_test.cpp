// Every fault that can be asked for, as the other end sees it.
#include "http/testing/raw_client.h"
#include "sandbox/testing/provider_test.h"

namespace livery::sandbox {
namespace {

using http::testing::RawClient;
using testing::PaymentBody;

class AFault : public testing::ProviderTest {
 protected:
    using Asker = testing::Asker;
    // A payment under the fault, then what came of it, then the same with the same key.
    struct Seen {
        Asker::Answered first;
        std::string moved;
        Asker::Answered second;
        std::string moved_then;
    };
    Seen Under(const std::string& fault, int milliseconds = 200) {
        const std::string reference = "r-" + fault;
        ask->Break({{"fault", fault}, {"on", "POST /v1/payments"}, {"milliseconds", milliseconds}});
        const Json body = PaymentBody(reference, 1'000, {{"method", "tok_ok"}});
        Seen seen;
        seen.first = ask->Post("/v1/payments", body, "key-" + fault);
        while (ask->Get("/ledger").status != 200) {
        }
        seen.moved = ask->Moved(reference);
        seen.second = ask->Post("/v1/payments", body, "key-" + fault);
        seen.moved_then = ask->Moved(reference);
        return seen;
    }
};

constexpr char kOnce[] = "payment 1000 EUR\n";

TEST_F(AFault, BeforeTheCommitChargesNothingUntilItIsRepeated) {
    for (const char* fault : {"refuse", "reset_before_commit", "hang_before_commit",
                              "error_before_commit", "rate_limited"}) {
        SCOPED_TRACE(fault);
        const Seen seen = Under(fault);
        EXPECT_NE(seen.first.status, 201);
        EXPECT_EQ(seen.moved, "");
        EXPECT_EQ(seen.second.status, 201);
        EXPECT_EQ(seen.moved_then, kOnce);
    }
}

TEST_F(AFault, AfterTheCommitChargesOnceHoweverOftenItIsRepeated) {
    for (const char* fault :
         {"reset_after_commit", "hang_after_commit", "error_after_commit", "truncated", "empty",
          "wrong_type", "oversized", "error_in_success"}) {
        SCOPED_TRACE(fault);
        const Seen seen = Under(fault);
        EXPECT_FALSE(seen.first.status == 201 && seen.first.json.value("state", "") == "paid");
        EXPECT_EQ(seen.moved, kOnce);
        EXPECT_EQ(seen.second.json["state"], "paid");
        EXPECT_EQ(seen.moved_then, kOnce);
    }
}

TEST_F(AFault, OfWordsIsInTheAnswerOnly) {
    EXPECT_EQ(Under("wrong_amount").first.json["amount"], 1'001);
    EXPECT_EQ(Under("wrong_currency").first.json["currency"], "USD");
    EXPECT_EQ(Under("unknown_state").first.json["state"], "state_of_tomorrow");
    EXPECT_EQ(Under("rate_limited").first.headers.at("retry-after"), "2");
}

TEST_F(AFault, DripsAndDuplicates) {
    ask->milliseconds = 400;
    EXPECT_EQ(Under("slow_drip", 2'000).first.status, 0);
    ask->Break({{"fault", "duplicate"}, {"on", "GET /v1/payments"}});
    RawClient raw(ask->port());
    raw.Send(
        "GET /v1/payments?reference=a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
        "sandbox-api-key\r\n\r\n");
    const std::string one = raw.ReadResponse();
    EXPECT_EQ(http::testing::StatusOf(one), 200);
    EXPECT_EQ(raw.ReadResponse(), one);
}

TEST_F(AFault, RefusesConnectionsForAWhile) {
    ask->Break({{"fault", "refuse"}, {"on", "GET /v1/payments"}, {"milliseconds", 300}});
    ask->Get("/v1/payments?reference=a");
    std::this_thread::sleep_for(std::chrono::milliseconds(120));
    EXPECT_EQ(ask->Get("/v1/payments?reference=a").status, -1);
}

TEST_F(AFault, HitsWhatItIsMeantForAndAsOftenAsItSays) {
    ask->Break(
        {{"fault", "error_before_commit"}, {"contains", "ref-2"}, {"skip", 1}, {"times", 2}});
    const auto status = [&](const char* reference) {
        return ask->Post("/v1/payments", PaymentBody(reference, 1'000, {{"method", "tok_ok"}}))
            .status;
    };
    EXPECT_EQ(status("ref-1"), 201);
    EXPECT_EQ(status("ref-2"), 201);
    EXPECT_EQ(status("ref-2"), 500);
    EXPECT_EQ(status("ref-2"), 500);
    EXPECT_EQ(status("ref-2"), 201);
    EXPECT_EQ(ask->Post("/faults", {{"fault", "nonsense"}}).status, 422);
    ask->Break({{"fault", "error_before_commit"}});
    ask->Ask("DELETE", "/faults", "", "");
    EXPECT_EQ(status("ref-3"), 201);
}

}  // namespace
}  // namespace livery::sandbox
