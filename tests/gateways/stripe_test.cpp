#include <gtest/gtest.h>

#include "provider_stage.h"

namespace livery::gateways::testing {
namespace {

class StripeAtItsDouble : public ::testing::Test {
 protected:
    ProviderStage stage{{"stripe",
                         "",
                         Json::object(),
                         {{"api_key", "sk_test_double"}, {"hook_key", "whsec_test"}}}};

    Json Session(const std::string& reference, bool keep = false) {
        Json order = ProviderStage::Order(reference, 1'234);
        order["keep_method"] = keep;
        return stage.Ask("payment.start/1", order);
    }
    Json Pay(const Json& begun, const char* number) {
        return stage.provider().Act("pay",
                                    {{"session", begun.at("provider_id")}, {"number", number}});
    }
    // A card that is kept, by a setup on the page.
    Json KeptCard(const std::string& reference, const char* number) {
        const Json begun = stage.Ask("setup.start/1", ProviderStage::SetUp(reference));
        EXPECT_EQ(begun.at("state"), "requires_action");
        Pay(begun, number);
        const Json done = stage.Ask(
            "setup.lookup/1", {{"provider_id", begun.at("provider_id")}, {"reference", reference}});
        EXPECT_EQ(done.at("state"), "active") << done;
        return done.at("method");
    }
};

TEST_F(StripeAtItsDouble, LetsACustomerPayOnItsPage) {
    const Json begun = Session("page-1");
    ASSERT_EQ(begun.at("state"), "requires_action");
    EXPECT_EQ(stage.Lookup(begun.at("provider_id"), "page-1").at("state"), "requires_action");
    // A card that is declined there is not the end of it.
    EXPECT_TRUE(Pay(begun, "4000000000009995").contains("error"));
    EXPECT_EQ(stage.Lookup(begun.at("provider_id"), "page-1").at("state"), "requires_action");
    EXPECT_EQ(stage.Moved("page-1"), "");
    Pay(begun, "4242424242424242");
    const Json paid = stage.Lookup(begun.at("provider_id"), "page-1");
    EXPECT_EQ(paid.at("state"), "captured");
    EXPECT_EQ(paid.at("provider_id"), begun.at("provider_id"));
    EXPECT_EQ(paid.at("amount"), (Json{{"minor", 1'234}, {"currency", "EUR"}}));
    EXPECT_EQ(paid.at("method").at("last4"), "4242");
    EXPECT_EQ(stage.Moved("page-1"), "charge 1234 EUR\n");
    EXPECT_TRUE(stage.Hears("payment", "page-1"));
}

TEST_F(StripeAtItsDouble, KeepsACardAndChargesItWithoutTheCustomer) {
    const Json card = KeptCard("setup-1", "4242424242424242");
    EXPECT_EQ(card.at("brand"), "visa");
    const Json order = ProviderStage::Kept("kept-1", 990, card, "merchant_recurring");
    const Json paid = stage.Ask("payment.start/1", order);
    EXPECT_EQ(paid.at("state"), "captured") << paid;
    // The same attempt again is the same payment.
    const Json again = stage.Ask("payment.start/1", order);
    EXPECT_EQ(again.at("provider_id"), paid.at("provider_id"));
    EXPECT_EQ(stage.Moved("kept-1"), "charge 990 EUR\n");
    // And found by our reference alone.
    EXPECT_EQ(stage.Lookup("", "kept-1").at("provider_id"), paid.at("provider_id"));
    EXPECT_EQ(stage.Lookup("", "never-asked").at("state"), "not_found");
}

TEST_F(StripeAtItsDouble, TellsADeclineFromTheNeedToConfirm) {
    const auto charged = [&](const char* reference, const char* number, const char* initiator) {
        const Json card = KeptCard(std::string("setup-") + reference, number);
        return stage.Ask("payment.start/1", ProviderStage::Kept(reference, 500, card, initiator));
    };
    const Json confirm = charged("sca-1", "4000002760003184", "merchant_recurring");
    EXPECT_EQ(confirm.at("state"), "declined");
    EXPECT_EQ(confirm.at("error").at("category"), "authentication_required");
    const Json sent_on = charged("sca-2", "4000002760003184", "customer");
    ASSERT_EQ(sent_on.at("state"), "requires_action") << sent_on;
    EXPECT_FALSE(sent_on.at("action").at("url").get<std::string>().empty());
    stage.provider().Act("challenge", {{"payment", sent_on.at("provider_id")}, {"passes", true}});
    EXPECT_EQ(stage.Lookup(sent_on.at("provider_id"), "sca-2").at("state"), "captured");
    const Json refused = charged("sca-3", "4000002760003184", "customer");
    stage.provider().Act("challenge", {{"payment", refused.at("provider_id")}, {"passes", false}});
    const Json failed = stage.Lookup(refused.at("provider_id"), "sca-3");
    EXPECT_EQ(failed.at("state"), "declined");
    EXPECT_EQ(failed.at("error").at("reason"), "authentication_failed");
    EXPECT_EQ(stage.Moved("sca-1") + stage.Moved("sca-3"), "");
}

TEST_F(StripeAtItsDouble, GivesBackInPartsAndNeverMore) {
    const Json begun = Session("refund-1");
    Pay(begun, "4242424242424242");
    const Json paid = stage.Lookup(begun.at("provider_id"), "refund-1");
    EXPECT_EQ(stage.Refund(paid, "back-1", 200).at("state"), "succeeded");
    EXPECT_EQ(stage.Refund(paid, "back-1", 200).at("state"), "succeeded");  // the same again
    const Json part = stage.Lookup(begun.at("provider_id"), "refund-1");
    EXPECT_EQ(part.at("state"), "partly_refunded");
    EXPECT_EQ(part.at("refunded").at("minor"), 200);
    EXPECT_EQ(stage.Refund(paid, "back-2", 1'035).at("state"), "failed");
    EXPECT_EQ(stage.Refund(paid, "back-3", 1'034).at("state"), "succeeded");
    EXPECT_EQ(stage.Lookup(begun.at("provider_id"), "refund-1").at("state"), "refunded");
    EXPECT_EQ(stage.Moved("back-1") + stage.Moved("back-2") + stage.Moved("back-3"),
              "refund 200 EUR\nrefund 1034 EUR\n");
    const Json found =
        stage.Ask("refund.lookup/1", {{"payment", begun.at("provider_id")},
                                      {"reference", "back-3"},
                                      {"idempotency_key", "key-of-back-3-0123456789"}});
    EXPECT_EQ(found.at("state"), "succeeded");
    EXPECT_EQ(stage
                  .Ask("refund.lookup/1", {{"payment", begun.at("provider_id")},
                                           {"reference", "back-9"},
                                           {"idempotency_key", "key-of-back-9-0123456789"}})
                  .at("state"),
              "not_found");
}

TEST_F(StripeAtItsDouble, CapturesByHandAndCancels) {
    const Json card = KeptCard("setup-m", "4242424242424242");
    const auto authorised = [&](const char* reference) {
        Json order = ProviderStage::Kept(reference, 2'000, card);
        order["capture"] = "manual";
        const Json result = stage.Ask("payment.start/1", order);
        EXPECT_EQ(result.at("state"), "authorised");
        return result.at("provider_id");
    };
    const Json capture = authorised("hold-1");
    const Json taken =
        stage.Ask("payment.capture/1", {{"idempotency_key", "key-of-capture-0123456789"},
                                        {"provider_id", capture},
                                        {"reference", "hold-1"},
                                        {"amount", {{"minor", 1'500}, {"currency", "EUR"}}}});
    EXPECT_EQ(taken.at("state"), "partly_captured");
    EXPECT_EQ(taken.at("captured").at("minor"), 1'500);
    EXPECT_EQ(stage.Moved("hold-1"), "charge 1500 EUR\n");
    const auto cancel = [&](const Json& id, const char* reference) {
        return stage.Ask("payment.cancel/1",
                         {{"idempotency_key", std::string("key-of-cancel-") + reference + "-0123"},
                          {"provider_id", id},
                          {"reference", reference}});
    };
    EXPECT_EQ(cancel(authorised("hold-2"), "hold-2").at("state"), "cancelled");
    // What was taken is not given back by a cancellation.
    EXPECT_EQ(cancel(capture, "hold-1").at("error").at("category"), "state_conflict");
    const Json page = Session("hold-3");
    EXPECT_EQ(cancel(page.at("provider_id"), "hold-3").at("state"), "cancelled");
    EXPECT_EQ(stage.Lookup(page.at("provider_id"), "hold-3").at("state"), "expired");
}

// Stripe's page keeps the intent of the card that it refused, and lets nobody else end it.
TEST_F(StripeAtItsDouble, CancelsAPageOnWhichACardWasDeclined) {
    const Json page = Session("left-1");
    EXPECT_TRUE(Pay(page, "4000000000000002").contains("error"));
    const auto cancel = [&](const Json& id, const char* key) {
        return stage.Ask("payment.cancel/1",
                         {{"idempotency_key", key}, {"provider_id", id}, {"reference", "left-1"}});
    };
    // The intent itself: whoever tries that learns what the double has learnt from Stripe.
    const Json intent = stage.Lookup("", "left-1").at("provider_id");
    EXPECT_EQ(cancel(intent, "key-of-cancel-left-intent").at("error").at("category"),
              "invalid_request");
    EXPECT_EQ(cancel(page.at("provider_id"), "key-of-cancel-left-page").at("state"), "cancelled");
    EXPECT_EQ(cancel(page.at("provider_id"), "key-of-cancel-left-page").at("state"), "cancelled");
    EXPECT_EQ(stage.Lookup(page.at("provider_id"), "left-1").at("state"), "expired");
    EXPECT_TRUE(Pay(page, "4242424242424242").contains("error"));
    EXPECT_EQ(stage.Moved("left-1"), "");
}

TEST_F(StripeAtItsDouble, CancelsWhatWasAuthorisedOnThePage) {
    Json order = ProviderStage::Order("held-page", 1'234);
    order["capture"] = "manual";
    const Json page = stage.Ask("payment.start/1", order);
    EXPECT_TRUE(Pay(page, "4000000000000002").contains("error"));
    Pay(page, "4242424242424242");
    EXPECT_EQ(stage.Lookup(page.at("provider_id"), "held-page").at("state"), "authorised");
    const Json cancelled =
        stage.Ask("payment.cancel/1", {{"idempotency_key", "key-of-cancel-held-page"},
                                       {"provider_id", page.at("provider_id")},
                                       {"reference", "held-page"}});
    EXPECT_EQ(cancelled.at("state"), "cancelled");
    EXPECT_EQ(cancelled.at("provider_id"), page.at("provider_id"));
}

TEST_F(StripeAtItsDouble, TellsWhatDisputesHold) {
    const Json begun = Session("dispute-1");
    Pay(begun, "4000000000000259");
    const Json held = stage.Lookup(begun.at("provider_id"), "dispute-1");
    EXPECT_EQ(held.at("state"), "captured");
    EXPECT_EQ(held.at("charged_back").at("minor"), 1'234);
    const Json intent = stage.Lookup("", "dispute-1").at("provider_id");
    stage.provider().Act("dispute", {{"payment", intent}, {"status", "won"}});
    EXPECT_EQ(stage.Lookup(begun.at("provider_id"), "dispute-1").at("charged_back").at("minor"), 0);
}

TEST_F(StripeAtItsDouble, SaysWhoseFaultItIs) {
    const Json small = stage.Ask("payment.start/1", ProviderStage::Order("small-1", 10));
    EXPECT_EQ(small.at("error").at("reason"), "amount_not_supported");
    const Json gone =
        stage.Ask("payment.start/1", ProviderStage::Kept("gone-1", 500, {{"token", "pm_nowhere"}}));
    EXPECT_EQ(gone.at("state"), "failed");
    EXPECT_EQ(gone.at("error").at("category"), "invalid_request");
    EXPECT_EQ(gone.at("error").at("field"), "payment_method");
    const Json card = KeptCard("setup-d", "4242424242424242");
    const auto detach = [&](const char* key) {
        return stage.Ask("method.detach/1", {{"idempotency_key", key},
                                             {"token", card.at("token")},
                                             {"customer", card.at("customer")}});
    };
    EXPECT_TRUE(detach("key-of-detach-1-0123456789").empty());
    EXPECT_TRUE(detach("key-of-detach-2-0123456789").empty());  // gone before
    const Json detached = stage.Ask("payment.start/1", ProviderStage::Kept("gone-2", 500, card));
    EXPECT_EQ(detached.at("state"), "declined");
    EXPECT_EQ(detached.at("error").at("hardness"), "hard") << "another method may be taken";
}

TEST_F(StripeAtItsDouble, ListsWhatMovedPageByPage) {
    const Json card = KeptCard("setup-l", "4242424242424242");
    for (int at = 0; at < 105; ++at)
        stage.Ask("payment.start/1",
                  ProviderStage::Kept("list-" + std::to_string(at), 500 + at, card));
    std::set<std::string> references;
    std::string cursor;
    do {
        Json ask{{"from", 0}, {"to", 4'000'000'000}};
        if (!cursor.empty()) ask["cursor"] = cursor;
        const Json page = stage.Ask("transactions.list/1", ask);
        for (const Json& one : page.at("transactions")) {
            EXPECT_EQ(one.at("kind"), "payment");
            references.insert(one.at("reference").get<std::string>());
        }
        cursor = page.value("next", "");
    } while (!cursor.empty());
    EXPECT_EQ(references.size(), 105U);
}

TEST_F(StripeAtItsDouble, HearsNoForgedEvent) {
    Pay(Session("event-1"), "4242424242424242");
    const auto real = stage.NextEvent();
    ASSERT_TRUE(real) << real.error().message;
    EXPECT_EQ(real->status, 200);
    const std::string body = R"({"id":"evt_1","data":{"object":{"object":"payment_intent"}}})";
    const std::map<std::string, std::string> headers{{"stripe-signature", "t=1,v1=00"}};
    const auto forged =
        stage.gateways().Receive(stage.tenant(), {"cards", "https://x", headers, body});
    ASSERT_FALSE(forged);
    EXPECT_EQ(forged.error().code, ErrorCode::kUnauthenticated);
}

TEST_F(StripeAtItsDouble, FindsAllAgainAfterTheProviderWasKilled) {
    const Json card = KeptCard("setup-k", "4242424242424242");
    const Json order = ProviderStage::Kept("killed-1", 700, card);
    const Json paid = stage.Ask("payment.start/1", order);
    stage.provider().KillAndRestart();
    EXPECT_EQ(stage.Lookup("", "killed-1").at("provider_id"), paid.at("provider_id"));
    EXPECT_EQ(stage.Ask("payment.start/1", order).at("provider_id"), paid.at("provider_id"));
    EXPECT_EQ(stage.Moved("killed-1"), "charge 700 EUR\n");
}

}  // namespace
}  // namespace livery::gateways::testing
