// What the gateway makes of Stripe's answers, on a scripted host. tests/doubles plays whole lives.
#include <gtest/gtest.h>

#include <livery/gateway/testing.hpp>

#include "readings.h"

namespace {

using livery::gw::Json;
using livery::gw::testing::Bench;
using livery::gw::testing::Order;
using livery::gw::testing::Query;
using livery::gw::testing::Reply;

class StripeGateway : public testing::Test {
 protected:
    ~StripeGateway() override {
        EXPECT_EQ(bench.Leaks(), "");
        EXPECT_EQ(bench.host.unused(), 0U);
    }
    static Json Charge(const Json& more = Json::object()) {
        Json charge{{"object", "charge"},
                    {"id", "ch_1"},
                    {"amount_refunded", 0},
                    {"currency", "eur"},
                    {"disputed", false},
                    {"payment_method_details",
                     {{"card",
                       {{"brand", "visa"},
                        {"last4", "4242"},
                        {"exp_month", 8},
                        {"exp_year", 2031},
                        {"network_transaction_id", "nt1"}}}}}};
        charge.update(more);
        return charge;
    }
    static Json Intent(const std::string& status, const Json& more = Json::object()) {
        Json intent{{"object", "payment_intent"}, {"id", "pi_1"},
                    {"status", status},           {"amount", 1'234},
                    {"currency", "eur"},          {"amount_received", 0},
                    {"latest_charge", nullptr},   {"customer", "cus_1"},
                    {"payment_method", "pm_1"}};
        intent.update(more);
        return intent;
    }
    static Json Paid(const Json& charge = Json::object()) {
        return Intent("succeeded", {{"amount_received", 1'234}, {"latest_charge", Charge(charge)}});
    }
    Json Started(int status, const Json& answer) {
        bench.host.Answers(status, answer);
        const Reply reply = bench.Call("payment.start/1", Order(1'234, "EUR", "pm_1"));
        EXPECT_TRUE(reply.Ok()) << reply.message;
        return reply.message;
    }
    Json LookedUp(const Json& answer) {
        bench.host.Answers(200, answer);
        return bench.Call("payment.lookup/1", Query("pi_1")).message;
    }

    Bench bench{{{"base_url", "https://api.stripe.com"}}, {"api_key", "hook_key"}};
};

TEST_F(StripeGateway, ChargesAKeptCardOnceUnderTheKeyOfTheAttempt) {
    const Json result = Started(200, Paid());
    EXPECT_EQ(result["state"], "captured");
    EXPECT_EQ(result["provider_id"], "pi_1");
    EXPECT_EQ(result["amount"], (Json{{"minor", 1'234}, {"currency", "EUR"}}));
    EXPECT_EQ(result["captured"]["minor"], 1'234);
    EXPECT_EQ(result["method"]["token"], "pm_1");
    EXPECT_EQ(result["method"]["last4"], "4242");
    ASSERT_EQ(bench.host.sent().size(), 1U);
    const Json& sent = bench.host.sent().front();
    EXPECT_EQ(sent["path"], "/v1/payment_intents");
    EXPECT_EQ(sent["idempotency_key"], "key-0123456789abcdef");
    EXPECT_EQ(sent["encoding"], "form");
    EXPECT_EQ(sent["headers"]["Stripe-Version"], "2023-08-16");
    EXPECT_EQ(sent["body"]["amount"], 1'234);
    EXPECT_EQ(sent["body"]["currency"], "eur");
    EXPECT_EQ(sent["body"]["metadata"]["reference"], "ref-1");
    EXPECT_EQ(sent["body"]["confirm"], true);
}

// Stripe refuses both together, and a page to come back to is of no use to nobody.
TEST_F(StripeGateway, SaysWhetherTheCustomerIsThere) {
    Json order = Order(1'234, "EUR", "pm_1");
    order["initiator"] = "merchant_recurring";
    bench.host.Answers(200, Paid());
    bench.Call("payment.start/1", order);
    const Json& sent = bench.host.sent().front()["body"];
    EXPECT_EQ(sent["off_session"], true);
    EXPECT_FALSE(sent.contains("return_url"));
}

TEST_F(StripeGateway, SendsACustomerWithoutACardToStripesPage) {
    bench.host.Answers(200, {{"object", "checkout.session"},
                             {"id", "cs_1"},
                             {"status", "open"},
                             {"url", "https://checkout.stripe.com/c/pay/cs_1"},
                             {"amount_total", 1'234},
                             {"currency", "eur"}});
    const Json result = bench.Call("payment.start/1", Order(1'234, "EUR")).message;
    EXPECT_EQ(result["state"], "requires_action");
    EXPECT_EQ(result["provider_id"], "cs_1");
    EXPECT_EQ(result["action"]["url"], "https://checkout.stripe.com/c/pay/cs_1");
    EXPECT_EQ(result["amount"]["minor"], 1'234);
}

TEST_F(StripeGateway, TakesASessionWithoutAPageForNoAnswer) {
    const auto session = [](const char* without) {
        Json whole{{"id", "cs_1"},
                   {"status", "open"},
                   {"url", "https://checkout.stripe.com/c/pay/cs_1"},
                   {"amount_total", 1'234},
                   {"currency", "eur"}};
        whole.erase(without);
        return whole;
    };
    for (const char* without : {"url", "id", "status"}) {
        bench.host.Answers(200, session(without));
        EXPECT_EQ(bench.Call("payment.start/1", Order(1'234, "EUR")).code, LIVERY_PLUGIN_FAULT)
            << without;
        bench.host.Answers(200, {{"id", "cus_1"}}).Answers(200, session(without));
        const auto setup =
            bench.Call("setup.start/1", {{"idempotency_key", "key-0123456789abcdef"},
                                         {"reference", "ref-1"},
                                         {"return_url", "https://shop.example/back"}});
        EXPECT_EQ(setup.code, LIVERY_PLUGIN_FAULT) << without;
    }
}

// Who paid between two tries to end a page: Stripe refuses a key that was for another request.
TEST_F(StripeGateway, EndsAPageAndCancelsAnIntentUnderKeysOfTheirOwn) {
    const Json order{{"idempotency_key", "key-0123456789abcdef"},
                     {"provider_id", "cs_1"},
                     {"reference", "ref-1"}};
    bench.host.Answers(200, {{"id", "cs_1"}, {"status", "open"}}).Fails();
    bench.Call("payment.cancel/1", order);
    const Json ended = bench.host.sent().back();
    bench.host.Answers(200, {{"id", "cs_1"}, {"status", "complete"}, {"payment_intent", "pi_1"}})
        .Answers(200, Intent("canceled"));
    EXPECT_EQ(bench.Call("payment.cancel/1", order).message["state"], "cancelled");
    const Json cancelled = bench.host.sent().back();
    EXPECT_EQ(ended["path"], "/v1/checkout/sessions/cs_1/expire");
    EXPECT_EQ(cancelled["path"], "/v1/payment_intents/pi_1/cancel");
    EXPECT_NE(ended["idempotency_key"], cancelled["idempotency_key"]);
}

TEST_F(StripeGateway, ReadsEveryState) {
    const auto state = [&](const Json& intent) {
        return LookedUp(intent)["state"].get<std::string>();
    };
    EXPECT_EQ(state(Paid()), "captured");
    EXPECT_EQ(state(Intent("requires_capture")), "authorised");
    EXPECT_EQ(state(Intent("processing")), "pending");
    EXPECT_EQ(state(Intent("requires_confirmation")), "pending");
    EXPECT_EQ(state(Intent("requires_payment_method")), "pending");
    EXPECT_EQ(state(Intent("requires_payment_method",
                           {{"last_payment_error", {{"decline_code", "insufficient_funds"}}}})),
              "declined");
    EXPECT_EQ(
        state(Intent("requires_action",
                     {{"next_action", {{"redirect_to_url", {{"url", "https://x.example"}}}}}})),
        "requires_action");
    EXPECT_EQ(state(Intent("canceled")), "cancelled");
    EXPECT_EQ(state(Paid({{"amount_refunded", 234}})), "partly_refunded");
    EXPECT_EQ(state(Paid({{"amount_refunded", 1'234}})), "refunded");
    EXPECT_EQ(state(Intent("status_of_tomorrow")), "pending");
}

TEST_F(StripeGateway, TellsWhatDisputesHold) {
    const auto charged_back = [&](const char* status) {
        bench.host.Answers(200, Paid({{"disputed", true}}));
        bench.host.Answers(200, {{"data", {{{"status", status}, {"amount", 1'000}}}}});
        return bench.Call("payment.lookup/1", Query("pi_1")).message["charged_back"]["minor"];
    };
    EXPECT_EQ(charged_back("needs_response"), 1'000);
    EXPECT_EQ(charged_back("under_review"), 1'000);
    EXPECT_EQ(charged_back("lost"), 1'000);
    EXPECT_EQ(charged_back("won"), 0);
    EXPECT_EQ(charged_back("warning_needs_response"), 0);
    EXPECT_EQ(LookedUp(Paid())["charged_back"]["minor"], 0);
}

TEST_F(StripeGateway, TellsWhyACardWasDeclined) {
    const auto error = [&](const Json& card_error) {
        Json body = card_error;
        body["type"] = "card_error";
        return Started(402, {{"error", body}});
    };
    const Json stolen = error({{"code", "card_declined"}, {"decline_code", "stolen_card"}});
    EXPECT_EQ(stolen["state"], "declined");
    EXPECT_EQ(stolen["error"]["reason"], "lost_or_stolen");
    EXPECT_EQ(stolen["error"]["hardness"], "hard");
    EXPECT_EQ(stolen["error"]["provider_code"], "stolen_card");
    const Json sca = error({{"code", "authentication_required"}});
    EXPECT_EQ(sca["error"]["category"], "authentication_required");
    EXPECT_EQ(sca["error"]["advice"], "authenticate");
    const Json tomorrow = error({{"code", "card_declined"}, {"decline_code", "of_tomorrow"}});
    EXPECT_EQ(tomorrow["error"]["reason"], "other");
    EXPECT_EQ(tomorrow["error"]["hardness"], "soft");
    const Json never = error({{"code", "card_declined"},
                              {"decline_code", "generic_decline"},
                              {"network_advice_code", "03"}});
    EXPECT_EQ(never["error"]["advice"], "do_not_retry");
}

TEST_F(StripeGateway, TellsWhatIsOurs) {
    const auto error = [&](int status, const char* type, const char* code) {
        return Started(status, {{"error", {{"type", type}, {"code", code}, {"param", "amount"}}}});
    };
    EXPECT_EQ(error(401, "invalid_request_error", "")["error"]["field"], "api_key");
    const Json wrong = error(400, "invalid_request_error", "parameter_unknown")["error"];
    EXPECT_EQ(wrong["category"], "invalid_request");
    EXPECT_EQ(wrong["field"], "amount");
    EXPECT_EQ(
        error(400, "invalid_request_error", "payment_intent_unexpected_state")["error"]["category"],
        "state_conflict");
}

// The key has made a payment in other words: that one is what is asked for, where it can be found.
TEST_F(StripeGateway, LooksForWhatAUsedKeyHasMade) {
    const Json used{{"error", {{"type", "idempotency_error"}}}};
    bench.host.Answers(400, used);
    EXPECT_EQ(Started(200, {{"data", Json::array()}})["error"]["category"], "idempotency_conflict");
    bench.host.Answers(400, used);
    EXPECT_EQ(Started(200, {{"data", Json::array({Paid()})}})["state"], "captured");
}

// Stripe repeats its answer to a key, also a 500: that never says that nothing was taken.
TEST_F(StripeGateway, GuessesNothing) {
    const auto code = [&] { return bench.Call("payment.start/1", Order(1, "EUR", "pm_1")).code; };
    bench.host.Answers(500, {{"error", {{"type", "api_error"}}}});
    EXPECT_EQ(code(), LIVERY_NO_ANSWER);
    bench.host.Answers(409, {{"error", {{"code", "idempotency_key_in_use"}}}});
    EXPECT_EQ(code(), LIVERY_NO_ANSWER);
    bench.host.AnswersText(200, "<html>");
    EXPECT_EQ(code(), LIVERY_NO_ANSWER);
    bench.host.AnswersText(403, "<html>a wall between</html>");
    EXPECT_EQ(code(), LIVERY_NO_ANSWER);
    bench.host.Fails();
    EXPECT_NE(code(), LIVERY_OK);
}

TEST_F(StripeGateway, SaysThatAPaymentIsMissingOnlyWhereStripeSaysSo) {
    bench.host.Answers(404, {{"error", {{"code", "resource_missing"}}}});
    EXPECT_EQ(bench.Call("payment.lookup/1", Query("pi_1")).message["state"], "not_found");
    bench.host.AnswersText(404, "<html>not found</html>");
    EXPECT_NE(bench.Call("payment.lookup/1", Query("pi_1")).code, LIVERY_OK);
    bench.host.Answers(200, {{"data", Json::array()}});
    EXPECT_EQ(bench.Call("payment.lookup/1", Query("", "ref-1")).message["state"], "not_found");
    bench.host.Answers(401, {{"error", {{"type", "invalid_request_error"}}}});
    const Json closed = bench.Call("payment.lookup/1", Query("pi_1")).message;
    EXPECT_EQ(closed["state"], "pending");
    EXPECT_EQ(closed["error"]["category"], "configuration");
}

// The same id all its life, and its PaymentIntent wherever Stripe wants that.
TEST_F(StripeGateway, KnowsAPaymentOfThePageByItsSession) {
    bench.host.Answers(200, {{"object", "checkout.session"},
                             {"id", "cs_1"},
                             {"status", "complete"},
                             {"payment_intent", Paid()}});
    const Json result = bench.Call("payment.lookup/1", Query("cs_1")).message;
    EXPECT_EQ(result["provider_id"], "cs_1");
    EXPECT_EQ(result["state"], "captured");
    bench.host.Answers(200, {{"id", "cs_1"}, {"payment_intent", "pi_1"}});
    bench.host.Answers(
        200, {{"id", "re_1"}, {"status", "succeeded"}, {"amount", 234}, {"currency", "eur"}});
    const Json refund =
        bench
            .Call("refund.create/1", {{"idempotency_key", "key-0123456789abcdef"},
                                      {"provider_id", "cs_1"},
                                      {"reference", "ref-2"},
                                      {"amount", {{"minor", 234}, {"currency", "EUR"}}}})
            .message;
    EXPECT_EQ(refund["state"], "succeeded");
    EXPECT_EQ(bench.host.sent().back()["body"]["payment_intent"], "pi_1");
}

TEST(StripeReadings, AnEventOnlyNamesWhatIsToBeLookedUp) {
    using livery::gw::Event;
    const auto read = [](const Json& object) {
        return livery::stripe::EventOf({{"id", "evt_1"}, {"data", {{"object", object}}}});
    };
    const Event paid =
        read({{"object", "payment_intent"}, {"id", "pi_1"}, {"metadata", {{"reference", "r"}}}});
    EXPECT_EQ(paid.id, "evt_1");
    EXPECT_EQ(paid.about, Event::About::kPayment);
    EXPECT_EQ(paid.reference, "r");
    const Event dispute = read({{"object", "dispute"}, {"id", "dp_1"}, {"payment_intent", "pi_1"}});
    EXPECT_EQ(dispute.about, Event::About::kDispute);
    EXPECT_EQ(dispute.provider_id, "pi_1");
    EXPECT_EQ(read({{"object", "checkout.session"}, {"mode", "setup"}}).about,
              Event::About::kSetup);
    EXPECT_EQ(read({{"object", "of_tomorrow"}}).about, Event::About::kNothing);
}

}  // namespace
