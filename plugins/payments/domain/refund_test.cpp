#include "domain/refund.h"

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

using namespace std::chrono_literals;

const Currency kEuro = *Currency::Parse("EUR");
Money Cents(std::int64_t cents) { return {cents, kEuro}; }
const Instant kBegan = Instant(*ParseDate("2026-03-01"));
const ProviderHabits kHabits{60s, 24h, 24h};

Refund Begun(RefundState state = RefundState::kCreated) {
    return {.state = state, .amount = Cents(500), .began_at = kBegan, .sent_by = kBegan + 20s};
}
Said Says(const std::string& state) { return {state, "re_1", Cents(500), {}, {}, {}}; }
RefundState After(Refund refund, Fate fate, const std::optional<Said>& said, Source source) {
    Advance(refund, fate, said, source, kHabits, kBegan + 30s);
    return refund.state;
}

TEST(ARefund, IsWhatItsStartSays) {
    const auto started = [](const char* word) {
        return After(Begun(), Fate::kAnswered, Says(word), Source::kAnswer);
    };
    EXPECT_EQ(started("succeeded"), RefundState::kSucceeded);
    EXPECT_EQ(started("failed"), RefundState::kFailed);
    EXPECT_EQ(started("pending"), RefundState::kPending);
    EXPECT_EQ(started("on_its_way"), RefundState::kPending);
    EXPECT_EQ(started("not_found"), RefundState::kUnknown);
    EXPECT_EQ(After(Begun(), Fate::kNothingSent, {}, Source::kAnswer), RefundState::kFailed);
    EXPECT_EQ(After(Begun(), Fate::kUnknown, {}, Source::kAnswer), RefundState::kUnknown);
}

TEST(ARefund, OfAnotherAmountIsHeld) {
    Refund refund = Begun();
    Said said = Says("succeeded");
    said.amount = Cents(5000);
    const auto progress = Advance(refund, Fate::kAnswered, said, Source::kAnswer, kHabits, kBegan);
    EXPECT_EQ(refund.state, RefundState::kHeld);
    EXPECT_EQ(progress.alarm, "refund_other_amount");
    EXPECT_FALSE(progress.book || progress.release);
    said.amount.reset();
    EXPECT_EQ(After(Begun(), Fate::kAnswered, said, Source::kAnswer), RefundState::kUnknown);
}

TEST(ARefund, ThatIsUnknownIsLeftByALookupOnly) {
    EXPECT_EQ(
        After(Begun(RefundState::kUnknown), Fate::kAnswered, Says("succeeded"), Source::kAnswer),
        RefundState::kUnknown);
    EXPECT_EQ(
        After(Begun(RefundState::kUnknown), Fate::kAnswered, Says("succeeded"), Source::kLookup),
        RefundState::kSucceeded);
    EXPECT_EQ(After(Begun(RefundState::kUnknown), Fate::kNothingSent, {}, Source::kLookup),
              RefundState::kUnknown);
    Said open = Says("failed");
    open.refusal = Refusal{"provider_unavailable"};
    EXPECT_EQ(After(Begun(RefundState::kUnknown), Fate::kAnswered, open, Source::kLookup),
              RefundState::kUnknown);
}

// Turned away, or refused before it was looked for: that is nothing learned.
TEST(ARefund, IsNotMovedByALookupThatLearntNothing) {
    for (const char* state : {"pending", "failed"}) {
        for (const char* why : {"rate_limited", "configuration", "unsupported"}) {
            Said said = Says(state);
            said.amount.reset();
            said.refusal = Refusal{why};
            Refund refund = Begun(RefundState::kUnknown);
            const auto progress =
                Advance(refund, Fate::kAnswered, said, Source::kLookup, kHabits, kBegan + 30s);
            EXPECT_EQ(refund.state, RefundState::kUnknown) << state << " " << why;
            EXPECT_FALSE(progress.learned) << state << " " << why;
            EXPECT_EQ(refund.next_look_at, kBegan + 30s + 1min) << state << " " << why;
        }
    }
    Said refused = Says("pending");
    refused.refusal = Refusal{"rate_limited"};
    EXPECT_EQ(After(Begun(), Fate::kAnswered, refused, Source::kAnswer), RefundState::kUnknown);
    Said declined = Says("failed");
    declined.refusal = Refusal{"declined"};
    EXPECT_EQ(After(Begun(RefundState::kUnknown), Fate::kAnswered, declined, Source::kLookup),
              RefundState::kFailed);
}

