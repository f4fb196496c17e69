// What providers tell us: a hint, whose effect is what a lookup says.

#include "app/owed.h"
#include "given_back.h"

namespace livery::payments::testing {
namespace {

class ProviderTells : public GivenBack {};

// Case PA-13: in whatever order and how often they come.
TEST_F(ProviderTells, EventsOfOnePaymentHaveOneEffect) {
    invoice_ = checkout_.Charge(2500);
    checkout_.provider.Next(Does::kPend);
    const auto paid = checkout_.Pay(invoice_, 2500);
    const std::string reference = (*paid)->reference;
    checkout_.provider.BankPays(reference);
    for (const char* id : {"e1", "e0", "e1", "e1"})
        EXPECT_EQ(Event(id, "payment", reference), "202[accepted]");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 2);
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 0);
    EXPECT_EQ(Event("e1", "payment", reference), "202[accepted]");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 0);
    EXPECT_EQ(checkout_.Balance(invoice_), 0);
    EXPECT_EQ(checkout_.WrongWithTheMoney(), "");
}

TEST_F(ProviderTells, AnEventIsAHintAndNoFact) {
    invoice_ = checkout_.Charge(2500);
    checkout_.provider.Next(Does::kPend);
    const auto paid = checkout_.Pay(invoice_, 2500);
    EXPECT_EQ(Event("paid", "payment", (*paid)->reference), "202[accepted]");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
    EXPECT_EQ(checkout_.Balance(invoice_), 2500);
    EXPECT_EQ(Now(**paid).state, PaymentState::kPending);
}

// Adyen's CANCEL_OR_REFUND, pressed on Adyen's own pages: no list names it.
TEST_F(ProviderTells, WhatWasGivenBackUnorderedIsARefundOfOurs) {
    checkout_.provider.lists = false;
    const Payment payment = Paid(2500);
    EXPECT_EQ(Give(payment, 500), "succeeded");
    checkout_.provider.GivesBackUnordered(payment.reference, 500);
    EXPECT_EQ(Event("own", "payment", payment.reference), "202[accepted]");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
    EXPECT_EQ(Now(payment).state, PaymentState::kPartlyRefunded) << "that was ours";
    checkout_.provider.GivesBackUnordered(payment.reference, 2500);
    for (const char* id : {"all", "again"}) {
        EXPECT_EQ(Event(id, "payment", payment.reference), "202[accepted]");
        EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
        EXPECT_EQ(Now(payment).state, PaymentState::kRefunded);
        EXPECT_EQ(Now(payment).given_back, checkout_.Euros(2500));
        EXPECT_EQ(checkout_.Balance(invoice_), 2500) << "it is owed again";
    }
    EXPECT_EQ(checkout_.Letters("paid_back"), 2);
    // Nobody is charged or dunned for what a person has not looked at.
    ASSERT_EQ(checkout_.Cases().size(), 1U);
    EXPECT_EQ(checkout_.Cases()[0].kind, kUnordered);
    const auto asked_for = [&] {
        std::size_t invoices = 0;
        checkout_.database.Transact(checkout_.tenant.id, [&](db::Transaction& tx) {
            invoices = UndisputedOf(tx, checkout_.ports.invoicing, checkout_.account).size();
        });
        return invoices;
    };
    EXPECT_EQ(asked_for(), 0U);
    checkout_.database.Transact(checkout_.tenant.id, [&](db::Transaction& tx) {
        CaseRepository::CloseOne(tx, {payment.id, kUnordered}, {checkout_.clock.Now(), "J", "x"});
    });
    EXPECT_EQ(asked_for(), 1U);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// Where a list names each refund it is compared with that, and not booked twice.
TEST_F(ProviderTells, WhatAListWillNameIsLeftToIt) {
    const Payment payment = Paid(2500);
    checkout_.provider.GivesBackUnordered(payment.reference, 2500);
    EXPECT_EQ(Event("e1", "payment", payment.reference), "202[accepted]");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
    EXPECT_EQ(Now(payment).state, PaymentState::kCaptured);
}

// It may be the one that we had given up.
TEST_F(ProviderTells, WhatMayBeARefundThatFailedIsAPersons) {
    checkout_.provider.lists = false;
    const Payment payment = Paid(2500);
    checkout_.provider.RefundsAre("failed");
    EXPECT_EQ(Give(payment, 2500), "failed");
    checkout_.provider.GivesBackUnordered(payment.reference, 2500);
    EXPECT_EQ(Event("e1", "payment", payment.reference), "202[accepted]");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
    EXPECT_EQ(Now(payment).state, PaymentState::kCaptured);
    ASSERT_EQ(checkout_.Cases().size(), 1U);
    EXPECT_EQ(checkout_.Cases()[0].kind, "refund_unordered");
}

TEST_F(ProviderTells, AForgedEventIsNotEvenKept) {
    const Payment payment = Paid(2500);
    EXPECT_EQ(Event("e1", "payment", payment.reference, "wrong"), "no signature");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 0);
    EXPECT_EQ(Event("e1", "payment", payment.reference), "202[accepted]");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
}

