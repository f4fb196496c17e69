// Refunds, chargebacks, and what comes back late. The judge is the provider's own ledger.

#include "given_back.h"

#include "app/cases.h"
#include "app/dunning.h"
#include "domain/progress.h"

namespace livery::payments::testing {
namespace {

// Case RP-10, without a note.
TEST_F(GivenBack, IsOwedAgainWithoutACreditNote) {
    const Payment payment = Paid(10000);
    EXPECT_EQ(Give(payment, 1000), "succeeded");
    EXPECT_EQ(checkout_.Balance(invoice_), 1000);
    EXPECT_EQ(checkout_.provider.Refunded(), 1000);
    EXPECT_EQ(Now(payment).state, PaymentState::kPartlyRefunded);
    EXPECT_EQ(Now(payment).Refundable(), checkout_.Euros(9000));
    EXPECT_EQ(RefundsOf(payment)[0].receipt, "RC-2026-000002");
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// Case RP-10, with one.
TEST_F(GivenBack, IsNotOwedAgainWithACreditNote) {
    const Payment payment = Paid(10000);
    Refunds::Wish wish = Wish(payment, 1000);
    wish.noted = invoice_;
    ASSERT_TRUE(refunds_.Give(checkout_.tenant, wish).has_value());
    EXPECT_EQ(checkout_.Balance(invoice_), 0);
    EXPECT_EQ(checkout_.Credit(), 0);
    EXPECT_EQ(checkout_.provider.Refunded(), 1000);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

TEST_F(GivenBack, IsNeverMoreThanWasTaken) {
    const Payment payment = Paid(10000);
    EXPECT_EQ(Give(payment, 10001), "error.more_than_paid");
    EXPECT_EQ(Give(payment, 0), "error.amount");
    EXPECT_EQ(Give(payment, 6000), "succeeded");
    EXPECT_EQ(Give(payment, 4001), "error.more_than_paid");
    EXPECT_EQ(Give(payment, 4000), "succeeded");
    EXPECT_EQ(Now(payment).state, PaymentState::kRefunded);
    EXPECT_EQ(Give(payment, 1), "error.more_than_paid");
    EXPECT_EQ(checkout_.provider.Refunded(), 10000);
}

// What is on its way counts, too.
TEST_F(GivenBack, IsNeverMoreThanWasTakenWhileNobodyKnows) {
    const Payment payment = Paid(10000);
    checkout_.provider.Next(Does::kHangCharged);
    EXPECT_EQ(Give(payment, 6000), "unknown");
    EXPECT_EQ(Give(payment, 6000), "error.more_than_paid");
    LetTheRefundsFinish(payment);
    EXPECT_EQ(checkout_.provider.Refunded(), 6000);
    EXPECT_EQ(checkout_.Balance(invoice_), 6000);
    checkout_.provider.Next(Does::kDecline);
    EXPECT_EQ(Give(payment, 4000), "failed");
    EXPECT_EQ(Now(payment).Refundable(), checkout_.Euros(4000));
}

TEST_F(GivenBack, IsNeitherLostNorDoubledWhereverItIsCutOff) {
    for (const Does does :
         {Does::kCapture, Does::kNothingSent, Does::kHangCharged, Does::kHangUncharged,
          Does::kDieBefore, Does::kDieAfter, Does::kDecline}) {
        for (const Dies dies : {Dies::kNever, Dies::kBeforeCommit, Dies::kAfterCommit,
                                Dies::kCommitLost, Dies::kCommitUnheard}) {
            for (int commit = 0; commit < 2; ++commit) {
                SCOPED_TRACE(static_cast<int>(does) * 100 + static_cast<int>(dies) * 10 + commit);
                const std::int64_t before = checkout_.provider.Refunded();
                const Payment payment = Paid(3000);
                checkout_.provider.Next(does);
                checkout_.database.At(commit, dies);
                Give(payment, 1000);
                LetTheRefundsFinish(payment);
                checkout_.provider.Next(Does::kCapture);
                checkout_.database.At(-1, Dies::kNever);
                const std::int64_t back = checkout_.provider.Refunded() - before;
                EXPECT_EQ(checkout_.Balance(invoice_), back);
                EXPECT_EQ(Now(payment).Refundable(), checkout_.Euros(3000 - back));
                EXPECT_EQ(Now(payment).state,
                          back == 0 ? PaymentState::kCaptured : PaymentState::kPartlyRefunded);
                EXPECT_LE(back, 1000);
                // Paid again, so that the next one begins with nothing owed.
                if (back > 0) {
                    EXPECT_TRUE((*checkout_.Pay(invoice_, back)).has_value());
                }
            }
        }
    }
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// A lookup does not see it for longer than the provider promises.
TEST_F(GivenBack, WhatWentOutAfterItWasGivenUpIsBooked) {
    const Payment payment = Paid(10000);
    checkout_.provider.refunds_are_seen_after = std::chrono::hours(3);
    checkout_.provider.Next(Does::kHangCharged);
    EXPECT_EQ(Give(payment, 1000), "unknown");
    for (int look = 0; look < 3; ++look) {
        checkout_.clock.Set(checkout_.clock.Now() + std::chrono::minutes(10));
        refunds_.LookUpDue(checkout_.tenant);
    }
    ASSERT_EQ(RefundsOf(payment)[0].state, RefundState::kFailed);
    EXPECT_EQ(Now(payment).Refundable(), checkout_.Euros(10000));
    LetTheRefundsFinish(payment);
    EXPECT_EQ(RefundsOf(payment)[0].state, RefundState::kSucceeded);
    EXPECT_EQ(Now(payment).Refundable(), checkout_.Euros(9000));
    EXPECT_EQ(Now(payment).state, PaymentState::kPartlyRefunded);
    EXPECT_EQ(checkout_.Balance(invoice_), 1000);
    ASSERT_EQ(checkout_.Cases().size(), 1U);
    EXPECT_EQ(checkout_.Cases().front().kind, "refund_late");
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// Case PA-02.
TEST_F(GivenBack, ByTheBankIsOwedUntilTheBankGivesItBack) {
    invoice_ = checkout_.Charge(24995);
    checkout_.provider.Next(Does::kCapturePart);
    const auto paid = checkout_.Pay(invoice_, 24995);
    EXPECT_EQ(checkout_.Balance(invoice_), 23995);
    ASSERT_TRUE(refunds_.ChargeBack(checkout_.tenant, Wish(**paid, 1000)).has_value());
    EXPECT_EQ(checkout_.Balance(invoice_), 24995);
    EXPECT_FALSE(refunds_.ChargeBack(checkout_.tenant, Wish(**paid, 1)).has_value());
    ASSERT_TRUE(refunds_.Reverse(checkout_.tenant, Wish(**paid, 1000)).has_value());
    EXPECT_EQ(checkout_.Balance(invoice_), 23995);
    EXPECT_FALSE(refunds_.Reverse(checkout_.tenant, Wish(**paid, 1)).has_value());
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// Case PA-02, as the provider tells it: by what the bank holds now, whatever the event said.
TEST_F(GivenBack, FollowsWhatTheBankHolds) {
    const Payment payment = Paid(24995);
    const auto holds = [&](const char* event, std::int64_t cents) {
        checkout_.provider.BankHolds(payment.reference, cents);
        EXPECT_EQ(Event(event, "dispute", payment.reference), "202[accepted]");
        EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
        return checkout_.Balance(invoice_);
    };
    EXPECT_EQ(holds("opened", 1000), 1000);
    EXPECT_EQ(holds("told-again", 1000), 1000);
    EXPECT_EQ(holds("won", 0), 0);
    EXPECT_EQ(holds("second", 24995), 24995);
    EXPECT_EQ(RefundsOf(payment).size(), 3U);
    ASSERT_EQ(checkout_.Cases().size(), 1U);
    EXPECT_EQ(checkout_.Cases().front().kind, "dispute");
    // More than there was is for a person.
    EXPECT_EQ(holds("odd", 30000), 24995);
    EXPECT_EQ(checkout_.Cases().size(), 2U);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// Case PA-05.
TEST_F(GivenBack, InAnotherCurrencyThanItWasAskedSettlesTheWholeClaim) {
    invoice_ = checkout_.Charge(24995);
    checkout_.provider.Next(Does::kOtherCurrency);
    const auto paid = checkout_.Pay(invoice_, 24995);
    EXPECT_EQ(checkout_.Balance(invoice_), 0);
    EXPECT_EQ((*paid)->processed->currency().code(), "USD");
    ASSERT_EQ(checkout_.Cases().size(), 1U) << "what it is worth a person sees";
    EXPECT_EQ(checkout_.Cases()[0].kind, "took_other_currency");
    ASSERT_TRUE(refunds_.ChargeBack(checkout_.tenant, Wish(**paid, 24995)).has_value());
    EXPECT_EQ(checkout_.Balance(invoice_), 24995);
}

TEST_F(GivenBack, ADebitThatFailsLateIsOwedAgain) {
    const Payment payment = Paid(2500);
    checkout_.provider.BankTakesBack(payment.reference);
    EXPECT_EQ(Event("late", "payment", payment.reference), "202[accepted]");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
    EXPECT_EQ(Now(payment).state, PaymentState::kFailedLate);
    EXPECT_EQ(checkout_.Balance(invoice_), 2500);
    EXPECT_EQ(Give(payment, 1), "error.more_than_paid");
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// At the provider's own pages somebody sends it to the bank once more.
TEST_F(GivenBack, ADebitThatFailedLateAndIsTakenAgainWaitsForAPerson) {
    const Payment payment = Paid(2500);
    const auto happens = [&](const char* id) {
        Event(id, "payment", payment.reference);
        EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
    };
    checkout_.provider.BankTakesBack(payment.reference);
    happens("late");
    Dunning dunning(checkout_.ports);
    const Date overdue = checkout_.DueDay(invoice_) + std::chrono::days(1);
    const auto dunned = [&] {
        return dunning.OverdueOf(checkout_.tenant, checkout_.account, overdue).size();
    };
    EXPECT_EQ(dunned(), 1U);
    checkout_.provider.TakesAgain(payment.reference);
    happens("again");
    EXPECT_EQ(Now(payment).state, PaymentState::kFailedLate);
    ASSERT_EQ(checkout_.Cases().size(), 1U);
    EXPECT_EQ(checkout_.Cases()[0].kind, kTakenAgain);
    EXPECT_EQ(checkout_.Balance(invoice_), 2500);
    EXPECT_EQ(dunned(), 0U) << "nobody is asked for what may be there";
    const ClosedCase seen{payment.id, kTakenAgain, "J. Roe", "Booked by hand"};
    ASSERT_TRUE(CloseCase(checkout_.ports, checkout_.tenant, seen).has_value());
    EXPECT_EQ(dunned(), 1U);
    happens("once more");
    EXPECT_TRUE(checkout_.Cases().empty()) << "it was seen to";
}

// A refund is on its way when its debit fails: only what the books have is taken back.
TEST_F(GivenBack, ADebitThatFailsLateIsTakenBackWholeWhileARefundIsOnItsWay) {
    for (const bool went : {false, true}) {
        const Payment payment = Paid(10000);
        checkout_.provider.RefundsAre("pending");
        EXPECT_EQ(Give(payment, 3000), "pending");
        checkout_.provider.BankTakesBack(payment.reference);
        Event(went ? "late-1" : "late-0", "payment", payment.reference);
        EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
        EXPECT_EQ(checkout_.Balance(invoice_), 10000) << "nothing of it is there";
        EXPECT_TRUE(checkout_.Cases().empty()) << "nothing is lost yet";
        checkout_.provider.RefundBecomes(went ? "succeeded" : "failed");
        LetTheRefundsFinish(payment);
        EXPECT_EQ(checkout_.Balance(invoice_), 10000);
        EXPECT_EQ(checkout_.Credit(), 0);
        EXPECT_EQ(Now(payment).given_back, checkout_.Euros(10000));
        ASSERT_EQ(checkout_.Cases().size(), went ? 1U : 0U);
        EXPECT_EQ(checkout_.BrokenInvariants(), "");
        EXPECT_TRUE((*checkout_.Pay(invoice_, 10000)).has_value());
    }
    EXPECT_EQ(checkout_.Cases().front().kind, "refund_lost");
}

TEST_F(GivenBack, ADebitThatFailsLateAfterARefundWentIsALossForAPerson) {
    const Payment payment = Paid(10000);
    const auto given = refunds_.Give(checkout_.tenant, Wish(payment, 3000));
    ASSERT_EQ(given->state, RefundState::kSucceeded);
    checkout_.provider.BankTakesBack(payment.reference);
    Event("late", "payment", payment.reference);
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
    EXPECT_EQ(checkout_.Balance(invoice_), 10000);
    ASSERT_EQ(checkout_.Cases().size(), 1U);
    EXPECT_EQ(checkout_.Cases().front().kind, "refund_lost");
    EXPECT_EQ(checkout_.Cases().front().refund, given->id);
    // It did not arrive: then nothing is lost, and nobody has paid anything.
    ASSERT_TRUE(
        refunds_.Decide(checkout_.tenant, {given->id, false, "J. Roe", "Came back"}).has_value());
    EXPECT_TRUE(checkout_.Cases().empty());
    EXPECT_EQ(checkout_.Balance(invoice_), 10000);
    EXPECT_EQ(checkout_.Credit(), 0);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// The database was set back: the key of what it forgot is taken by nothing else.
TEST_F(GivenBack, AChargebackTakesNoKeyOfARefund) {
    const Payment payment = Paid(10000);
    const auto back = refunds_.ChargeBack(checkout_.tenant, Wish(payment, 1000));
    const auto again = refunds_.Reverse(checkout_.tenant, Wish(payment, 1000));
    const auto given = refunds_.Give(checkout_.tenant, Wish(payment, 2000));
    const auto second = refunds_.Give(checkout_.tenant, Wish(payment, 500));
    const std::string subject = ToBase58(payment.id.uuid());
    EXPECT_EQ(back->reference, "b-" + subject + "-1");
    EXPECT_EQ(again->reference, "v-" + subject + "-1");
    EXPECT_EQ(given->reference, "r-" + subject + "-1");
    EXPECT_EQ(second->reference, "r-" + subject + "-2");
    EXPECT_EQ(RefundRepository::ByProvider(checkout_.database, checkout_.tenant.id, "cards", "none",
                                           back->reference),
              std::nullopt)
        << "a chargeback is no refund";
}

// Held up between its commit and its call, until others have given it up.
TEST_F(GivenBack, IsNotSentOnceItsTimeIsOver) {
    const Payment payment = Paid(10000);
    checkout_.database.After(0, [&] {
        checkout_.clock.Set(checkout_.clock.Now() + std::chrono::minutes(5));
        refunds_.LookUpDue(checkout_.tenant);
    });
    EXPECT_EQ(Give(payment, 1000), "failed");
    EXPECT_EQ(checkout_.provider.Refunds(), 0) << "nothing was sent";
    EXPECT_EQ(Now(payment).Refundable(), checkout_.Euros(10000));
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

}  // namespace
}  // namespace livery::payments::testing