TEST(ARefund, IsBookedOnceOrItsAmountIsFreeAgain) {
    Refund refund = Begun(RefundState::kPending);
    EXPECT_TRUE(
        Advance(refund, Fate::kAnswered, Says("succeeded"), Source::kLookup, kHabits, kBegan).book);
    EXPECT_FALSE(
        Advance(refund, Fate::kAnswered, Says("succeeded"), Source::kLookup, kHabits, kBegan).book);
    const RefundProgress late =
        Advance(refund, Fate::kAnswered, Says("failed"), Source::kLookup, kHabits, kBegan);
    EXPECT_FALSE(late.release);
    EXPECT_EQ(late.alarm, "refund_came_back") << "a person says what comes of it";
    EXPECT_EQ(refund.state, RefundState::kSucceeded);
    refund = Begun();
    EXPECT_TRUE(
        Advance(refund, Fate::kAnswered, Says("failed"), Source::kAnswer, kHabits, kBegan).release);
}

TEST(ARefund, IsDecidedByAPersonWhereNoMachineCan) {
    const auto decided = [](RefundState from, bool went_back) {
        Refund refund = Begun(from);
        return std::pair(Decide(refund, went_back), refund.state);
    };
    for (const RefundState open : {RefundState::kCreated, RefundState::kPending,
                                   RefundState::kUnknown, RefundState::kHeld}) {
        const auto [given, state] = decided(open, true);
        ASSERT_TRUE(given);
        EXPECT_TRUE(given->book && !given->release && !given->unbook);
        EXPECT_EQ(state, RefundState::kSucceeded);
        const auto [kept, failed] = decided(open, false);
        EXPECT_TRUE(kept->release && !kept->book && !kept->unbook);
        EXPECT_EQ(failed, RefundState::kFailed);
    }
    EXPECT_FALSE(decided(RefundState::kSucceeded, true).first);
    EXPECT_FALSE(decided(RefundState::kFailed, false).first);
    const auto went_after_all = decided(RefundState::kFailed, true);
    EXPECT_TRUE(went_after_all.first->book && went_after_all.first->retake);
    EXPECT_FALSE(went_after_all.first->release || went_after_all.first->unbook);
    EXPECT_EQ(went_after_all.second, RefundState::kSucceeded);
    const auto came_back = decided(RefundState::kSucceeded, false);
    EXPECT_TRUE(came_back.first->unbook && came_back.first->release);
    EXPECT_EQ(came_back.second, RefundState::kFailed);
}

TEST(ARefund, ThatIsMissingHasFailedOnceTheProviderMustSeeIt) {
    Refund refund = Begun(RefundState::kUnknown);
    Advance(refund, Fate::kAnswered, Says("not_found"), Source::kLookup, kHabits, kBegan + 80s);
    EXPECT_EQ(refund.state, RefundState::kUnknown);
    EXPECT_TRUE(
        Advance(refund, Fate::kAnswered, Says("not_found"), Source::kLookup, kHabits, kBegan + 81s)
            .release);
    refund = Begun(RefundState::kPending);
    Advance(refund, Fate::kAnswered, Says("not_found"), Source::kLookup, kHabits, kBegan + 10h);
    EXPECT_EQ(refund.state, RefundState::kPending);
}

Refund GivenUp() {
    Refund refund = Begun(RefundState::kUnknown);
    Advance(refund, Fate::kAnswered, Says("not_found"), Source::kLookup, kHabits, kBegan + 81s);
    return refund;
}
const Instant kDayLater = kBegan + 81s + 24h;

// A request that took the long way round must not be lost.
TEST(ARefund, ThatWasGivenUpIsLookedUpOnceMoreADayLater) {
    EXPECT_EQ(GivenUp().next_look_at, kDayLater);
    Refund refund = GivenUp();
    const auto still =
        Advance(refund, Fate::kAnswered, Says("not_found"), Source::kLookup, kHabits, kDayLater);
    EXPECT_EQ(refund.state, RefundState::kFailed);
    EXPECT_EQ(refund.next_look_at, std::nullopt);
    EXPECT_FALSE(still.book || still.release || still.retake || still.alarm);
    refund = GivenUp();
    Advance(refund, Fate::kUnknown, {}, Source::kLookup, kHabits, kDayLater);
    EXPECT_EQ(refund.next_look_at, kDayLater + 5min) << "nobody has said anything";
    refund = Begun();
    Advance(refund, Fate::kAnswered, Says("failed"), Source::kAnswer, kHabits, kBegan);
    EXPECT_EQ(refund.next_look_at, std::nullopt) << "its provider has said so";
}

// Its own call was slower than all others allowed.
TEST(ARefund, WhoseAnswerCameAfterItWasGivenUpIsAskedAboutAtOnce) {
    const Instant late = kBegan + 90s;
    Refund refund = GivenUp();
    Advance(refund, Fate::kAnswered, Says("succeeded"), Source::kAnswer, kHabits, late);
    EXPECT_EQ(refund.state, RefundState::kFailed);
    EXPECT_EQ(refund.next_look_at, late);
    refund = GivenUp();
    Advance(refund, Fate::kUnknown, {}, Source::kAnswer, kHabits, late);
    EXPECT_EQ(refund.state, RefundState::kFailed);
    EXPECT_TRUE(refund.next_look_at);
}

