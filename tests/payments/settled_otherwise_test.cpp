// An invoice that was settled another way while its payer was on the provider's page: that page
// must not take the money any more.

#include <gtest/gtest.h>

#include "checkout.h"

namespace livery::payments::testing {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

class SettledOtherwise : public ::testing::Test {
 protected:
    // On the provider's page.
    Payment Waiting(std::int64_t cents) {
        invoice_ = checkout_.Charge(cents);
        checkout_.provider.Next(Does::kRequireAction);
        return **checkout_.Pay(invoice_, cents);
    }
    void Rounds(int rounds) {
        for (int i = 0; i < rounds; ++i) {
            checkout_.clock.Set(checkout_.clock.Now() + seconds(15));
            checkout_.janitor.Run(checkout_.tenant);
        }
    }
    // As whoever is on the page sees it.
    bool CanPay(const Payment& payment) {
        return checkout_.provider.Of(payment.reference)->state == "requires_action";
    }
    Payment Now(const Payment& payment) {
        return *PaymentRepository::Find(checkout_.database, checkout_.tenant.id, payment.id);
    }

    Checkout checkout_;
    InvoiceId invoice_;
};

TEST_F(SettledOtherwise, ItsPageIsClosedWithTheNextRound) {
    const Payment payment = Waiting(2500);
    Rounds(2);
    EXPECT_TRUE(CanPay(payment)) << "it is owed";
    checkout_.CreditOwed(invoice_, 2500);
    Rounds(1);
    EXPECT_FALSE(CanPay(payment));
    EXPECT_EQ(Now(payment).state, PaymentState::kCancelled);
    EXPECT_EQ(checkout_.Credit(), 0);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

TEST_F(SettledOtherwise, SoIsAPageThatAsksMoreThanIsLeft) {
    const Payment payment = Waiting(2500);
    checkout_.CreditOwed(invoice_, 1000);
    Rounds(1);
    EXPECT_FALSE(CanPay(payment));
    ASSERT_TRUE((*checkout_.Pay(invoice_, 1500)).has_value()) << "the rest can be paid";
    EXPECT_EQ(checkout_.Balance(invoice_), 0);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// The provider does not let go of it: it is asked once, and again when it is looked at anyway.
TEST_F(SettledOtherwise, IsAskedForOnceAndWithEachLookAfterThat) {
    const Payment payment = Waiting(2500);
    checkout_.provider.keeps_pages = true;
    checkout_.CreditOwed(invoice_, 2500);
    Rounds(20);
    EXPECT_EQ(checkout_.provider.cancellations, 1);
    EXPECT_TRUE(CanPay(payment));
    checkout_.clock.Set(*Now(payment).next_look_at);
    Rounds(3);
    EXPECT_EQ(checkout_.provider.cancellations, 2);
    // What comes all the same is the account's.
    checkout_.provider.CustomerPays(payment.reference);
    checkout_.LetTheJanitorFinish();
    EXPECT_EQ(Now(payment).state, PaymentState::kCaptured);
    EXPECT_EQ(checkout_.Credit(), 2500);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// Paid in the moment between: only what the provider says counts.
TEST_F(SettledOtherwise, WhatWasPaidBeforeItWasAskedIsTheAccountsCredit) {
    const Payment payment = Waiting(2500);
    checkout_.CreditOwed(invoice_, 2500);
    checkout_.provider.CustomerPays(payment.reference);
    Rounds(1);
    EXPECT_EQ(Now(payment).state, PaymentState::kCaptured);
    EXPECT_EQ(checkout_.Credit(), 2500);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

TEST_F(SettledOtherwise, IsLeftAloneWhereTheProviderTakesNothingBack) {
    const Payment payment = Waiting(2500);
    checkout_.provider.cancels = false;
    checkout_.CreditOwed(invoice_, 2500);
    const int calls = checkout_.provider.calls;
    Rounds(5);
    EXPECT_EQ(checkout_.provider.calls, calls);
    EXPECT_FALSE(Now(payment).let_go) << "nobody was asked";
    EXPECT_EQ(Now(payment).state, PaymentState::kRequiresAction);
}

}  // namespace
}  // namespace livery::payments::testing
