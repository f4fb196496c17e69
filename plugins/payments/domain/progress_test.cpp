#include "domain/progress.h"

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

const Currency kEuro = *Currency::Parse("EUR");
Money Cents(std::int64_t cents) { return {cents, kEuro}; }
const Instant kBegan = Instant(*ParseDate("2026-03-01"));
const ProviderHabits kHabits{60s, 24h, 24h};
const Verdict kMissing{std::nullopt, std::nullopt, std::nullopt, true};

Payment Begun(PaymentState state = PaymentState::kCreated, Origin origin = Origin::kCustomer) {
    return {.origin = origin,
            .state = state,
            .amount = Cents(5000),
            .given_back = Cents(0),
            .began_at = kBegan,
            .sent_by = kBegan + 20s};
}
Verdict Captured(std::int64_t cents = 5000) {
    return {PaymentState::kCaptured, Cents(cents), std::nullopt, false};
}

TEST(ProgressToMoney, IsRecordedOnceAndFreesTheInvoices) {
    Payment payment = Begun();
    const Progress progress = Advance(payment, Captured(), Source::kAnswer, kHabits, kBegan);
    EXPECT_EQ(progress.record, Cents(5000));
    EXPECT_TRUE(progress.frees_invoices);
    EXPECT_EQ(payment.next_look_at, std::nullopt);
    const Progress again = Advance(payment, Captured(), Source::kLookup, kHabits, kBegan);
    EXPECT_EQ(again.record, std::nullopt);
    EXPECT_FALSE(again.frees_invoices);
    EXPECT_EQ(payment.Refundable(), Cents(5000));
}

// The bank took it back before anybody looked: of what was never booked nothing is reversed, and
// its invoice is free.
TEST(WhatIsUnderWay, IsOverWhenItWasTakenAndLostBetweenTwoLooks) {
    const Verdict late{PaymentState::kFailedLate, std::nullopt, std::nullopt, false};
    for (const PaymentState state :
         {PaymentState::kCreated, PaymentState::kRequiresAction, PaymentState::kPending,
          PaymentState::kAuthorised, PaymentState::kUnknown}) {
        Payment payment = Begun(state);
        const Progress progress = Advance(payment, late, Source::kLookup, kHabits, kBegan + 1h);
        EXPECT_EQ(payment.state, PaymentState::kFailed) << ToString(state);
        EXPECT_TRUE(progress.frees_invoices);
        EXPECT_FALSE(progress.take_back);
        EXPECT_EQ(payment.next_look_at, std::nullopt);
    }
    Payment held = Begun(PaymentState::kHeld);
    Advance(held, late, Source::kLookup, kHabits, kBegan + 1h);
    EXPECT_EQ(held.state, PaymentState::kHeld) << "a person decides";
}

// Its key could ask once more, and somebody knows already.
TEST(WhatIsUnknown, IsDecidedByWhoeverKnows) {
    ProviderHabits blind = kHabits;
    blind.finds_by_reference = false;
    for (const Source source : {Source::kPerson, Source::kLookup, Source::kRepeat}) {
        Payment payment = Begun(PaymentState::kUnknown, Origin::kAutomatic);
        const Verdict failed{PaymentState::kFailed, std::nullopt, std::nullopt, false};
        const Progress progress = Advance(payment, failed, source, blind, kBegan + 2h);
        EXPECT_EQ(payment.state, PaymentState::kFailed);
        EXPECT_TRUE(progress.frees_invoices);
        EXPECT_FALSE(progress.may_send_again);
    }
    Payment payment = Begun(PaymentState::kUnknown, Origin::kAutomatic);
    EXPECT_EQ(Advance(payment, Captured(), Source::kLookup, blind, kBegan + 2h).record,
              Cents(5000));
}

