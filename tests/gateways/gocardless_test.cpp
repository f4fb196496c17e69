#include <gtest/gtest.h>

#include "provider_stage.h"

namespace livery::gateways::testing {
namespace {

class GoCardlessAtItsDouble : public ::testing::Test {
 protected:
    ProviderStage stage{{"gocardless",
                         "",
                         Json::object(),
                         {{"access_token", "sandbox_token"}, {"hook_key", "hook-secret"}}}};

    // A mandate on an account; its last two digits say what becomes of debits.
    Json Mandate(const std::string& reference, const char* account) {
        const Json begun = stage.Ask("setup.start/1", ProviderStage::SetUp(reference));
        EXPECT_EQ(begun.at("state"), "requires_action");
        const auto state = [&] {
            return stage.Ask("setup.lookup/1",
                             {{"provider_id", begun.at("provider_id")}, {"reference", reference}});
        };
        EXPECT_EQ(state().at("state"), "pending");
        const std::string url = begun.at("action").at("url");
        stage.provider().Act("pay",
                             {{"flow", url.substr(url.rfind('/') + 1)}, {"account", account}});
        const Json done = state();
        EXPECT_EQ(done.at("state"), "active") << done;
        return done.at("method");
    }
    Json Debit(const std::string& reference, const Json& mandate) {
        return stage.Ask("payment.start/1", ProviderStage::Kept(reference, 1'234, mandate));
    }
    void NextDay() { stage.provider().Act("day", Json::object()); }
};

TEST_F(GoCardlessAtItsDouble, DebitsUnderAMandate) {
    const Json mandate = Mandate("setup-1", "44779911 00");
    EXPECT_EQ(mandate.at("kind"), "bank_debit");
    const Json sent = Debit("debit-1", mandate);
    EXPECT_EQ(sent.at("state"), "pending");
    NextDay();
    NextDay();
    const Json taken = stage.Lookup(sent.at("provider_id"), "debit-1");
    EXPECT_EQ(taken.at("state"), "captured");
    EXPECT_EQ(taken.at("captured").at("minor"), 1'234);
    EXPECT_EQ(stage.Moved("debit-1"), "charge 1234 EUR\n");
    EXPECT_TRUE(stage.Hears("payment", "debit-1"));
}

TEST_F(GoCardlessAtItsDouble, AnswersARepeatWithWhatItMade) {
    const Json mandate = Mandate("setup-1", "4477991100");
    const Json first = Debit("debit-2", mandate);
    NextDay();
    NextDay();
    const Json again = Debit("debit-2", mandate);
    EXPECT_EQ(again.at("provider_id"), first.at("provider_id"));
    EXPECT_EQ(again.at("state"), "captured");
    stage.provider().KillAndRestart();
    EXPECT_EQ(Debit("debit-2", mandate).at("provider_id"), first.at("provider_id"));
    EXPECT_EQ(stage.Moved("debit-2"), "charge 1234 EUR\n");
}

TEST_F(GoCardlessAtItsDouble, TellsAnEarlyFailureFromALateOne) {
    const Json refused = Debit("fails-1", Mandate("setup-f", "4477991111"));
    const Json late = Debit("late-1", Mandate("setup-l", "4477991133"));
    const Json back = Debit("back-1", Mandate("setup-b", "4477991144"));
    NextDay();
    NextDay();
    const Json declined = stage.Lookup(refused.at("provider_id"), "fails-1");
    EXPECT_EQ(declined.at("state"), "declined");
    EXPECT_EQ(declined.at("error").at("reason"), "insufficient_funds");
    EXPECT_EQ(stage.Lookup(late.at("provider_id"), "late-1").at("state"), "captured");
    NextDay();
    const Json failed = stage.Lookup(late.at("provider_id"), "late-1");
    EXPECT_EQ(failed.at("state"), "failed_late");
    EXPECT_EQ(failed.at("error").at("reason"), "insufficient_funds");
    const Json disputed = stage.Lookup(back.at("provider_id"), "back-1");
    EXPECT_EQ(disputed.at("state"), "captured");
    EXPECT_EQ(disputed.at("charged_back").at("minor"), 1'234);
    EXPECT_EQ(stage.Moved("fails-1"), "");
    EXPECT_EQ(stage.Moved("late-1"), "charge 1234 EUR\nfailed_late 1234 EUR\n");
    EXPECT_EQ(stage.Moved("back-1"), "charge 1234 EUR\nchargeback 1234 EUR\n");
}

TEST_F(GoCardlessAtItsDouble, CancelsWhatWasNotSent) {
    const Json mandate = Mandate("setup-c", "4477991100");
    const auto cancel = [&](const Json& payment, const char* reference) {
        return stage.Ask("payment.cancel/1",
                         {{"idempotency_key", std::string("key-of-cancel-") + reference + "-0123"},
                          {"provider_id", payment.at("provider_id")},
                          {"reference", reference}});
    };
    const Json early = Debit("early-1", mandate);
    EXPECT_EQ(cancel(early, "early-1").at("state"), "cancelled");
    EXPECT_EQ(cancel(early, "early-1").at("state"), "cancelled");
    const Json sent = Debit("sent-1", mandate);
    NextDay();
    EXPECT_EQ(cancel(sent, "sent-1").at("error").at("category"), "state_conflict");
    NextDay();
    EXPECT_EQ(stage.Moved("early-1"), "");
    EXPECT_EQ(stage.Moved("sent-1"), "charge 1234 EUR\n");
}

TEST_F(GoCardlessAtItsDouble, GivesBackInPartsAndNeverMore) {
    const Json sent = Debit("refund-1", Mandate("setup-r", "4477991100"));
    NextDay();
    NextDay();
    EXPECT_EQ(stage.Refund(sent, "part-1", 200).at("state"), "pending");
    EXPECT_EQ(stage.Refund(sent, "part-1", 200).at("state"), "pending");
    EXPECT_EQ(stage.Refund(sent, "part-2", 1'035).at("error").at("category"), "state_conflict");
    EXPECT_EQ(stage.Refund(sent, "part-3", 1'034).at("state"), "pending");
    NextDay();
    const auto refund = [&](const char* reference) {
        return stage.Ask("refund.lookup/1",
                         {{"payment", sent.at("provider_id")},
                          {"reference", reference},
                          {"idempotency_key", std::string("key-of-") + reference + "-0123456789"}});
    };
    EXPECT_EQ(refund("part-1").at("state"), "succeeded");
    EXPECT_EQ(refund("part-2").at("state"), "not_found");
    EXPECT_EQ(stage.Lookup(sent.at("provider_id"), "refund-1").at("state"), "refunded");
    EXPECT_EQ(stage.Moved("part-1") + stage.Moved("part-3"), "refund 200 EUR\nrefund 1034 EUR\n");
}

TEST_F(GoCardlessAtItsDouble, DebitsNothingUnderAMandateThatEnded) {
    const Json mandate = Mandate("setup-e", "4477991100");
    const auto detach = [&](const char* key) {
        return stage.Ask("method.detach/1",
                         {{"idempotency_key", key}, {"token", mandate.at("token")}});
    };
    EXPECT_TRUE(detach("key-of-detach-1-0123456789").empty());
    EXPECT_TRUE(detach("key-of-detach-2-0123456789").empty());
    const Json refused = Debit("ended-1", mandate);
    EXPECT_EQ(refused.at("state"), "declined") << refused;
    EXPECT_EQ(refused.at("error").at("reason"), "mandate_revoked");
    EXPECT_TRUE(stage.Hears("method", "setup-e"));
}

TEST_F(GoCardlessAtItsDouble, ListsWhatWasMade) {
    const Json mandate = Mandate("setup-t", "4477991100");
    const Json sent = Debit("list-1", mandate);
    NextDay();
    NextDay();
    stage.Refund(sent, "list-2", 34);
    std::vector<std::string> seen;
    std::string cursor;
    do {
        Json ask{{"from", 0}, {"to", 4'000'000'000}};
        if (!cursor.empty()) ask["cursor"] = cursor;
        const Json page = stage.Ask("transactions.list/1", ask);
        for (const Json& one : page.at("transactions"))
            seen.push_back(one.at("kind").get<std::string>() + " " +
                           one.at("reference").get<std::string>());
        cursor = page.value("next", "");
    } while (!cursor.empty());
    EXPECT_EQ(seen, (std::vector<std::string>{"payment list-1", "refund list-2"}));
}

}  // namespace
}  // namespace livery::gateways::testing