TEST(ARefund, ThatWentOutAfterAllIsBookedAndAPersonsCase) {
    Refund refund = GivenUp();
    const auto found =
        Advance(refund, Fate::kAnswered, Says("succeeded"), Source::kLookup, kHabits, kDayLater);
    EXPECT_EQ(refund.state, RefundState::kSucceeded);
    EXPECT_TRUE(found.book && found.retake && !found.release);
    EXPECT_EQ(found.alarm, "refund_late");
    EXPECT_EQ(refund.next_look_at, std::nullopt);
    refund = GivenUp();
    const auto under_way =
        Advance(refund, Fate::kAnswered, Says("pending"), Source::kLookup, kHabits, kDayLater);
    EXPECT_EQ(refund.state, RefundState::kPending);
    EXPECT_TRUE(under_way.retake && !under_way.book);
    EXPECT_TRUE(refund.next_look_at);
    refund = GivenUp();
    Said other = Says("succeeded");
    other.amount = Cents(400);
    EXPECT_EQ(Advance(refund, Fate::kAnswered, other, Source::kLookup, kHabits, kDayLater).alarm,
              "refund_other_amount");
    EXPECT_EQ(refund.state, RefundState::kHeld);
}

TEST(ARefund, ThatItsProviderNamedAndRefusedIsNotUnderWayAgain) {
    Refund refund = Begun(RefundState::kFailed);
    refund.provider_id = "re_1";
    EXPECT_EQ(After(refund, Fate::kAnswered, Says("pending"), Source::kLookup),
              RefundState::kFailed);
    EXPECT_EQ(After(refund, Fate::kAnswered, Says("succeeded"), Source::kAnswer),
              RefundState::kFailed);
    EXPECT_EQ(After(refund, Fate::kAnswered, Says("succeeded"), Source::kLookup),
              RefundState::kSucceeded);
    // It was booked, and a person has said by name that it came back.
    refund.receipt = "RC-2026-000002";
    EXPECT_EQ(After(refund, Fate::kAnswered, Says("succeeded"), Source::kLookup),
              RefundState::kFailed);
}

// By a program that asks every few seconds, as it is told to.
TEST(ARefund, IsLookedAtAsPlannedHoweverOftenSomebodyAsks) {
    Refund refund = Begun(RefundState::kUnknown);
    const Instant planned = kBegan + 35s;
    refund.next_look_at = planned;
    for (int asked = 0; asked < 10; ++asked)
        Advance(refund, Fate::kUnknown, {}, Source::kLookup, kHabits, kBegan + 25s);
    EXPECT_EQ(refund.looks, 0);
    EXPECT_EQ(refund.next_look_at, planned);
    Advance(refund, Fate::kUnknown, {}, Source::kLookup, kHabits, planned);
    EXPECT_EQ(refund.looks, 1);
    EXPECT_GT(refund.next_look_at, planned);
    Advance(refund, Fate::kAnswered, Says("succeeded"), Source::kLookup, kHabits, planned);
    EXPECT_FALSE(refund.next_look_at) << "what is over is not looked at";
}

TEST(ARefund, ThatIsNeverResolvedIsAPersonsCase) {
    Refund refund = Begun(RefundState::kUnknown);
    refund.looks = 30;
    EXPECT_EQ(
        Advance(refund, Fate::kUnknown, {}, Source::kLookup, kHabits, kBegan + 15 * 24h).alarm,
        "refund_unresolved");
}

TEST(APayment, IsCalledByWhatWasGivenBackOfIt) {
    Payment payment{.state = PaymentState::kCaptured,
                    .amount = Cents(1000),
                    .processed = Cents(1000),
                    .given_back = Cents(0)};
    EXPECT_EQ(AfterRefunds(payment, Cents(0)), PaymentState::kCaptured);
    EXPECT_EQ(AfterRefunds(payment, Cents(400)), PaymentState::kPartlyRefunded);
    EXPECT_EQ(AfterRefunds(payment, Cents(1000)), PaymentState::kRefunded);
    payment.state = PaymentState::kFailedLate;
    EXPECT_EQ(AfterRefunds(payment, Cents(400)), PaymentState::kFailedLate);
}

TEST(Refunds, AreReadAsTheyAreWritten) {
    for (const char* word : {"created", "pending", "succeeded", "failed", "unknown", "held"})
        EXPECT_EQ(ToString(*RefundStateFrom(word)), word);
    for (const char* word : {"refund", "chargeback", "reversal"})
        EXPECT_EQ(ToString(*RefundKindFrom(word)), word);
    EXPECT_EQ(RefundStateFrom("gone"), std::nullopt);
}

}  // namespace
}  // namespace livery::payments
