#include "domain/verdict.h"

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

const Currency kEuro = *Currency::Parse("EUR");
const Currency kDollar = *Currency::Parse("USD");
const Money kAsked(24995, kEuro);

Said Says(const std::string& state) { return {state, "ch_1", kAsked, {}, {}, {}}; }
Verdict Started(const Said& said) { return OfStart(kAsked, Fate::kAnswered, said); }
Verdict LookedUp(const Said& said) { return OfLookup(kAsked, "", Fate::kAnswered, said); }

TEST(VerdictOfAStart, TrustsTheHostAboutWhatLeft) {
    // Whatever a gateway that was cut off may have said.
    EXPECT_EQ(OfStart(kAsked, Fate::kNothingSent, Says("captured")).state, PaymentState::kFailed);
    EXPECT_EQ(OfStart(kAsked, Fate::kUnknown, Says("captured")).state, PaymentState::kUnknown);
    EXPECT_EQ(OfStart(kAsked, Fate::kAnswered, std::nullopt).state, PaymentState::kUnknown);
}

Said TurnedAway(const std::string& state, const std::string& category, std::string id = "") {
    Said said{state, std::move(id), {}, {}, {}, Refusal{}};
    said.refusal->category = category;
    return said;
}

// The first request was not dealt with, so nothing was taken; of what was sent before it says
// nothing.
TEST(VerdictOfARepeat, LearnsNothingFromBeingTurnedAway) {
    for (const char* category : {"rate_limited", "configuration", "unsupported", "invalid_request",
                                 "provider_unavailable", "not_found", "a word of tomorrow"}) {
        const Said said = TurnedAway("failed", category);
        EXPECT_EQ(OfRepeat(kAsked, "", Fate::kAnswered, said), Verdict{}) << category;
    }
    for (const char* category : {"rate_limited", "configuration"})
        EXPECT_EQ(Started(TurnedAway("failed", category)).state, PaymentState::kFailed);
    // Decided is what the provider names, or what it says of what was named before.
    for (const char* category : {"declined", "fraud_review", "authentication_required"}) {
        const Said nobodys = TurnedAway("declined", category);
        EXPECT_EQ(OfRepeat(kAsked, "", Fate::kAnswered, nobodys), Verdict{}) << category;
        EXPECT_EQ(OfRepeat(kAsked, "ch_1", Fate::kAnswered, nobodys).state,
                  PaymentState::kDeclined);
        EXPECT_EQ(
            OfRepeat(kAsked, "", Fate::kAnswered, TurnedAway("declined", category, "ch_1")).state,
            PaymentState::kDeclined);
    }
    EXPECT_EQ(
        OfRepeat(kAsked, "ch_1", Fate::kAnswered, TurnedAway("failed", "configuration", "ch_1"))
            .state,
        PaymentState::kFailed);
    EXPECT_EQ(OfRepeat(kAsked, "ch_1", Fate::kAnswered, TurnedAway("failed", "configuration")),
              Verdict{});
    EXPECT_EQ(OfRepeat(kAsked, "", Fate::kAnswered, Says("captured")).state,
              PaymentState::kCaptured);
}

TEST(VerdictOfALookup, LearnsNothingFromBeingTurnedAway) {
    for (const char* category : {"rate_limited", "configuration", "provider_unavailable"})
        EXPECT_EQ(LookedUp(TurnedAway("pending", category)), Verdict{}) << category;
    EXPECT_EQ(LookedUp(Says("pending")).state, PaymentState::kPending);
}

TEST(VerdictOfAStart, ReadsEveryWord) {
    for (const char* word : {"requires_action", "pending", "authorised", "captured", "declined",
                             "failed", "cancelled", "expired"})
        EXPECT_EQ(Started(Says(word)).state, PaymentStateFrom(word)) << word;
    for (const char* word : {"succeeded", "", "unknown", "held", "created"})
        EXPECT_EQ(Started(Says(word)).state, PaymentState::kPending) << word;
    EXPECT_EQ(Started(Says("not_found")).state, PaymentState::kUnknown);
    EXPECT_EQ(Started(Says("failed_late")).state, PaymentState::kUnknown);
    // What was given back is not this question's.
    EXPECT_EQ(Started(Says("refunded")).state, PaymentState::kCaptured);
}

