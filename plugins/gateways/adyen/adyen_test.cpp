// What the gateway makes of Adyen's answers and webhooks, on a scripted host. tests/doubles plays
// whole lives.
#include <gtest/gtest.h>

#include <livery/gateway/testing.hpp>

namespace {

using livery::gw::Json;
using livery::gw::testing::Bench;
using livery::gw::testing::Order;
using livery::gw::testing::Query;
using livery::gw::testing::Refund;
using livery::gw::testing::Webhook;

class AdyenGateway : public testing::Test {
 protected:
    ~AdyenGateway() override {
        EXPECT_EQ(bench.Leaks(), "");
        EXPECT_EQ(bench.host.unused(), 0U);
    }
    static Json Answer(const char* code, const Json& more = Json::object()) {
        Json json{{"pspReference", "PSP1"},
                  {"resultCode", code},
                  {"merchantReference", "ref-1"},
                  {"amount", {{"value", 1'234}, {"currency", "EUR"}}}};
        json.update(more);
        return json;
    }
    static Json Kept() {
        Json order = Order(1'234, "EUR", "STORED1");
        order["customer"] = "shopper-1";
        return order;
    }
    Json Charged(const Json& answer) {
        bench.host.Answers(200, answer);
        return bench.Call("payment.start/1", Kept()).message;
    }
    Json Told(const char* code, const Json& more = Json::object()) {
        Json item{{"eventCode", code},
                  {"pspReference", "PSP1"},
                  {"merchantReference", "ref-1"},
                  {"merchantAccountCode", "Harbor"},
                  {"success", "true"},
                  {"amount", {{"value", 1'234}, {"currency", "EUR"}}}};
        item.update(more);
        return bench
            .Call("event.parse/1",
                  Webhook({{"notificationItems", {{{"NotificationRequestItem", item}}}}}))
            .message["events"][0];
    }
    Json Modification(const char* code, const Json& more = Json::object()) {
        Json item{{"pspReference", "PSP2"}, {"originalReference", "PSP1"}};
        item.update(more);
        return Told(code, item);
    }
    Json LookedUp(const char* id = "PSP1") {
        return bench.Call("payment.lookup/1", Query(id)).message;
    }

    Bench bench{
        {{"base_url", "https://checkout-test.adyen.com/v72"}, {"merchant_account", "Harbor"}},
        {"api_key", "hook_key"}};
};

TEST_F(AdyenGateway, ChargesAKeptCard) {
    const Json result = Charged(Answer("Authorised"));
    EXPECT_EQ(result["state"], "captured");
    EXPECT_EQ(result["provider_id"], "PSP1");
    EXPECT_EQ(result["amount"]["minor"], 1'234);
    const Json& sent = bench.host.sent().front();
    EXPECT_EQ(sent["path"], "/payments");
    EXPECT_EQ(sent["auth"]["header"], "X-API-Key");
    EXPECT_EQ(sent["body"]["paymentMethod"]["storedPaymentMethodId"], "STORED1");
    EXPECT_EQ(sent["body"]["shopperReference"], "shopper-1");
    EXPECT_EQ(sent["body"]["recurringProcessingModel"], "CardOnFile");
}

TEST_F(AdyenGateway, ReadsEveryResult) {
    const auto state = [&](const char* code) {
        return Charged(Answer(code))["state"].get<std::string>();
    };
    EXPECT_EQ(state("Refused"), "declined");
    EXPECT_EQ(state("Cancelled"), "cancelled");
    EXPECT_EQ(state("Error"), "failed");
    EXPECT_EQ(state("Pending"), "pending");
    EXPECT_EQ(state("Received"), "pending");
    EXPECT_EQ(state("ResultOfTomorrow"), "pending");
    const Json sent_on = Charged(Answer(
        "RedirectShopper", {{"action", {{"url", "https://bank.example"}, {"method", "GET"}}}}));
    EXPECT_EQ(sent_on["state"], "requires_action");
    EXPECT_EQ(sent_on["action"]["url"], "https://bank.example");
    EXPECT_EQ(sent_on["action"]["method"], "GET");
    EXPECT_FALSE(sent_on["action"].contains("fields"));
    const Json form =
        Charged(Answer("RedirectShopper",
                       {{"action",
                         {{"url", "https://bank.example"},
                          {"method", "POST"},
                          {"data", {{"PaReq", "eJx"}, {"MD", "m"}, {"TermUrl", "https://t"}}}}}}));
    EXPECT_EQ(form["action"]["method"], "POST");
    EXPECT_EQ(form["action"]["fields"],
              (Json{{"PaReq", "eJx"}, {"MD", "m"}, {"TermUrl", "https://t"}}));
}

TEST_F(AdyenGateway, TellsWhyACardWasRefused) {
    const auto error = [&](const char* code) {
        return Charged(
            Answer("Refused", {{"refusalReasonCode", code}, {"refusalReason", "No"}}))["error"];
    };
    EXPECT_EQ(error("12")["reason"], "insufficient_funds");
    EXPECT_EQ(error("20")["hardness"], "hard");
    EXPECT_EQ(error("38")["category"], "authentication_required");
    EXPECT_EQ(error("999")["reason"], "other");
    EXPECT_EQ(error("999")["hardness"], "soft");
    const Json never =
        Charged(Answer("Refused", {{"refusalReasonCode", "2"},
                                   {"additionalData", {{"merchantAdviceCode", "21"}}}}))["error"];
    EXPECT_EQ(never["hardness"], "hard");
    EXPECT_EQ(never["advice"], "do_not_retry");
}

TEST_F(AdyenGateway, GuessesNothingOfAKeyThatIsInUse) {
    bench.host.Answers(422, {{"errorCode", "704"}});
    EXPECT_EQ(bench.Call("payment.start/1", Kept()).code, LIVERY_NO_ANSWER);
    bench.host.Answers(500, {{"errorCode", "905"}});
    EXPECT_EQ(bench.Call("payment.start/1", Kept()).code, LIVERY_NO_ANSWER);
    bench.host.Answers(403, {{"errorCode", "901"}});
    EXPECT_EQ(bench.Call("payment.start/1", Kept()).message["error"]["field"], "merchant_account");
}

// Nobody can be asked, so what was not told is never "not found".
TEST_F(AdyenGateway, AnswersLookupsFromWhatItWasTold) {
    EXPECT_EQ(bench.Call("payment.lookup/1", Query("")).code, LIVERY_UNSUPPORTED);
    EXPECT_EQ(LookedUp()["state"], "pending");
    EXPECT_EQ(Told("AUTHORISATION")["about"], "payment");
    EXPECT_EQ(LookedUp()["state"], "captured");
    EXPECT_EQ(LookedUp("")["state"], "captured");
    EXPECT_EQ(LookedUp()["captured"]["minor"], 1'234);
    Modification("CHARGEBACK", {{"amount", {{"value", 1'000}, {"currency", "EUR"}}}});
    EXPECT_EQ(LookedUp()["charged_back"]["minor"], 1'000);
    Modification("CHARGEBACK_REVERSED");
    EXPECT_EQ(LookedUp()["charged_back"]["minor"], 0);
    Modification("CAPTURE_FAILED");
    EXPECT_EQ(LookedUp()["state"], "failed_late");
}

// As published: the later events of a dispute name no original payment.
TEST_F(AdyenGateway, FollowsADisputeThatNamesOurReferenceAlone) {
    const auto held = [&](const char* code, int minor = 1'234) {
        const Json event = Told(code, {{"pspReference", "DISPUTE1"},
                                       {"amount", {{"value", minor}, {"currency", "EUR"}}}});
        EXPECT_EQ(event["about"], "dispute") << code;
        EXPECT_EQ(event.value("provider_id", "none"), "PSP1") << code;
        return LookedUp()["charged_back"]["minor"].get<int>();
    };
    Told("AUTHORISATION");
    Modification("CHARGEBACK");
    EXPECT_EQ(held("CHARGEBACK_REVERSED"), 0);
    EXPECT_EQ(held("SECOND_CHARGEBACK", 1'000), 1'000);
    EXPECT_EQ(held("PREARBITRATION_WON"), 0);
    EXPECT_EQ(held("PREARBITRATION_LOST", 900), 900);
    EXPECT_EQ(held("SCHEME_ARBITRATION_WON"), 0);
    EXPECT_EQ(held("SCHEME_ARBITRATION_LOST", 800), 800);
    EXPECT_EQ(LookedUp("")["charged_back"]["minor"], 800);
}

// What is no dispute goes by its own reference, as before.
TEST_F(AdyenGateway, NamesAPaymentThatIsNotDecidedByItsReference) {
    EXPECT_EQ(Told("PENDING").value("provider_id", "none"), "PSP1");
}

TEST_F(AdyenGateway, FindsADisputeThatWasToldBeforeItsPayment) {
    const Json event = Told("SECOND_CHARGEBACK", {{"pspReference", "DISPUTE1"}});
    EXPECT_FALSE(event.contains("provider_id")) << event;
    Told("AUTHORISATION", {{"pspReference", "PSP0"}, {"success", "false"}});
    Told("AUTHORISATION");
    EXPECT_EQ(LookedUp()["charged_back"]["minor"], 1'234);
}

TEST_F(AdyenGateway, GivesUpWhatWasCancelledAfterItCountedAsTaken) {
    Told("AUTHORISATION");
    EXPECT_EQ(LookedUp()["state"], "captured");
    Modification("TECHNICAL_CANCEL", {{"success", "false"}});
    EXPECT_EQ(LookedUp()["state"], "captured");
    EXPECT_EQ(Modification("CANCEL_OR_REFUND",
                           {{"additionalData", {{"modification.action", "cancel"}}}})["about"],
              "payment");
    EXPECT_EQ(LookedUp()["state"], "failed_late");
    EXPECT_EQ(LookedUp()["error"]["category"], "declined");
}

TEST_F(AdyenGateway, GivesUpWhatWasCancelledByItsOwnReference) {
    Told("AUTHORISATION");
    Modification("TECHNICAL_CANCEL");
    EXPECT_EQ(LookedUp()["state"], "failed_late");
}

TEST_F(AdyenGateway, ReadsACancelOrRefundThatGaveBack) {
    Told("AUTHORISATION");
    Modification("CANCEL_OR_REFUND", {{"additionalData", {{"modification.action", "refund"}}}});
    const Json back = LookedUp();
    EXPECT_EQ(back["state"], "refunded");
    EXPECT_EQ(back["captured"]["minor"], 1'234);
    EXPECT_EQ(back["refunded"]["minor"], 1'234);
}

TEST_F(AdyenGateway, KeepsWhatWasCapturedWhenTheRestIsCancelled) {
    Json order = Kept();
    order["capture"] = "manual";
    bench.host.Answers(200, Answer("Authorised"));
    bench.Call("payment.start/1", order);
    Told("AUTHORISATION");
    Modification("CAPTURE", {{"amount", {{"value", 1'000}, {"currency", "EUR"}}}});
    Modification("CANCELLATION", {{"pspReference", "PSP3"}});
    EXPECT_EQ(LookedUp()["state"], "partly_captured");
    EXPECT_EQ(LookedUp()["captured"]["minor"], 1'000);
}

TEST_F(AdyenGateway, ReadsARefusalThatItWasTold) {
    Told("AUTHORISATION", {{"success", "false"}, {"reason", "NOT_ENOUGH_BALANCE"}});
    const Json refused = LookedUp();
    EXPECT_EQ(refused["state"], "declined");
    EXPECT_EQ(refused["error"]["reason"], "insufficient_funds");
}

TEST_F(AdyenGateway, CapturesByHandWhereThatWasAsked) {
    Json order = Kept();
    order["capture"] = "manual";
    bench.host.Answers(200, Answer("Authorised"));
    EXPECT_EQ(bench.Call("payment.start/1", order).message["state"], "authorised");
    Told("AUTHORISATION");
    EXPECT_EQ(LookedUp()["state"], "authorised");
    // By whatever reference it is asked for.
    EXPECT_EQ(bench.Call("payment.lookup/1", Query("PSP1", "another")).message["state"],
              "authorised");
    Modification("CAPTURE", {{"amount", {{"value", 1'000}, {"currency", "EUR"}}}});
    EXPECT_EQ(LookedUp()["state"], "partly_captured");
    EXPECT_EQ(LookedUp()["captured"]["minor"], 1'000);
}

TEST_F(AdyenGateway, LeavesACaptureAsItIsWhenASecondOneIsRefused) {
    Json order = Kept();
    order["capture"] = "manual";
    bench.host.Answers(200, Answer("Authorised"));
    bench.Call("payment.start/1", order);
    Told("AUTHORISATION");
    const auto capture = [&](const char* key) {
        return bench
            .Call("payment.capture/1", {{"idempotency_key", key},
                                        {"provider_id", "PSP1"},
                                        {"reference", "ref-1"},
                                        {"amount", {{"minor", 1'234}, {"currency", "EUR"}}}})
            .message;
    };
    bench.host.Answers(201, {{"pspReference", "PSP2"}, {"status", "received"}});
    EXPECT_EQ(capture("key-of-the-first-012345")["state"], "pending");
    Modification("CAPTURE");
    Modification("CAPTURE", {{"pspReference", "PSP3"}, {"success", "false"}});
    EXPECT_EQ(LookedUp()["state"], "captured");
    EXPECT_EQ(capture("key-of-the-second-12345")["error"]["category"], "state_conflict");
    // The first, sent again because its answer was lost.
    EXPECT_EQ(capture("key-of-the-first-012345")["state"], "captured");
}

TEST_F(AdyenGateway, LetsAnAuthorisationExpire) {
    Json order = Kept();
    order["capture"] = "manual";
    bench.host.Answers(200, Answer("Authorised"));
    bench.Call("payment.start/1", order);
    Told("AUTHORISATION");
    Modification("EXPIRE");
    EXPECT_EQ(LookedUp()["state"], "expired");
}

TEST_F(AdyenGateway, CapturesWhatWasAuthorisedOnThePageByAdyensReference) {
    Json order = Order(1'234, "EUR");
    order["capture"] = "manual";
    bench.host.Answers(201, {{"id", "CS1"}, {"url", "https://pay.example/CS1"}});
    bench.Call("payment.start/1", order);
    Told("AUTHORISATION");
    bench.host.Answers(201, {{"pspReference", "PSP2"}, {"status", "received"}});
    bench.Call("payment.capture/1", {{"idempotency_key", "key-of-capture-01234567"},
                                     {"provider_id", "CS1"},
                                     {"reference", "ref-1"},
                                     {"amount", {{"minor", 1'234}, {"currency", "EUR"}}}});
    EXPECT_EQ(bench.host.sent().back()["path"], "/payments/PSP1/captures");
}

TEST_F(AdyenGateway, TakesNoReferenceOfAPaymentForASession) {
    bench.host.Answers(201, {{"pspReference", "PSP2"}, {"status", "received"}});
    const Json begun = bench
                           .Call("payment.cancel/1", {{"idempotency_key", "key-of-cancel-0123456"},
                                                      {"provider_id", "CSPE40UGHYRG3X4S"},
                                                      {"reference", "ref-1"}})
                           .message;
    EXPECT_EQ(begun["state"], "pending");
    EXPECT_EQ(bench.host.sent().back()["path"], "/payments/CSPE40UGHYRG3X4S/cancels");
}

TEST_F(AdyenGateway, SaysThatAKeptCardNeedsItsCustomer) {
    Json result = bench.Call("payment.start/1", Order(1'234, "EUR", "STORED1")).message;
    EXPECT_EQ(result["error"]["field"], "customer");
}

TEST_F(AdyenGateway, KnowsAPaymentOfThePageByItsSession) {
    bench.host.Answers(201, {{"id", "CS1"},
                             {"url", "https://pay.example/CS1"},
                             {"amount", {{"value", 1'234}, {"currency", "EUR"}}}});
    const Json begun = bench.Call("payment.start/1", Order(1'234, "EUR")).message;
    EXPECT_EQ(begun["state"], "requires_action");
    EXPECT_EQ(begun["provider_id"], "CS1");
    const Json open = LookedUp("CS1");
    EXPECT_EQ(open["state"], "requires_action") << "whoever pays may go on there";
    EXPECT_EQ(open["action"]["url"], "https://pay.example/CS1");
    Told("AUTHORISATION");
    EXPECT_EQ(LookedUp("CS1")["state"], "captured");
    EXPECT_EQ(LookedUp("CS1")["provider_id"], "CS1");
    bench.host.Answers(201, {{"pspReference", "PSP9"},
                             {"status", "received"},
                             {"amount", {{"value", 200}, {"currency", "EUR"}}}});
    const Json refund = bench.Call("refund.create/1", Refund("CS1", 200, "EUR")).message;
    EXPECT_EQ(refund["state"], "pending");
    EXPECT_EQ(bench.host.sent().back()["path"], "/payments/PSP1/refunds");
    Modification("REFUND",
                 {{"pspReference", "PSP9"}, {"amount", {{"value", 200}, {"currency", "EUR"}}}});
    const Json ask{{"provider_id", "PSP9"}, {"payment", "CS1"}, {"reference", "ref-refund-1"}};
    EXPECT_EQ(bench.Call("refund.lookup/1", ask).message["state"], "succeeded");
    Modification("REFUND_FAILED", {{"pspReference", "PSP9"}});
    EXPECT_EQ(bench.Call("refund.lookup/1", ask).message["state"], "failed");
}

TEST_F(AdyenGateway, TakesASessionWithoutAPageForNoAnswer) {
    const Json amount{{"value", 1'234}, {"currency", "EUR"}};
    for (const Json& session :
         {Json{{"id", "CS1"}, {"amount", amount}},
          Json{{"url", "https://pay.example/CS1"}, {"amount", amount}}, Json::object()}) {
        bench.host.Answers(201, session);
        EXPECT_EQ(bench.Call("payment.start/1", Order(1'234, "EUR")).code, LIVERY_PLUGIN_FAULT)
            << session;
        bench.host.Answers(201, session);
        const auto setup =
            bench.Call("setup.start/1", {{"idempotency_key", "key-0123456789abcdef"},
                                         {"reference", "ref-1"},
                                         {"currency", "EUR"},
                                         {"return_url", "https://shop.example/back"}});
        EXPECT_EQ(setup.code, LIVERY_PLUGIN_FAULT) << session;
    }
}

// Refused with one card, paid with the next, and told the other way round.
TEST_F(AdyenGateway, TakesAPaymentOnThePageForPaidWhateverCameAfterIt) {
    bench.host.SetNow(1'700'000'000);
    bench.host.Answers(201, {{"id", "CS1"}, {"url", "https://pay.example/CS1"}});
    bench.Call("payment.start/1", Order(1'234, "EUR"));
    Told("AUTHORISATION", {{"pspReference", "PSP0"}, {"success", "false"}, {"reason", "Refused"}});
    EXPECT_EQ(LookedUp("CS1")["state"], "requires_action") << "he may take another card";
    Told("AUTHORISATION");
    Told("AUTHORISATION", {{"pspReference", "PSP0"}, {"success", "false"}, {"reason", "Refused"}});
    EXPECT_EQ(LookedUp("CS1")["state"], "captured");
}

TEST_F(AdyenGateway, SaysThatAPageHasExpiredOnceEverythingOfItWasTold) {
    bench.host.SetNow(1'700'000'000);
    bench.host.Answers(201, {{"id", "CS1"}, {"url", "https://pay.example/CS1"}});
    bench.Call("payment.start/1", Order(1'234, "EUR"));
    bench.host.SetNow(1'700'000'000 + 3'600);
    EXPECT_EQ(LookedUp("CS1")["state"], "pending") << "it is closed, and not everything told";
    bench.host.SetNow(1'700'000'000 + 24 * 3'600);
    EXPECT_EQ(LookedUp("CS1")["state"], "pending");
    bench.host.SetNow(1'700'000'000 + 26 * 3'600);
    EXPECT_EQ(LookedUp("CS1")["state"], "expired");
    Told("AUTHORISATION");
    EXPECT_EQ(LookedUp("CS1")["state"], "captured");
}

TEST_F(AdyenGateway, RefusesWhatIsForAnotherMerchant) {
    const Json item{{"eventCode", "AUTHORISATION"},
                    {"pspReference", "PSP1"},
                    {"merchantAccountCode", "Northwind"},
                    {"amount", {{"value", 1}, {"currency", "EUR"}}}};
    EXPECT_NE(bench
                  .Call("event.parse/1",
                        Webhook({{"notificationItems", {{{"NotificationRequestItem", item}}}}}))
                  .code,
              LIVERY_OK);
    EXPECT_TRUE(bench.host.remembered().empty());
}

}  // namespace
