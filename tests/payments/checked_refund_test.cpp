// What the books could not follow is not sent.

#include "app/cases.h"
#include "given_back.h"

namespace livery::payments::testing {
namespace {

class CheckedRefund : public GivenBack {
 protected:
    std::string Noted(const Payment& payment, std::int64_t cents, InvoiceId on) {
        Refunds::Wish wish = Wish(payment, cents);
        wish.noted = on;
        const auto given = refunds_.Give(checkout_.tenant, wish);
        if (given) return std::string(ToString(given->state));
        return given.error().fields.empty()
                   ? given.error().message
                   : given.error().fields[0].field + " " + given.error().fields[0].message;
    }
    // Nothing of it has left, and nothing of it is kept.
    void NothingWasBegun(const Payment& payment) {
        EXPECT_EQ(checkout_.provider.Refunds(), 0);
        EXPECT_TRUE(RefundsOf(payment).empty());
        EXPECT_EQ(Now(payment).Refundable(), *payment.processed);
        EXPECT_TRUE(checkout_.Cases().empty());
        EXPECT_EQ(checkout_.BrokenInvariants(), "");
    }
    InvoiceId CreditNote(std::int64_t cents) {
        InvoiceId note;
        checkout_.database.Transact(checkout_.tenant.id, [&](db::Transaction& tx) {
            note = *checkout_.ports.invoicing.CreditPaid(
                tx, checkout_.account, {invoice_, checkout_.Euros(cents)},
                checkout_.ports.time.CivilNow(checkout_.tenant));
        });
        return note;
    }
};

TEST_F(CheckedRefund, IsRefusedWhereTheNotedInvoiceIsNotTheAccounts) {
    const Payment payment = Paid(10000);
    EXPECT_EQ(Noted(payment, 1000, InvoiceId(payment.id.uuid())), "credit_note_on error.not_found");
    NothingWasBegun(payment);
}

TEST_F(CheckedRefund, IsRefusedWhereNothingWasPaidOfTheNotedInvoice) {
    const Payment payment = Paid(10000);
    const InvoiceId unpaid = checkout_.Charge(5000);
    EXPECT_EQ(Noted(payment, 1000, unpaid), "credit_note_on error.cannot_note");
    NothingWasBegun(payment);
}

TEST_F(CheckedRefund, IsRefusedOnACreditNote) {
    const Payment payment = Paid(10000);
    const InvoiceId note = CreditNote(2000);
    EXPECT_EQ(Noted(payment, 1000, note), "credit_note_on error.cannot_note");
    NothingWasBegun(payment);
}

// Staff has paid it back by a credit note, without a payment of ours.
TEST_F(CheckedRefund, IsRefusedWhereTheBooksHaveGivenItBackAlready) {
    const Payment payment = Paid(10000);
    CreditNote(8000);
    EXPECT_EQ(Give(payment, 3000), "error.more_than_paid");
    NothingWasBegun(payment);
    EXPECT_EQ(Give(payment, 2000), "succeeded");
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// What is on its way will be booked, too.
TEST_F(CheckedRefund, CountsWhatIsOnItsWay) {
    const InvoiceId other = checkout_.Charge(5000);
    invoice_ = checkout_.Charge(5000);
    const auto both =
        checkout_.Pay({{other, checkout_.Euros(5000)}, {invoice_, checkout_.Euros(5000)}});
    checkout_.provider.RefundsAre("pending");
    EXPECT_EQ(Noted(**both, 4000, invoice_), "pending");
    EXPECT_EQ(Noted(**both, 4000, invoice_), "credit_note_on error.cannot_note");
    EXPECT_EQ(Noted(**both, 4000, other), "pending");
    checkout_.provider.RefundBecomes("succeeded");
    LetTheRefundsFinish(**both);
    EXPECT_TRUE(checkout_.Cases().empty());
    EXPECT_EQ(Now(**both).Refundable(), checkout_.Euros(2000));
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

class DecidedRefund : public CheckedRefund {
 protected:
    std::string Not(RefundId refund) {
        const auto decided =
            refunds_.Decide(checkout_.tenant, {refund, false, "J. Roe", "It is with us"});
        return decided ? std::string(ToString(decided->state)) : decided.error().message;
    }
    void BankTakesBack(const Payment& payment) {
        checkout_.clock.Set(checkout_.clock.Now() + std::chrono::seconds(1));
        checkout_.provider.BankTakesBack(payment.reference);
        Event("late", "payment", payment.reference);
        EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
    }
    // It has gone, and its note does not fit any more: a case.
    Refund NotBooked(const Payment& payment) {
        checkout_.provider.RefundsAre("pending");
        EXPECT_EQ(Noted(payment, 3000, invoice_), "pending");
        checkout_.CreditOwed(invoice_, 8000);
        checkout_.provider.RefundBecomes("succeeded");
        LetTheRefundsFinish(payment);
        EXPECT_EQ(Kinds(), "refund_not_booked ");
        return RefundsOf(payment)[0];
    }
    std::string Kinds() {
        std::string kinds;
        for (const Case& one : checkout_.Cases()) kinds += one.kind + " ";
        return kinds;
    }
};

// Somebody has said by name what came of the loss: nothing of it is to be booked any more.
TEST_F(DecidedRefund, ThatWasLostAndIsClosedStaysSo) {
    const Payment payment = Paid(10000);
    ASSERT_EQ(Give(payment, 3000), "succeeded");
    const RefundId refund = RefundsOf(payment)[0].id;
    BankTakesBack(payment);
    ASSERT_TRUE(CloseCase(checkout_.ports, checkout_.tenant,
                          {payment.id, "refund_lost", "J. Roe", "Written off", refund})
                    .has_value());
    EXPECT_EQ(Not(refund), "error.decided");
    EXPECT_EQ(RefundsOf(payment)[0].state, RefundState::kSucceeded);
    EXPECT_EQ(checkout_.Balance(invoice_), 10000);
    EXPECT_EQ(checkout_.Credit(), 0);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// The books have never had it as gone.
TEST_F(DecidedRefund, ThatWasNotBookedIsNotTakenAgain) {
    const Payment payment = Paid(10000);
    const Refund refund = NotBooked(payment);
    const std::int64_t credit = checkout_.Credit();
    EXPECT_EQ(Not(refund.id), "failed");
    EXPECT_EQ(Kinds(), "");
    EXPECT_EQ(checkout_.Credit(), credit);
    EXPECT_EQ(checkout_.Balance(invoice_), 0);
    EXPECT_EQ(Now(payment).state, PaymentState::kCaptured);
    EXPECT_EQ(Now(payment).Refundable(), checkout_.Euros(10000));
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// Somebody has put the books right by hand: there it has gone, and comes again.
TEST_F(DecidedRefund, ThatWasBookedByHandIsTakenAgain) {
    const Payment payment = Paid(10000);
    const Refund refund = NotBooked(payment);
    ASSERT_TRUE(CloseCase(checkout_.ports, checkout_.tenant,
                          {payment.id, "refund_not_booked", "J. Roe", "Refunded there", refund.id})
                    .has_value());
    const std::int64_t credit = checkout_.Credit();
    EXPECT_EQ(Not(refund.id), "failed");
    EXPECT_EQ(checkout_.Credit(), credit + 3000);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// So the bank takes back what the books still have, and the payer has it twice.
TEST_F(DecidedRefund, ThatWasNotBookedIsTakenBackWithItsPayment) {
    const Payment payment = Paid(10000);
    NotBooked(payment);
    BankTakesBack(payment);
    EXPECT_EQ(checkout_.Balance(invoice_), 10000);
    EXPECT_EQ(Now(payment).state, PaymentState::kFailedLate);
    EXPECT_EQ(Kinds(), "refund_not_booked refund_lost ");
    EXPECT_EQ(Not(RefundsOf(payment)[0].id), "failed");
    EXPECT_EQ(Kinds(), "");
    EXPECT_EQ(checkout_.Balance(invoice_), 10000);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

}  // namespace
}  // namespace livery::payments::testing
