// What the gateway makes of every answer that can come, on a scripted host.
#include <gtest/gtest.h>

#include <livery/gateway/testing.hpp>

namespace {

using livery::gw::Json;
using livery::gw::testing::Bench;
using livery::gw::testing::Order;
using livery::gw::testing::Query;
using livery::gw::testing::Refund;
using livery::gw::testing::Reply;
using livery::gw::testing::Webhook;

class TheSandbox : public testing::Test {
 protected:
    ~TheSandbox() override {
        EXPECT_EQ(bench.Leaks(), "");
        EXPECT_EQ(bench.host.unused(), 0U);
    }
    static Json Payment(const std::string& state, const Json& more = Json::object()) {
        Json json{{"id", "pay_1"}, {"reference", "ref-1"}, {"state", state}, {"amount", 1'234},
                  {"captured", 0}, {"refunded", 0},        {"fee", 0},       {"currency", "EUR"}};
        json.update(more);
        return json;
    }
    Json Started(int status, const Json& answer,
                 const Json& order = Order(1'234, "EUR", "tok_ok")) {
        bench.host.Answers(status, answer);
        const Reply reply = bench.Call("payment.start/1", order);
        EXPECT_TRUE(reply.Ok()) << reply.message;
        return reply.message;
    }

    Bench bench{{{"base_url", "http://127.0.0.1:18190"}, {"merchant", "harbor"}},
                {"api_key", "hook_key"}};
};

TEST_F(TheSandbox, AsksForAPaymentOnceWithTheKeyOfTheAttempt) {
    const Json result = Started(201, Payment("paid", {{"captured", 1'234}, {"fee", 42}}));
    EXPECT_EQ(result["state"], "captured");
    EXPECT_EQ(result["amount"], (Json{{"minor", 1'234}, {"currency", "EUR"}}));
    EXPECT_EQ(result["fee"]["minor"], 42);
    ASSERT_EQ(bench.host.sent().size(), 1U);
    const Json& sent = bench.host.sent().front();
    EXPECT_EQ(sent["idempotency_key"], "key-0123456789abcdef");
    EXPECT_EQ(sent["base_url"], "http://127.0.0.1:18190");
    EXPECT_EQ(sent["auth"]["secret"], livery::gw::testing::CanaryOf("api_key"));
    EXPECT_EQ(sent["body"], (Json{{"merchant", "harbor"},
                                  {"reference", "ref-1"},
                                  {"amount", 1'234},
                                  {"currency", "EUR"},
                                  {"capture", true},
                                  {"off_session", false},
                                  {"keep_method", false},
                                  {"method", "tok_ok"},
                                  {"return_url", "https://shop.example/back"}}));
}

TEST_F(TheSandbox, ReadsEveryState) {
    const auto state = [&](const Json& payment) {
        return Started(201, payment)["state"].get<std::string>();
    };
    const Json whole{{"captured", 1'234}};
    EXPECT_EQ(state(Payment("awaiting_customer", {{"page", "http://127.0.0.1:1/pay/x"}})),
              "requires_action");
    EXPECT_EQ(state(Payment("processing")), "pending");
    EXPECT_EQ(state(Payment("authorised")), "authorised");
    EXPECT_EQ(state(Payment("paid", whole)), "captured");
    EXPECT_EQ(state(Payment("paid", {{"captured", 1'000}})), "partly_captured");
    EXPECT_EQ(state(Payment("paid", {{"captured", 1'234}, {"refunded", 234}})), "partly_refunded");
    EXPECT_EQ(state(Payment("paid", {{"captured", 1'234}, {"refunded", 1'234}})), "refunded");
    EXPECT_EQ(state(Payment("cancelled")), "cancelled");
    EXPECT_EQ(state(Payment("expired")), "expired");
    EXPECT_EQ(state(Payment("returned", whole)), "failed_late");
    for (const char* odd : {"under_review", "state_of_tomorrow", "PAID", ""})
        EXPECT_EQ(state(Payment(odd)), "pending") << odd;
}

// A dispute takes nothing of what was captured: it says what the bank holds of it now.
TEST_F(TheSandbox, SaysWhatTheBankHolds) {
    const auto held = [&](const char* dispute, std::int64_t refunded = 0) {
        const Json message = Started(
            201,
            Payment("paid", {{"captured", 1'234}, {"refunded", refunded}, {"dispute", dispute}}));
        EXPECT_EQ(message["state"], refunded > 0 ? "partly_refunded" : "captured") << dispute;
        return message["charged_back"]["minor"].get<std::int64_t>();
    };
    EXPECT_EQ(held(""), 0);
    EXPECT_EQ(held("open"), 1'234);
    EXPECT_EQ(held("lost"), 1'234);
    EXPECT_EQ(held("lost", 234), 1'000);
    EXPECT_EQ(held("won"), 0);
    EXPECT_FALSE(Started(201, Payment("processing")).contains("charged_back"));
}

TEST_F(TheSandbox, TellsWhyAPaymentWasDeclined) {
    const auto error = [&](const char* code, const char* advice = "01") {
        return Started(201, Payment("declined", {{"decline",
                                                  {{"code", code},
                                                   {"message", "no"},
                                                   {"network_code", "05"},
                                                   {"advice_code", advice}}}}))["error"];
    };
    const Json stolen = error("stolen_card", "03");
    EXPECT_EQ(stolen["reason"], "lost_or_stolen");
    EXPECT_EQ(stolen["hardness"], "hard");
    EXPECT_EQ(stolen["advice"], "do_not_retry");
    EXPECT_EQ(stolen["provider_code"], "stolen_card");
    EXPECT_EQ(stolen["network_code"], "05");
    EXPECT_EQ(stolen["merchant_advice_code"], "03");
    EXPECT_EQ(error("authentication_required")["category"], "authentication_required");
    // The scheme's word outweighs the code: never again, whatever it was.
    for (const char* advice : {"03", "21", "03 : Do not try again"}) {
        const Json never = error("code_of_tomorrow", advice);
        EXPECT_EQ(never["hardness"], "hard") << advice;
        EXPECT_EQ(never["advice"], "do_not_retry") << advice;
    }
    const Json unknown = error("code_of_tomorrow");
    EXPECT_EQ(unknown["reason"], "other");
    EXPECT_EQ(unknown["hardness"], "soft");
    EXPECT_EQ(unknown["provider_code"], "code_of_tomorrow");
}

TEST_F(TheSandbox, SaysWhatWasRefusedAndWhere) {
    const auto error = [&](int status, const char* code, const Json& more = Json::object()) {
        Json body{{"code", code}, {"message", "no"}};
        body.update(more);
        return Started(status, {{"error", body}})["error"];
    };
    EXPECT_EQ(error(401, "bad_key")["field"], "api_key");
    EXPECT_EQ(error(403, "wrong_merchant")["category"], "configuration");
    const Json wrong = error(422, "invalid_request", {{"fields", {{"amount", "is less than 1"}}}});
    EXPECT_EQ(wrong["category"], "invalid_request");
    EXPECT_EQ(wrong["field"], "amount");
    bench.host.Answers(429, {{"error", {{"code", "rate_limited"}}}}, {{"retry-after", "7"}});
    const Json busy = bench.Call("payment.start/1", Order(1, "EUR", "tok_ok")).message["error"];
    EXPECT_EQ(busy["category"], "rate_limited");
    EXPECT_EQ(busy["retry_after_seconds"], 7);
}

// The host knows that a request left, and only it may say what a payment is then worth.
TEST_F(TheSandbox, GuessesNothingFromAnAnswerThatSaysNothing) {
    const auto undecided = [&](const char* what) {
        const Reply reply = bench.Call("payment.start/1", Order(1, "EUR", "tok_ok"));
        EXPECT_NE(reply.code, LIVERY_OK) << what << reply.message;
    };
    bench.host.Answers(500, {{"error", {{"code", "internal"}}}});
    undecided("500");
    bench.host.Answers(200, {{"error", {{"code", "internal"}}}});
    undecided("an error in a success");
    bench.host.AnswersText(200, "<html>It works!</html>");
    undecided("a page");
    bench.host.AnswersText(200, "");
    undecided("nothing");
    bench.host.AnswersText(200, R"({"id":"pay_1","state":"pai)");
    undecided("a part");
    bench.host.AnswersText(404, "<html>Not found</html>");
    undecided("a page of something on the way");
    bench.host.Answers(201, Payment("paid", {{"amount", 12.34}, {"captured", 12.34}}));
    undecided("an amount with a point");
    bench.host.Fails();
    undecided("no answer");
}

TEST_F(TheSandbox, TakesACustomerWithoutAPageForNoAnswer) {
    bench.host.Answers(201, Payment("awaiting_customer"));
    EXPECT_EQ(bench.Call("payment.start/1", Order(1'234, "EUR")).code, LIVERY_PLUGIN_FAULT);
    bench.host.Answers(201, {{"id", "set_1"}, {"state", "awaiting_customer"}});
    const Reply setup = bench.Call("setup.start/1", {{"idempotency_key", "key-0123456789abcdef"},
                                                     {"reference", "ref-1"},
                                                     {"return_url", "https://shop.example/back"}});
    EXPECT_EQ(setup.code, LIVERY_PLUGIN_FAULT);
}

TEST_F(TheSandbox, LooksUpByItsIdElseByOurReference) {
    bench.host.Answers(200, Payment("paid", {{"captured", 1'234}}));
    EXPECT_EQ(bench.Call("payment.lookup/1", Query("pay_1")).message["state"], "captured");
    EXPECT_EQ(bench.host.sent().back()["path"], "/v1/payments/pay_1");
    bench.host.Answers(200, {{"payments", Json::array({Payment("processing")})}});
    EXPECT_EQ(bench.Call("payment.lookup/1", Query("")).message["state"], "pending");
    EXPECT_EQ(bench.host.sent().back()["query"], (Json{{"reference", "ref-1"}}));
    bench.host.Answers(200, {{"payments", Json::array()}});
    EXPECT_EQ(bench.Call("payment.lookup/1", Query("")).message["state"], "not_found");
    bench.host.Answers(404, {{"error", {{"code", "not_found"}}}});
    EXPECT_EQ(bench.Call("payment.lookup/1", Query("pay_2")).message["state"], "not_found");
}

// A lookup that learnt nothing must end nothing.
TEST_F(TheSandbox, TellsNotFoundFromNotLearnt) {
    for (const int status : {401, 403, 429}) {
        bench.host.Answers(status, {{"error", {{"code", "x"}}}});
        const Reply reply = bench.Call("payment.lookup/1", Query("pay_1"));
        EXPECT_EQ(reply.message["state"], "pending");
        EXPECT_TRUE(reply.message.contains("error"));
    }
    bench.host.AnswersText(404, "<html>Not found</html>");
    EXPECT_NE(bench.Call("payment.lookup/1", Query("pay_1")).code, LIVERY_OK);
    bench.host.AnswersText(200, "{}");
    EXPECT_NE(bench.Call("payment.lookup/1", Query("")).code, LIVERY_OK);
    bench.host.Answers(500, Json::object());
    EXPECT_NE(bench.Call("payment.lookup/1", Query("pay_1")).code, LIVERY_OK);
}

TEST_F(TheSandbox, FindsThePaymentThatItsKeyMadeBefore) {
    bench.host.Answers(409, {{"error", {{"code", "key_reused"}}}});
    bench.host.Answers(200, {{"payments", Json::array({Payment("paid", {{"captured", 1'234}})})}});
    const Reply reply = bench.Call("payment.start/1", Order(1'234, "EUR", "tok_ok"));
    EXPECT_EQ(reply.message["state"], "captured");
    bench.host.Answers(409, {{"error", {{"code", "key_reused"}}}});
    bench.host.Answers(200, {{"payments", Json::array()}});
    EXPECT_EQ(bench.Call("payment.start/1", Order(1, "EUR", "tok_ok")).message["error"]["category"],
              "idempotency_conflict");
}

TEST_F(TheSandbox, CountsForintsAsTheProviderDoes) {
    const Json result =
        Started(201, Payment("paid", {{"currency", "HUF"}, {"amount", 50}, {"captured", 50}}),
                Order(5'000, "HUF", "tok_ok"));
    EXPECT_EQ(bench.host.sent().back()["body"]["amount"], 50);
    EXPECT_EQ(result["amount"], (Json{{"minor", 5'000}, {"currency", "HUF"}}));
    const Reply inexact = bench.Call("payment.start/1", Order(5'001, "HUF", "tok_ok"));
    EXPECT_EQ(inexact.message["error"]["field"], "amount");
    const std::int64_t large = (std::int64_t{1} << 53) + 1;
    Started(201, Payment("paid", {{"amount", large}, {"captured", large}}),
            Order(large, "EUR", "t"));
    EXPECT_EQ(bench.host.sent().back()["body"]["amount"].dump(), "9007199254740993");
}

TEST_F(TheSandbox, RefundsAndLooksAtThem) {
    const auto refund = [](const char* state) {
        return Json{{"id", "ref_1"}, {"state", state}, {"amount", 100}, {"currency", "EUR"}};
    };
    bench.host.Answers(201, refund("done"));
    const Reply done = bench.Call("refund.create/1", Refund("pay_1", 100, "EUR"));
    EXPECT_EQ(done.message["state"], "succeeded");
    EXPECT_EQ(bench.host.sent().back()["idempotency_key"], "key-refund-0123456789");
    EXPECT_EQ(bench.host.sent().back()["body"],
              (Json{{"payment", "pay_1"}, {"reference", "ref-refund-1"}, {"amount", 100}}));
    bench.host.Answers(409, {{"error", {{"code", "wrong_state"}}}});
    const Reply refused = bench.Call("refund.create/1", Refund("pay_1", 100, "EUR"));
    EXPECT_EQ(refused.message["error"]["category"], "state_conflict");
    bench.host.Answers(200, {{"refunds", Json::array({refund("processing")})}});
    EXPECT_EQ(bench.Call("refund.lookup/1", {{"reference", "ref-refund-1"}}).message["state"],
              "pending");
}

TEST_F(TheSandbox, ReadsAnEventAsAHint) {
    const Json event{{"id", "evt_1"},
                     {"type", "payment.paid"},
                     {"data", {{"about", "payment"}, {"id", "pay_1"}, {"reference", "ref-1"}}}};
    EXPECT_EQ(bench.Call("event.parse/1", Webhook(event)).message["events"],
              Json::parse(R"([{"id":"evt_1","about":"payment","provider_id":"pay_1",
                               "reference":"ref-1"}])"));
    const Json odd{{"id", "evt_2"}, {"type", "weather.fine"}};
    EXPECT_EQ(bench.Call("event.parse/1", Webhook(odd)).message["events"][0]["about"], "nothing");
    EXPECT_NE(bench.Call("event.parse/1", {{"body", "x"}, {"headers", Json::object()}}).code,
              LIVERY_OK);
    EXPECT_TRUE(bench.host.sent().empty());
}

TEST_F(TheSandbox, ChecksItsConfigurationWithoutMoney) {
    bench.host.Answers(200, {{"payments", Json::array()}});
    EXPECT_EQ(bench.Call("check_config/1", Json::object()).message, Json::object());
    bench.host.Answers(401, {{"error", {{"code", "bad_key"}}}});
    EXPECT_EQ(bench.Call("check_config/1", Json::object()).message["error"]["field"], "api_key");
    for (const Json& sent : bench.host.sent()) EXPECT_EQ(sent["method"], "GET");
}

TEST_F(TheSandbox, DoesNotDoWhatIsNoOperation) {
    EXPECT_EQ(bench.Call("payout.create/1", Json::object()).code, LIVERY_UNSUPPORTED);
    EXPECT_TRUE(bench.host.sent().empty());
}

}  // namespace
