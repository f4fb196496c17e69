#include "api/pay_outcome.h"

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

using api::Finished;
using api::Json;
using api::Trouble;
using Key = Finished::Key;

Payment In(PaymentState state) {
    const Money ten(1000, *Currency::Parse("EUR"));
    return {.state = state, .amount = ten, .given_back = Money(0, ten.currency())};
}

int StatusOf(const Finished& finished) {
    const auto* trouble = std::get_if<Trouble>(&finished.answer);
    return trouble == nullptr ? 201 : trouble->status;
}

Finished Outcome(PaymentState state, std::optional<std::chrono::seconds> retry_after = {}) {
    return OutcomeOf(In(state), Json{{"id", "pay_1"}, {"decline", nullptr}}, retry_after);
}

// Case PA-10: PROCESSED, PENDING, ERROR, CANCELED, UNDEFINED.
TEST(PayOutcome, IsToldAsTheCaseSays) {
    EXPECT_EQ(StatusOf(Outcome(PaymentState::kCaptured)), 201);
    EXPECT_EQ(StatusOf(Outcome(PaymentState::kPending)), 201);
    EXPECT_EQ(StatusOf(Outcome(PaymentState::kDeclined)), 402);
    EXPECT_EQ(StatusOf(Outcome(PaymentState::kFailed)), 502);
    EXPECT_EQ(StatusOf(Outcome(PaymentState::kUnknown)), 503);
    EXPECT_EQ(StatusOf(Outcome(PaymentState::kCancelled)), 502);
}

TEST(PayOutcome, WhatCameToNothingIsNoSuccess) {
    for (const PaymentState over :
         {PaymentState::kCancelled, PaymentState::kExpired, PaymentState::kFailedLate}) {
        EXPECT_EQ(StatusOf(Outcome(over)), 502) << ToString(over);
        EXPECT_EQ(Outcome(over).key, Key::kKept) << ToString(over);
    }
}

TEST(PayOutcome, WhoWaitsForItsPayerIsWellBegun) {
    EXPECT_EQ(StatusOf(Outcome(PaymentState::kRequiresAction)), 201);
    EXPECT_EQ(StatusOf(Outcome(PaymentState::kAuthorised)), 201);
}

TEST(PayOutcome, OnlyWhatIsOverIsTheAnswerForGood) {
    EXPECT_EQ(Outcome(PaymentState::kCaptured).key, Key::kKept);
    EXPECT_EQ(Outcome(PaymentState::kDeclined).key, Key::kKept);
    EXPECT_EQ(Outcome(PaymentState::kFailed).key, Key::kFree);
    for (const PaymentState open :
         {PaymentState::kCreated, PaymentState::kUnknown, PaymentState::kHeld})
        EXPECT_EQ(Outcome(open).key, Key::kOpen) << ToString(open);
}

TEST(PayOutcome, OfARefundIsOpenUntilItIsKnown) {
    const auto outcome = [](RefundState state, bool is_repeat) {
        return OutcomeOf(Refund{.state = state, .amount = Money(500, *Currency::Parse("EUR"))},
                         Json{{"id", "ref_1"}}, is_repeat);
    };
    for (const bool again : {false, true}) {
        for (const RefundState done : {RefundState::kSucceeded, RefundState::kPending}) {
            EXPECT_EQ(StatusOf(outcome(done, again)), 201) << ToString(done);
            EXPECT_EQ(outcome(done, again).key, Key::kKept) << ToString(done);
        }
        EXPECT_EQ(StatusOf(outcome(RefundState::kUnknown, again)), 503);
        EXPECT_EQ(StatusOf(outcome(RefundState::kHeld, again)), 502);
        for (const RefundState open :
             {RefundState::kCreated, RefundState::kUnknown, RefundState::kHeld})
            EXPECT_EQ(outcome(open, again).key, Key::kOpen) << ToString(open);
    }
    EXPECT_EQ(outcome(RefundState::kFailed, false).key, Key::kFree);
    const Refund given_up{.state = RefundState::kFailed,
                          .amount = Money(500, *Currency::Parse("EUR")),
                          .next_look_at = Instant()};
    const Finished doubtful = OutcomeOf(given_up, Json{{"id", "ref_1"}}, false);
    EXPECT_EQ(StatusOf(doubtful), 503) << "somebody gave it up while its own call was under way";
    EXPECT_EQ(doubtful.key, Key::kOpen);
    EXPECT_EQ(outcome(RefundState::kFailed, true).key, Key::kKept)
        << "what was given up may have gone";
}

TEST(PayOutcome, OfAProviderThatIsKeptFromCallsSaysWhenToComeAgain) {
    const auto finished = Outcome(PaymentState::kFailed, std::chrono::seconds(30));
    const auto& trouble = std::get<Trouble>(finished.answer);
    EXPECT_EQ(trouble.status, 503);
    EXPECT_EQ(trouble.code, "error.provider_rests");
    EXPECT_EQ(trouble.retry_after, std::chrono::seconds(30));
    EXPECT_EQ(finished.key, Key::kFree);
}

TEST(PayOutcome, OfADeclineSaysWhatToDoNext) {
    Payment payment = In(PaymentState::kDeclined);
    const auto code = [&](const char* hardness, const char* advice) {
        payment.refusal = Refusal{"declined", "x", hardness, advice, {}, ""};
        const auto finished =
            OutcomeOf(payment, Json{{"decline", {{"class", "as shown"}}}}, std::nullopt);
        const auto& trouble = std::get<Trouble>(finished.answer);
        EXPECT_EQ(trouble.members.at("decline").at("class"), "as shown");
        return trouble.code;
    };
    EXPECT_EQ(code("soft", ""), "error.declined_soft");
    EXPECT_EQ(code("hard", "do_not_retry"), "error.declined_hard");
    EXPECT_EQ(code("", "authenticate"), "error.declined_authenticate");
}

TEST(PayOutcome, OfAMethodDependsOnWhetherItsOwnerCanGoOn) {
    PaymentMethod method;
    const auto status = [&](std::optional<std::chrono::seconds> rest = {}) {
        return StatusOf(OutcomeOf(method, Json::object(), rest));
    };
    EXPECT_EQ(status(), 503) << "nobody heard where to go";
    method.action_url = "https://pay.example/1";
    EXPECT_EQ(status(), 201);
    method.state = MethodState::kActive;
    EXPECT_EQ(status(), 201);
    method.state = MethodState::kFailed;
    EXPECT_EQ(status(), 502);
    EXPECT_EQ(status(std::chrono::seconds(5)), 503);
}

}  // namespace
}  // namespace livery::payments
