#include <gtest/gtest.h>

#include "provider_stage.h"

namespace livery::gateways::testing {
namespace {

constexpr const char* kHookKey = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";

class AdyenAtItsDouble : public ::testing::Test {
 protected:
    ProviderStage stage{{"adyen",
                         "/v72",
                         {{"merchant_account", "HarborMerchant"}},
                         {{"api_key", "test_api_key"}, {"hook_key", kHookKey}}}};

    Json Session(const std::string& reference) {
        return stage.Ask("payment.start/1", ProviderStage::Order(reference, 1'234));
    }
    Json Pay(const Json& begun, const char* number) {
        return stage.provider().Act("pay",
                                    {{"session", begun.at("provider_id")}, {"number", number}});
    }
    Json KeptCard(const std::string& reference, const char* number) {
        const Json begun = stage.Ask("setup.start/1", ProviderStage::SetUp(reference));
        EXPECT_EQ(begun.at("state"), "requires_action") << begun;
        Pay(begun, number);
        EXPECT_TRUE(stage.Hears("setup", reference));
        const Json done = stage.Ask(
            "setup.lookup/1", {{"provider_id", begun.at("provider_id")}, {"reference", reference}});
        EXPECT_EQ(done.at("state"), "active") << done;
        return done.at("method");
    }
};

TEST_F(AdyenAtItsDouble, LetsACustomerPayOnItsPage) {
    const Json begun = Session("page-1");
    ASSERT_EQ(begun.at("state"), "requires_action") << begun;
    EXPECT_TRUE(Pay(begun, "4000000000000012").contains("error"));
    Pay(begun, "4111111145551142");
    EXPECT_EQ(stage.Lookup(begun.at("provider_id"), "page-1").at("state"), "requires_action")
        << "nothing was told yet";
    EXPECT_TRUE(stage.Hears("payment", "page-1"));  // the card that was refused
    EXPECT_TRUE(stage.Hears("payment", "page-1"));
    const Json paid = stage.Lookup(begun.at("provider_id"), "page-1");
    EXPECT_EQ(paid.at("state"), "captured") << paid;
    EXPECT_EQ(paid.at("provider_id"), begun.at("provider_id"));
    EXPECT_EQ(paid.at("amount").at("minor"), 1'234);
    EXPECT_EQ(stage.Moved("page-1"), "charge 1234 EUR\n");
}

TEST_F(AdyenAtItsDouble, ReadsTheResultThatTheBrowserBrings) {
    const Json begun = Session("back-1");
    const std::string to = Pay(begun, "4111111145551142").at("to");
    const Json back = stage.Ask("payment.continue/1",
                                {{"provider_id", begun.at("provider_id")},
                                 {"reference", "back-1"},
                                 {"query", {{"sessionResult", to.substr(to.rfind('=') + 1)}}}});
    EXPECT_EQ(back.at("state"), "captured") << back;
    // What somebody typed there is no result.
    const Json forged =
        stage.Ask("payment.continue/1", {{"provider_id", Session("back-2").at("provider_id")},
                                         {"reference", "back-2"},
                                         {"query", {{"sessionResult", "paid"}}}});
    EXPECT_EQ(forged.at("state"), "requires_action");
}

TEST_F(AdyenAtItsDouble, ChargesAKeptCardOnce) {
    const Json card = KeptCard("setup-1", "5555341244441115");
    EXPECT_EQ(card.at("last4"), "1115");
    const Json order = ProviderStage::Kept("kept-1", 990, card, "merchant_recurring");
    const Json paid = stage.Ask("payment.start/1", order);
    EXPECT_EQ(paid.at("state"), "captured");
    EXPECT_EQ(stage.Ask("payment.start/1", order).at("provider_id"), paid.at("provider_id"));
    // Of a key that was used for something else nobody may say what became of it.
    Json other = order;
    other["amount"]["minor"] = 9'990;
    EXPECT_EQ(stage.Call("payment.start/1", other).fate, Gateways::Fate::kUnknown);
    EXPECT_TRUE(stage.Hears("payment", "kept-1"));
    EXPECT_EQ(stage.Lookup("", "kept-1").at("state"), "captured");
    EXPECT_EQ(stage.Moved("kept-1"), "charge 990 EUR\n");
}

TEST_F(AdyenAtItsDouble, ConfirmsWithTheBank) {
    const Json card = KeptCard("setup-3", "4000000000000038");
    const Json off =
        stage.Ask("payment.start/1", ProviderStage::Kept("sca-1", 500, card, "merchant_recurring"));
    EXPECT_EQ(off.at("error").at("category"), "authentication_required") << off;
    const auto confirmed = [&](const char* reference, bool passes) {
        const Json begun = stage.Ask("payment.start/1", ProviderStage::Kept(reference, 500, card));
        EXPECT_EQ(begun.at("state"), "requires_action") << begun;
        const std::string url = begun.at("action").at("url");
        const Json result = stage.provider().Act(
            "challenge", {{"payment", url.substr(url.rfind('/') + 1)}, {"passes", passes}});
        return stage.Ask("payment.continue/1", {{"reference", reference}, {"query", result}});
    };
    EXPECT_EQ(confirmed("sca-2", true).at("state"), "captured");
    const Json refused = confirmed("sca-3", false);
    EXPECT_EQ(refused.at("state"), "declined");
    EXPECT_EQ(refused.at("error").at("reason"), "authentication_failed");
    EXPECT_EQ(stage.Moved("sca-1") + stage.Moved("sca-2") + stage.Moved("sca-3"),
              "charge 500 EUR\n");
}

// Of the signature's published example, right by Luhn's check digit; and one as of a card.
TEST_F(AdyenAtItsDouble, KeepsReferencesThatAreNothingButDigits) {
    int number = 0;
    for (const char* psp : {"7914073381342284", "4111111145551142"}) {
        const std::string reference = "digits-" + std::to_string(++number);
        const Json begun = Session(reference);
        stage.provider().Act("choose", {{"id", psp}});
        Pay(begun, "4111111145551142");
        EXPECT_TRUE(stage.Hears("payment", reference));
        const Json paid = stage.Lookup(begun.at("provider_id"), reference);
        EXPECT_EQ(paid.at("state"), "captured") << paid;
        EXPECT_EQ(stage.Refund(paid, "back-" + reference, 200).at("state"), "pending");
        EXPECT_EQ(stage.Lookup(psp, "another").at("provider_id"), psp);

        stage.provider().Act("choose", {{"id", psp}});
        const Json card = KeptCard("setup-" + reference, "5555341244441115");
        EXPECT_EQ(card.at("token"), psp);
        EXPECT_EQ(stage.Ask("payment.start/1", ProviderStage::Kept("kept-" + reference, 500, card))
                      .at("state"),
                  "captured");
    }
}

// Only the first event of a dispute names the payment; the later ones name what we call it.
TEST_F(AdyenAtItsDouble, FollowsADisputeToItsLastWord) {
    const Json begun = Session("dispute-1");
    Pay(begun, "4000000000000085");
    EXPECT_TRUE(stage.Hears("payment", "dispute-1"));
    EXPECT_TRUE(stage.Hears("dispute", "dispute-1"));
    const Json psp = stage.Lookup("", "dispute-1").at("provider_id");
    const auto held = [&] {
        return stage.Lookup(begun.at("provider_id"), "dispute-1").at("charged_back").at("minor");
    };
    EXPECT_EQ(held(), 1'234);
    for (const auto& [code, minor] :
         {std::pair("CHARGEBACK_REVERSED", 0), std::pair("SECOND_CHARGEBACK", 1'234)}) {
        stage.provider().Act("dispute", {{"payment", psp}, {"code", code}});
        EXPECT_TRUE(stage.Hears("dispute", "dispute-1"));
        EXPECT_EQ(held(), minor) << code;
    }
}

TEST_F(AdyenAtItsDouble, CapturesAndCancelsAndHearsOfIt) {
    const Json card = KeptCard("setup-m", "4111111145551142");
    const auto authorised = [&](const char* reference) {
        Json order = ProviderStage::Kept(reference, 2'000, card);
        order["capture"] = "manual";
        const Json result = stage.Ask("payment.start/1", order);
        EXPECT_EQ(result.at("state"), "authorised");
        EXPECT_TRUE(stage.Hears("payment", reference));
        EXPECT_EQ(stage.Lookup(result.at("provider_id"), reference).at("state"), "authorised");
        return result.at("provider_id");
    };
    const Json taken = authorised("hold-1");
    EXPECT_EQ(stage
                  .Ask("payment.capture/1", {{"idempotency_key", "key-of-capture-0123456789"},
                                             {"provider_id", taken},
                                             {"reference", "hold-1"},
                                             {"amount", {{"minor", 1'500}, {"currency", "EUR"}}}})
                  .at("state"),
              "pending");
    EXPECT_TRUE(stage.Hears("payment", "hold-1"));
    EXPECT_EQ(stage.Lookup(taken, "hold-1").at("captured").at("minor"), 1'500);
    const Json let_go = authorised("hold-2");
    stage.Ask("payment.cancel/1", {{"idempotency_key", "key-of-cancel-0123456789"},
                                   {"provider_id", let_go},
                                   {"reference", "hold-2"}});
    EXPECT_TRUE(stage.Hears("payment", "hold-2"));
    EXPECT_EQ(stage.Lookup(let_go, "hold-2").at("state"), "cancelled");
    EXPECT_EQ(stage.Moved("hold-1") + stage.Moved("hold-2"), "charge 1500 EUR\n");
}

TEST_F(AdyenAtItsDouble, GivesBackAndHearsWhetherItCame) {
    const Json begun = Session("refund-1");
    Pay(begun, "4000000000000093");
    EXPECT_TRUE(stage.Hears("payment", "refund-1"));
    const Json paid = stage.Lookup(begun.at("provider_id"), "refund-1");
    const Json refund = stage.Refund(paid, "part-1", 200);
    EXPECT_EQ(refund.at("state"), "pending") << refund;
    const auto state = [&](const Json& of, const char* reference) {
        return stage
            .Ask("refund.lookup/1",
                 {{"provider_id", of.at("provider_id")},
                  {"payment", begun.at("provider_id")},
                  {"reference", reference},
                  {"idempotency_key", std::string("key-of-") + reference + "-0123456789"}})
            .at("state");
    };
    EXPECT_TRUE(stage.Hears("refund", "part-1"));
    EXPECT_EQ(state(refund, "part-1"), "succeeded");
    EXPECT_TRUE(stage.Hears("refund", "part-1"));  // and it came back
    EXPECT_EQ(state(refund, "part-1"), "failed");
    const Json more = stage.Refund(paid, "part-2", 9'999);
    EXPECT_TRUE(stage.Hears("refund", "part-2"));
    EXPECT_EQ(state(more, "part-2"), "failed");
    EXPECT_EQ(stage.Moved("part-1") + stage.Moved("part-2"),
              "refund 200 EUR\nrefund_failure 200 EUR\n");
}

TEST_F(AdyenAtItsDouble, HearsOfDisputesAndLateFailures) {
    const Json begun = Session("dispute-1");
    Pay(begun, "4000000000000085");
    EXPECT_TRUE(stage.Hears("payment", "dispute-1"));
    EXPECT_TRUE(stage.Hears("dispute", "dispute-1"));
    const Json held = stage.Lookup(begun.at("provider_id"), "dispute-1");
    EXPECT_EQ(held.at("charged_back").at("minor"), 1'234);
    const Json failed = Session("late-1");
    Pay(failed, "4000000000000077");
    EXPECT_TRUE(stage.Hears("payment", "late-1"));
    EXPECT_TRUE(stage.Hears("payment", "late-1"));
    EXPECT_EQ(stage.Lookup(failed.at("provider_id"), "late-1").at("state"), "failed_late");
}

TEST_F(AdyenAtItsDouble, ForgetsACard) {
    const Json card = KeptCard("setup-d", "4111111145551142");
    const auto detach = [&](const char* key) {
        return stage.Ask("method.detach/1", {{"idempotency_key", key},
                                             {"token", card.at("token")},
                                             {"customer", card.at("customer")}});
    };
    EXPECT_TRUE(detach("key-of-detach-1-0123456789").empty());
    EXPECT_TRUE(detach("key-of-detach-2-0123456789").empty());
    EXPECT_EQ(stage.Ask("payment.start/1", ProviderStage::Kept("gone-1", 500, card)).at("state"),
              "declined");
}

TEST_F(AdyenAtItsDouble, TellsNothingOfWhatItWasNotTold) {
    const auto unasked = stage.Call("payment.lookup/1", {{"reference", "never-asked"}});
    EXPECT_EQ(unasked.fate, Gateways::Fate::kNothingSent);
    const std::string body = R"({"live":"false","notificationItems":[{"NotificationRequestItem":{
        "eventCode":"AUTHORISATION","pspReference":"X","merchantAccountCode":"HarborMerchant",
        "merchantReference":"never-asked","success":"true","amount":{"value":1,"currency":"EUR"},
        "additionalData":{"hmacSignature":"AAAA"}}}]})";
    const auto forged = stage.gateways().Receive(stage.tenant(), {"cards", "https://x", {}, body});
    ASSERT_FALSE(forged);
    EXPECT_EQ(forged.error().code, ErrorCode::kUnauthenticated);
    EXPECT_EQ(stage.Call("payment.lookup/1", {{"reference", "never-asked"}}).fate,
              Gateways::Fate::kNothingSent);
}

}  // namespace
}  // namespace livery::gateways::testing