// A provider that finds nothing by our reference answers a key with what it did under it.
TEST(WhatIsUnknown, IsAskedAboutByItsKeyWhereThereIsNoOtherQuestion) {
    ProviderHabits blind = kHabits;
    blind.finds_by_reference = false;
    const auto again = [&](Payment payment, Instant now) {
        return Advance(payment, {}, Source::kLookup, blind, now).may_send_again;
    };
    const Payment customers = Begun(PaymentState::kUnknown);
    const Payment automatic = Begun(PaymentState::kUnknown, Origin::kAutomatic);
    EXPECT_TRUE(again(customers, kBegan + 35s));
    EXPECT_TRUE(again(automatic, kBegan + 35s));
    // As long as it may still be on its way nobody sends it twice.
    EXPECT_FALSE(again(customers, kBegan + 20s));
    // Who waited so long has gone, or paid otherwise; a machine has not.
    EXPECT_FALSE(again(customers, kBegan + 16min));
    EXPECT_TRUE(again(automatic, kBegan + 16min));
    EXPECT_FALSE(again(automatic, kBegan + 24h));
    // What it has named it can be asked about.
    Payment named = customers;
    named.provider_id = "p1";
    EXPECT_FALSE(again(named, kBegan + 35s));
    EXPECT_FALSE(again(Begun(PaymentState::kPending), kBegan + 35s));
}

// Case PA-01.
TEST(ProgressToMoney, RecordsWhatWasTaken) {
    Payment payment = Begun();
    EXPECT_EQ(Advance(payment, Captured(1000), Source::kAnswer, kHabits, kBegan).record,
              Cents(1000));
    EXPECT_EQ(payment.Refundable(), Cents(1000));
}

TEST(WhatIsUnknown, IsNotLeftByAnAnswerThatComesLate) {
    Payment payment = Begun(PaymentState::kUnknown);
    EXPECT_EQ(Advance(payment, Captured(), Source::kAnswer, kHabits, kBegan).record, std::nullopt);
    EXPECT_EQ(payment.state, PaymentState::kUnknown);
    EXPECT_EQ(Advance(payment, Captured(), Source::kLookup, kHabits, kBegan).record, Cents(5000));
}

// The janitor was faster than the answer: it found nothing, and gave the payment up.
TEST(WhatWasGivenUp, IsLookedUpAtOnceWhenAnAnswerSaysOtherwise) {
    Payment payment = Begun(PaymentState::kFailed);
    payment.next_look_at = kBegan + days(1);
    EXPECT_EQ(Advance(payment, Captured(), Source::kAnswer, kHabits, kBegan).record, std::nullopt);
    EXPECT_EQ(payment.state, PaymentState::kFailed);
    EXPECT_EQ(payment.next_look_at, kBegan);
}

TEST(WhatWasGivenUp, KeepsItsLastLookUntilThen) {
    Payment payment = Begun(PaymentState::kFailed);
    payment.next_look_at = kBegan + days(1);
    Advance(payment, kMissing, Source::kLookup, kHabits, kBegan + 1h);
    EXPECT_EQ(payment.next_look_at, kBegan + days(1));
    Advance(payment, {}, Source::kLookup, kHabits, kBegan + days(1));
    EXPECT_EQ(payment.next_look_at, std::nullopt);
}

TEST(WhatIsUnknown, KeepsItsInvoicesAndIsLookedUpAgain) {
    Payment payment = Begun();
    const Verdict unknown{PaymentState::kUnknown, std::nullopt, std::nullopt, false};
    EXPECT_FALSE(Advance(payment, unknown, Source::kAnswer, kHabits, kBegan).frees_invoices);
    EXPECT_EQ(payment.next_look_at, kBegan + 15s);
    Advance(payment, {}, Source::kLookup, kHabits, kBegan + 15s);
    EXPECT_EQ(payment.next_look_at, kBegan + 75s);
}