// The provider may be faster than our own commit.
TEST_F(ProviderTells, AnEventOfNothingKnownWaitsForADay) {
    EXPECT_EQ(Event("early", "payment", "p-nobody-1"), "202[accepted]");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 0);
    checkout_.clock.Set(checkout_.clock.Now() + std::chrono::hours(25));
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
}

TEST_F(ProviderTells, AnEventOfASetUpIsLookedUp) {
    checkout_.provider.SetUpsAre("requires_action");
    const auto begun = methods_.SetUp(checkout_.tenant, {checkout_.account, "cards", "en", ""});
    checkout_.provider.SetUpEnds("active");
    EXPECT_EQ(Event("s1", "setup", begun->key.Reference()), "202[accepted]");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
    EXPECT_EQ(methods_.Of(checkout_.tenant, checkout_.account)[0].state, MethodState::kActive);
}

// A bank that sent a refund back is told of once.
TEST_F(ProviderTells, AnEventOfARefundWaitsUntilTheProviderSaysWhatBecameOfIt) {
    const Payment payment = Paid(2500);
    const auto given = refunds_.Give(checkout_.tenant, Wish(payment, 1000));
    checkout_.provider.RefundBecomes("failed");
    EXPECT_EQ(Event("back", "refund", given->reference), "202[accepted]");
    const auto later = [&] { checkout_.clock.Set(checkout_.clock.Now() + std::chrono::hours(1)); };
    checkout_.provider.refunds_are_silent = true;
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 0);
    later();
    checkout_.provider.refunds_are_silent = false;
    checkout_.provider.refunds_unlearnt = "rate_limited";
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 0) << "turned away is not told";
    later();
    checkout_.provider.refunds_unlearnt.clear();
    EXPECT_TRUE(checkout_.Cases().empty());
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
    ASSERT_EQ(checkout_.Cases().size(), 1U);
    EXPECT_EQ(checkout_.Cases().front().kind, "refund_came_back");
}

// Where it can only be asked about what it has named, its event names it.
TEST_F(ProviderTells, ARefundWhoseAnswerWasLostIsAskedAboutByTheIdOfItsEvent) {
    const Payment payment = Paid(2500);
    checkout_.provider.finds_by_reference = false;
    checkout_.provider.Next(Does::kHangCharged);
    EXPECT_EQ(Give(payment, 1000), "unknown");
    EXPECT_EQ(Event("done", "refund", RefundsOf(payment)[0].reference, "right",
                    checkout_.provider.RefundId()),
              "202[accepted]");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
    EXPECT_EQ(RefundsOf(payment)[0].state, RefundState::kSucceeded);
    EXPECT_EQ(RefundsOf(payment)[0].provider_id, checkout_.provider.RefundId());
    EXPECT_EQ(checkout_.Balance(invoice_), 1000);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

TEST_F(ProviderTells, ADisputeWaitsForAPerson) {
    const Payment payment = Paid(2500);
    EXPECT_EQ(Event("d1", "dispute", payment.reference), "202[accepted]");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
    ASSERT_EQ(checkout_.Cases().size(), 1U);
    EXPECT_EQ(checkout_.Cases()[0].kind, "dispute");
    EXPECT_EQ(checkout_.Balance(invoice_), 0);
}

}  // namespace
}  // namespace livery::payments::testing