TEST(VerdictOfAStart, TakesNoAmountOnTrust) {
    Said said = Says("captured");
    said.amount.reset();
    EXPECT_EQ(Started(said).state, PaymentState::kUnknown);
    said.amount = Money(24994, kEuro);
    EXPECT_EQ(Started(said).alarm, Alarm::kOtherAmount);
    EXPECT_EQ(Started(said).state, PaymentState::kHeld);
    said.amount = Money(24995, kDollar);
    EXPECT_EQ(Started(said).alarm, Alarm::kOtherAmount);
    // Also of what only may come to something.
    for (const char* word : {"requires_action", "pending", "authorised"}) {
        said.state = word;
        EXPECT_EQ(Started(said).state, PaymentState::kHeld) << word;
    }
}

TEST(VerdictOfAStart, KnowsWhatWasTakenFromWhatWasAsked) {
    EXPECT_EQ(Started(Says("captured")).processed, kAsked);
    Said said = Says("captured");
    said.captured = Money(1000, kEuro);
    EXPECT_EQ(Started(said).processed, Money(1000, kEuro));
    said.captured = Money(24996, kEuro);
    EXPECT_EQ(Started(said).alarm, Alarm::kTookMore);
    said.captured = Money(0, kEuro);
    EXPECT_EQ(Started(said).alarm, Alarm::kTookUnsaid);
    said.captured = Money(22544, kDollar);
    EXPECT_EQ(Started(said).processed, Money(22544, kDollar));
    said = Says("partly_captured");
    EXPECT_EQ(Started(said).alarm, Alarm::kTookUnsaid);
    said.captured = Money(1000, kEuro);
    EXPECT_EQ(Started(said).state, PaymentState::kPartlyCaptured);
}

TEST(VerdictOfAStart, LooksUpFailuresThatLeaveItOpen) {
    Said said = Says("failed");
    for (const char* category :
         {"provider_unavailable", "idempotency_conflict", "state_conflict", "not_found"}) {
        said.refusal = Refusal{category};
        EXPECT_EQ(Started(said).state, PaymentState::kUnknown) << category;
        EXPECT_EQ(LookedUp(said), Verdict{}) << category;
    }
    for (const char* category : {"invalid_request", "configuration", "rate_limited"}) {
        said.refusal = Refusal{category};
        EXPECT_EQ(Started(said).state, PaymentState::kFailed) << category;
    }
}

TEST(VerdictOfALookup, IsNothingWithoutAnAnswer) {
    EXPECT_EQ(OfLookup(kAsked, "", Fate::kNothingSent, Says("captured")), Verdict{});
    EXPECT_EQ(OfLookup(kAsked, "", Fate::kUnknown, std::nullopt), Verdict{});
    Said said = Says("captured");
    said.amount.reset();
    EXPECT_EQ(LookedUp(said), Verdict{});
}

TEST(VerdictOfALookup, TellsMissingFromFailed) {
    EXPECT_TRUE(LookedUp(Says("not_found")).is_missing);
    EXPECT_EQ(LookedUp(Says("not_found")).state, std::nullopt);
    EXPECT_FALSE(LookedUp(Says("failed")).is_missing);
    EXPECT_EQ(LookedUp(Says("failed")).state, PaymentState::kFailed);
    EXPECT_EQ(LookedUp(Says("failed_late")).state, PaymentState::kFailedLate);
}

TEST(VerdictOfALookup, HoldsWhatIsAnotherPayment) {
    EXPECT_EQ(OfLookup(kAsked, "ch_2", Fate::kAnswered, Says("captured")).alarm,
              Alarm::kOtherPayment);
    EXPECT_EQ(OfLookup(kAsked, "ch_1", Fate::kAnswered, Says("captured")).state,
              PaymentState::kCaptured);
}

TEST(SettledBy, IsWhatWasTakenOrTheWholeClaimInAnotherCurrency) {
    EXPECT_EQ(SettledBy(kAsked, Money(1000, kEuro)), Money(1000, kEuro));  // PA-01
    EXPECT_EQ(SettledBy(kAsked, Money(22544, kDollar)), kAsked);           // PA-05
}

}  // namespace
}  // namespace livery::payments