TEST(WhatIsMissing, IsNotChargedOnceTheProviderMustSeeIt) {
    Payment payment = Begun(PaymentState::kUnknown);
    Progress progress = Advance(payment, kMissing, Source::kLookup, kHabits, kBegan + 80s);
    EXPECT_EQ(payment.state, PaymentState::kUnknown);
    progress = Advance(payment, kMissing, Source::kLookup, kHabits, kBegan + 81s);
    EXPECT_EQ(payment.state, PaymentState::kFailed);
    EXPECT_TRUE(progress.frees_invoices);
    // And once more, in case it comes after all.
    EXPECT_EQ(payment.next_look_at, kBegan + 81s + days(1));
    Advance(payment, kMissing, Source::kLookup, kHabits, kBegan + days(2));
    EXPECT_EQ(payment.next_look_at, std::nullopt);
}

TEST(WhatIsMissing, AndIsFoundAfterAllIsBookedAndShown) {
    Payment payment = Begun(PaymentState::kFailed);
    const Progress progress =
        Advance(payment, Captured(), Source::kLookup, kHabits, kBegan + days(1));
    EXPECT_EQ(progress.record, Cents(5000));
    EXPECT_EQ(progress.alarm, "late_success");
    EXPECT_FALSE(progress.frees_invoices);
}

TEST(WhatIsMissing, IsSentAgainByItselfInsideTheWindowOnly) {
    Payment payment = Begun(PaymentState::kUnknown, Origin::kAutomatic);
    EXPECT_TRUE(Advance(payment, kMissing, Source::kLookup, kHabits, kBegan + 81s).may_send_again);
    EXPECT_EQ(payment.state, PaymentState::kUnknown);
    EXPECT_FALSE(Advance(payment, kMissing, Source::kLookup, kHabits, kBegan + 23h).may_send_again);
    EXPECT_EQ(payment.state, PaymentState::kFailed);
}

TEST(WhatIsMissing, WasThereBefore) {
    Payment payment = Begun(PaymentState::kPending);
    Advance(payment, kMissing, Source::kLookup, kHabits, kBegan + 10h);
    EXPECT_EQ(payment.state, PaymentState::kPending);
}

TEST(WhatIsNeverResolved, IsAPersonsCaseAfterFourteenDays) {
    for (const PaymentState state : {PaymentState::kUnknown, PaymentState::kPending}) {
        Payment payment = Begun(state);
        payment.looks = 30;
        EXPECT_EQ(Advance(payment, {}, Source::kLookup, kHabits, kBegan + days(12)).alarm,
                  std::nullopt);
        EXPECT_EQ(Advance(payment, {}, Source::kLookup, kHabits, kBegan + days(15)).alarm,
                  "unresolved");
        EXPECT_EQ(payment.next_look_at, std::nullopt);
        EXPECT_TRUE(IsUnderWay(payment.state));
    }
}

TEST(WhatContradicts, IsHeldForAPersonAndKeepsItsInvoices) {
    Payment payment = Begun();
    const Verdict held{PaymentState::kHeld, std::nullopt, Alarm::kOtherAmount, false};
    const Progress progress = Advance(payment, held, Source::kAnswer, kHabits, kBegan);
    EXPECT_EQ(progress.alarm, "other_amount");
    EXPECT_FALSE(progress.frees_invoices);
    EXPECT_EQ(progress.record, std::nullopt);
    EXPECT_EQ(payment.next_look_at, std::nullopt);
    const Progress decided = Advance(payment, Captured(), Source::kPerson, kHabits, kBegan);
    EXPECT_EQ(decided.record, Cents(5000));
    EXPECT_TRUE(decided.frees_invoices);
}

TEST(WhatFailsLate, IsTakenBack) {
    Payment payment = Begun();
    Advance(payment, Captured(), Source::kAnswer, kHabits, kBegan);
    const Verdict late{PaymentState::kFailedLate, std::nullopt, std::nullopt, false};
    EXPECT_TRUE(Advance(payment, late, Source::kLookup, kHabits, kBegan + days(3)).take_back);
    EXPECT_FALSE(Advance(payment, late, Source::kLookup, kHabits, kBegan + days(4)).take_back);
    EXPECT_EQ(payment.Refundable(), Cents(0));
}

}  // namespace
}  // namespace livery::payments
