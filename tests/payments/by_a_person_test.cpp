// Money by hand, and what a person decides by name.

#include "app/cases.h"
#include "app/hand_payments.h"
#include "given_back.h"

namespace livery::payments::testing {
namespace {

class ByAPerson : public GivenBack {};

TEST_F(ByAPerson, MoneyByHandIsBookedOnceAndGivenBackByHand) {
    invoice_ = checkout_.Charge(2500);
    HandPayment cash{checkout_.account, checkout_.Euros(3000), "TRF-1"};
    const auto written = WriteDown(checkout_.ports, checkout_.tenant, cash);
    ASSERT_TRUE(written.has_value());
    EXPECT_EQ(written->receipt, "RC-2026-000001");
    EXPECT_EQ(checkout_.Balance(invoice_), 0);
    EXPECT_EQ(checkout_.Credit(), 500);
    EXPECT_EQ(WriteDown(checkout_.ports, checkout_.tenant, cash).error().message,
              "error.payment_known");
    cash.reference = "two words";
    EXPECT_FALSE(WriteDown(checkout_.ports, checkout_.tenant, cash).has_value());
    EXPECT_EQ(Give(*written, 3000), "succeeded");
    EXPECT_EQ(checkout_.Balance(invoice_), 2500);
    EXPECT_EQ(checkout_.Credit(), 0);
    EXPECT_EQ(checkout_.provider.Refunds(), 0);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

TEST_F(ByAPerson, MoneyByHandIsNotTakenForWhatIsBeingPaid) {
    invoice_ = checkout_.Charge(2500);
    checkout_.provider.Next(Does::kRequireAction);
    (void)checkout_.Pay(invoice_, 2500);
    const auto written = WriteDown(
        checkout_.ports, checkout_.tenant,
        {checkout_.account, checkout_.Euros(2500), "TRF-1", {{invoice_, checkout_.Euros(2500)}}});
    ASSERT_FALSE(written.has_value());
    EXPECT_EQ(written.error().message, "error.under_way");
}

TEST_F(ByAPerson, WhatIsHeldIsDecidedByAPersonByName) {
    invoice_ = checkout_.Charge(2500);
    checkout_.provider.Next(Does::kEchoOther);
    const auto held = checkout_.Pay(invoice_, 2500);
    ASSERT_EQ((*held)->state, PaymentState::kHeld);
    const auto decide = [&](const Payment& payment, bool taken, const std::string& by,
                            std::optional<Money> amount = {}) {
        return checkout_.desk.Decide(checkout_.tenant, payment,
                                     {taken, by, "Seen at the provider's", amount});
    };
    EXPECT_FALSE(decide(**held, true, "").has_value()) << "nobody's name";
    EXPECT_FALSE(decide(**held, true, "J. Roe", Money(1, *Currency::Parse("USD"))).has_value());
    for (const int cents : {0, -2000}) {
        const auto refused = decide(**held, true, "J. Roe", checkout_.Euros(cents));
        ASSERT_FALSE(refused.has_value()) << cents;
        EXPECT_EQ(refused.error().fields.front().field, "amount");
        EXPECT_EQ(refused.error().fields.front().message, "error.amount");
    }
    const auto decided = decide(**held, true, "J. Roe", checkout_.Euros(2000));
    ASSERT_TRUE(decided.has_value());
    EXPECT_EQ(decided->state, PaymentState::kCaptured);
    EXPECT_EQ(checkout_.Balance(invoice_), 500) << "what was taken, not what was asked";
    EXPECT_TRUE(checkout_.Cases().empty());
    EXPECT_FALSE(decide(*decided, false, "J. Roe").has_value());
}

TEST_F(ByAPerson, NothingIsTakenWithoutItsIdAtTheProvider) {
    invoice_ = checkout_.Charge(2500);
    checkout_.provider.Next(Does::kHangForGood);
    const auto unknown = checkout_.Pay(invoice_, 2500);
    ASSERT_EQ((*unknown)->state, PaymentState::kUnknown);
    PaymentDesk::Decision decision{true, "J. Roe", "Seen there"};
    const auto refused = checkout_.desk.Decide(checkout_.tenant, **unknown, decision);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().fields.front().field, "provider_id");
    decision.provider_id = "pi_seen";
    ASSERT_TRUE(checkout_.desk.Decide(checkout_.tenant, **unknown, decision).has_value());
    EXPECT_EQ(checkout_.Balance(invoice_), 0);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// It goes to the oldest then, and that one is being paid.
TEST_F(ByAPerson, MoneyByHandForNoInvoiceIsNotTakenForWhatIsBeingPaid) {
    invoice_ = checkout_.Charge(2500);
    const InvoiceId newer = checkout_.Charge(1000);
    checkout_.provider.Next(Does::kPend);
    const auto pending = checkout_.Pay(invoice_, 2500);
    const auto write = [&](std::int64_t cents, const std::string& reference,
                           std::vector<Share> parts) {
        return WriteDown(checkout_.ports, checkout_.tenant,
                         {checkout_.account, checkout_.Euros(cents), reference, std::move(parts)});
    };
    EXPECT_FALSE(write(2500, "TRF-1", {}).has_value());
    EXPECT_FALSE(write(1001, "TRF-2", {{newer, checkout_.Euros(1001)}}).has_value())
        << "a cent of it would be the other's";
    EXPECT_TRUE(write(1000, "TRF-3", {{newer, checkout_.Euros(1000)}}).has_value());
    checkout_.provider.BankPays((*pending)->reference);
    checkout_.LetTheJanitorFinish();
    EXPECT_EQ(checkout_.Balance(invoice_), 0);
    EXPECT_EQ(checkout_.Credit(), 0) << "nobody has paid twice";
}

TEST_F(ByAPerson, ARefundThatNobodyCanTellOfIsDecidedByAPerson) {
    const Payment payment = Paid(2500);
    checkout_.provider.RefundsAre("pending");
    const auto given = refunds_.Give(checkout_.tenant, Wish(payment, 1000));
    ASSERT_EQ(given->state, RefundState::kPending);
    EXPECT_FALSE(refunds_.Decide(checkout_.tenant, {given->id, true, "", "Seen"}).has_value());
    EXPECT_FALSE(refunds_.Decide(checkout_.tenant, {given->id, true, "J. Roe", ""}).has_value());
    const auto decided =
        refunds_.Decide(checkout_.tenant, {given->id, true, "J. Roe", "Seen there"});
    ASSERT_TRUE(decided.has_value());
    EXPECT_EQ(decided->receipt, "RC-2026-000002");
    EXPECT_EQ(Now(payment).state, PaymentState::kPartlyRefunded);
    EXPECT_EQ(checkout_.Balance(invoice_), 1000);
    EXPECT_EQ(checkout_.Letters("paid_back"), 1);
    EXPECT_FALSE(
        refunds_.Decide(checkout_.tenant, {given->id, true, "J. Roe", "Again"}).has_value());
    const auto other = refunds_.Give(checkout_.tenant, Wish(payment, 1500));
    ASSERT_TRUE(
        refunds_.Decide(checkout_.tenant, {other->id, false, "J. Roe", "Not there"}).has_value());
    EXPECT_EQ(Now(payment).given_back, checkout_.Euros(1000)) << "it may be given again";
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// The payer's account was closed, say: it was booked, and is here again days later.
TEST_F(ByAPerson, ADecidedRefundCountsOnce) {
    for (const auto& [cents, state] : {std::pair(1250, PaymentState::kPartlyRefunded),
                                       std::pair(2500, PaymentState::kRefunded)}) {
        const Payment payment = Paid(2500);
        checkout_.provider.RefundsAre("pending");
        const auto given = refunds_.Give(checkout_.tenant, Wish(payment, cents));
        ASSERT_TRUE(
            refunds_.Decide(checkout_.tenant, {given->id, true, "J. Roe", "Seen"}).has_value());
        EXPECT_EQ(Now(payment).state, state) << cents;
    }
}

TEST_F(ByAPerson, ARefundThatCameBackIsThePayersAgain) {
    const Payment payment = Paid(2500);
    const auto given = refunds_.Give(checkout_.tenant, Wish(payment, 2500));
    ASSERT_EQ(given->state, RefundState::kSucceeded);
    EXPECT_EQ(Now(payment).state, PaymentState::kRefunded);
    EXPECT_EQ(checkout_.Balance(invoice_), 2500);
    checkout_.provider.RefundBecomes("failed");
    Event("back", "refund", given->reference);
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
    ASSERT_EQ(checkout_.Cases().size(), 1U);
    EXPECT_EQ(checkout_.Cases().front().kind, "refund_came_back");
    ASSERT_TRUE(refunds_.Decide(checkout_.tenant, {given->id, false, "J. Roe", "Closed account"})
                    .has_value());
    EXPECT_TRUE(checkout_.Cases().empty());
    EXPECT_EQ(checkout_.Balance(invoice_), 0) << "it pays what it had paid";
    EXPECT_EQ(Now(payment).state, PaymentState::kCaptured);
    EXPECT_EQ(Now(payment).given_back, checkout_.Euros(0));
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

TEST_F(ByAPerson, ARefundThatWasGivenUpAndWentIsBookedAsFarAsThereIsAnythingLeft) {
    const Payment payment = Paid(2500);
    checkout_.provider.Next(Does::kDecline);
    const auto failed = refunds_.Give(checkout_.tenant, Wish(payment, 1500));
    ASSERT_EQ(failed->state, RefundState::kFailed);
    const auto again = refunds_.Give(checkout_.tenant, Wish(payment, 1500));
    ASSERT_EQ(again->state, RefundState::kSucceeded);
    const Refunds::Decision went{failed->id, true, "J. Roe", "The payer has it"};
    const auto too_much = refunds_.Decide(checkout_.tenant, went);
    ASSERT_FALSE(too_much.has_value());
    EXPECT_EQ(too_much.error().fields.front().message, "error.more_than_paid");
    EXPECT_EQ(Now(payment).given_back, checkout_.Euros(1500));
    ASSERT_TRUE(
        refunds_.Decide(checkout_.tenant, {again->id, false, "J. Roe", "Not there"}).has_value());
    ASSERT_TRUE(refunds_.Decide(checkout_.tenant, went).has_value());
    EXPECT_EQ(Now(payment).given_back, checkout_.Euros(1500));
    EXPECT_EQ(Now(payment).state, PaymentState::kPartlyRefunded);
    EXPECT_EQ(checkout_.Balance(invoice_), 1500);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

TEST_F(ByAPerson, EachRefundOfAPaymentHasCasesOfItsOwn) {
    const Payment payment = Paid(2500);
    const auto first = refunds_.Give(checkout_.tenant, Wish(payment, 1000));
    const auto second = refunds_.Give(checkout_.tenant, Wish(payment, 500));
    checkout_.provider.RefundBecomes("failed");
    Event("b1", "refund", first->reference);
    Event("b2", "refund", second->reference);
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 2);
    EXPECT_EQ(checkout_.Cases().size(), 2U);
    ASSERT_TRUE(
        refunds_.Decide(checkout_.tenant, {first->id, false, "J. Roe", "Closed"}).has_value());
    ASSERT_EQ(checkout_.Cases().size(), 1U);
    EXPECT_EQ(checkout_.Cases().front().refund, second->id);
    const auto close = [&](std::optional<RefundId> refund) {
        return CloseCase(checkout_.ports, checkout_.tenant,
                         {payment.id, "refund_came_back", "J. Roe", "Sent again", refund});
    };
    EXPECT_FALSE(close({}).has_value()) << "it is about a refund";
    EXPECT_TRUE(close(second->id).has_value());
    EXPECT_TRUE(checkout_.Cases().empty());
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

TEST_F(ByAPerson, ACaseIsClosedByNameAndOpensAgainWhenSomethingHappens) {
    const Payment payment = Paid(2500);
    const auto close = [&](const std::string& kind, const std::string& by) {
        return CloseCase(checkout_.ports, checkout_.tenant, {payment.id, kind, by, "Answered"});
    };
    Event("d1", "dispute", payment.reference);
    events_.HandleDue(checkout_.tenant);
    EXPECT_FALSE(close("dispute", "").has_value());
    EXPECT_FALSE(close("unresolved", "J. Roe").has_value()) << "no such case is open";
    ASSERT_TRUE(close("dispute", "J. Roe").has_value());
    EXPECT_TRUE(checkout_.Cases().empty());
    Event("d2", "dispute", payment.reference);
    events_.HandleDue(checkout_.tenant);
    EXPECT_EQ(checkout_.Cases().size(), 1U);
}

TEST_F(ByAPerson, ACaseOfMoneyThatNobodyKnowsOfIsDecidedNotClosed) {
    invoice_ = checkout_.Charge(2500);
    checkout_.provider.Next(Does::kEchoOther);
    const auto held = checkout_.Pay(invoice_, 2500);
    ASSERT_EQ(checkout_.Cases().size(), 1U);
    const auto closed =
        CloseCase(checkout_.ports, checkout_.tenant,
                  {(*held)->id, checkout_.Cases().front().kind, "J. Roe", "Tired of it"});
    ASSERT_FALSE(closed.has_value());
    EXPECT_EQ(closed.error().message, "error.decide_first");
}

}  // namespace
}  // namespace livery::payments::testing
