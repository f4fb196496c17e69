// Which method an automatic payment goes on with, and on which day.

#include <gtest/gtest.h>

#include "app/refunds.h"
#include "automatic_days.h"

namespace livery::payments::testing {
namespace {

using std::chrono::days;

TEST_F(Days, LetAMethodGoThatALookupRefusesForGood) {
    const PaymentMethod first = Card();
    Card();
    PayAutomatically();
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    checkout_.provider.Next(Does::kPend);
    EXPECT_EQ(Run(due).tried, 1);
    checkout_.provider.BankDeclinesForGood(checkout_.Payments().front().reference);
    checkout_.LetTheJanitorFinish();
    EXPECT_EQ(checkout_.Letters("refused_hard"), 1);
    for (const PaymentMethod& method : methods_.Of(checkout_.tenant, checkout_.account))
        EXPECT_EQ(method.state == MethodState::kRefused, method.id == first.id);
    EXPECT_EQ(Run(std::max(due + days(1), std::chrono::ceil<days>(checkout_.clock.Now()))).paid, 1);
    EXPECT_EQ(checkout_.provider.token, "tok_2");
}

TEST_F(Days, TakeTheNextMethodWhenOneRefusesForGood) {
    const PaymentMethod first = Card();
    Card();
    PayAutomatically();
    const InvoiceId invoice = checkout_.Charge(24995);
    checkout_.provider.Next(Does::kDeclineForGood);
    EXPECT_EQ(Run(checkout_.DueDay(invoice)).paid, 1);
    EXPECT_EQ(checkout_.provider.token, "tok_2");
    for (const PaymentMethod& method : methods_.Of(checkout_.tenant, checkout_.account)) {
        EXPECT_EQ(method.state,
                  method.id == first.id ? MethodState::kRefused : MethodState::kActive);
        EXPECT_EQ(method.is_default, method.id != first.id);
    }
}

// Another card may do where the bank wants its owner for the first, and when the plan is over.
TEST_F(Days, TakeTheNextMethodWhenOneWantsItsOwner) {
    const PaymentMethod first = Card();
    Card();
    PayAutomatically();
    const InvoiceId invoice = checkout_.Charge(24995);
    checkout_.provider.Next(Does::kWantCustomer);
    EXPECT_EQ(Run(checkout_.DueDay(invoice)).paid, 1);
    EXPECT_EQ(checkout_.provider.token, "tok_2");
    EXPECT_EQ(checkout_.Letters("refused_authenticate"), 0);
    for (const PaymentMethod& method : methods_.Of(checkout_.tenant, checkout_.account))
        EXPECT_EQ(method.state, MethodState::kActive) << "it may be charged with its owner";
    EXPECT_EQ(methods_.Of(checkout_.tenant, checkout_.account)[0].id, first.id);
}

TEST_F(Days, TakeTheNextMethodOnTheLastDayOfThePlan) {
    Card();
    Card();
    PayAutomatically();
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    for (int day = 0; day < 20; ++day) {
        checkout_.provider.Next(Does::kDecline);
        EXPECT_EQ(Run(due + days(day)).paid, 0);
        checkout_.provider.Next(Does::kCapture);
    }
    EXPECT_EQ(checkout_.provider.token, "tok_1");
    checkout_.provider.Next(Does::kDecline);
    EXPECT_EQ(Run(due + days(20)).paid, 1);
    EXPECT_EQ(checkout_.provider.token, "tok_2");
    EXPECT_EQ(checkout_.Letters("refused_soft"), 4);
}

// The bank says no days after it was asked, when nobody is there to go on at once.
class LaterRefusals : public Days {
 protected:
    LaterRefusals() {
        first_ = Card();
        Card();
        PayAutomatically();
        invoice_ = checkout_.Charge(24995);
        due_ = checkout_.DueDay(invoice_);
    }
    // What waits at the bank, and what its bank says then; learned by a lookup.
    Date Learns(void (ScriptedGateways::*says)(const std::string&)) {
        (checkout_.provider.*says)(checkout_.Payments().front().reference);
        checkout_.LetTheJanitorFinish();
        return std::chrono::floor<days>(checkout_.clock.Now());
    }
    Date TriesUpTo(Date last) {
        for (Date day = due_; day < last; day += days(1)) {
            checkout_.provider.Next(Does::kDecline);
            EXPECT_EQ(Run(day).paid, 0);
            checkout_.provider.Next(Does::kCapture);
        }
        return last;
    }
    // The day of the next try, and the card that it is made on.
    std::string NextTry(Date after) {
        for (int day = 1; day <= 30; ++day) {
            if (Run(after + days(day)).tried > 0)
                return std::to_string(day) + " " + checkout_.provider.token;
        }
        return "never";
    }

    PaymentMethod first_;
    InvoiceId invoice_;
    Date due_{};
};

TEST_F(LaterRefusals, OnTheLastDayOfThePlanLeadToTheNextMethodADayAfterTheyAreLearned) {
    TriesUpTo(due_ + days(20));
    checkout_.provider.Next(Does::kPend);
    EXPECT_EQ(Run(due_ + days(20)).tried, 1);
    EXPECT_EQ(checkout_.provider.token, "tok_1");
    const Date learned = Learns(&ScriptedGateways::BankDeclines);
    EXPECT_EQ(NextTry(learned), "1 tok_2");
    EXPECT_EQ(checkout_.Balance(invoice_), 0);
    EXPECT_EQ(checkout_.Letters("refused_soft"), 5) << "each refusal is told";
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

TEST_F(LaterRefusals, OnOtherDaysOfThePlanAreTriedAgainOnTheSameMethod) {
    checkout_.provider.Next(Does::kPend);
    EXPECT_EQ(Run(due_).tried, 1);
    Learns(&ScriptedGateways::BankDeclines);
    EXPECT_EQ(NextTry(due_), "1 tok_1");
}

TEST_F(LaterRefusals, OfAllMethodsEndTheTries) {
    TriesUpTo(due_ + days(20));
    Date learned = due_ + days(20);
    checkout_.provider.Next(Does::kPend);
    EXPECT_EQ(Run(learned).tried, 1);
    learned = Learns(&ScriptedGateways::BankDeclines);
    checkout_.provider.Next(Does::kPend);
    EXPECT_EQ(NextTry(learned), "1 tok_2");
    learned = Learns(&ScriptedGateways::BankDeclines);
    EXPECT_EQ(NextTry(learned), "never");
    // What falls due next begins with the first one.
    checkout_.provider.Next(Does::kCapture);
    const InvoiceId next = checkout_.Charge(1000);
    EXPECT_EQ(Run(std::max(checkout_.DueDay(next), learned + days(31))).paid, 1);
    EXPECT_EQ(checkout_.provider.token, "tok_1");
}

TEST_F(LaterRefusals, ForGoodRetireTheMethodThoughItHadPaidAtFirst) {
    EXPECT_EQ(Run(due_).paid, 1);
    const std::string reference = checkout_.Payments().front().reference;
    checkout_.provider.BankTakesBackForGood(reference);
    ASSERT_TRUE(checkout_.desk.LookUp(checkout_.tenant, checkout_.Payments().front()));
    EXPECT_EQ(checkout_.Letters("refused_hard"), 1);
    EXPECT_EQ(checkout_.Balance(invoice_), 24995);
    for (const PaymentMethod& method : methods_.Of(checkout_.tenant, checkout_.account))
        EXPECT_EQ(method.state == MethodState::kRefused, method.id == first_.id);
    EXPECT_EQ(NextTry(due_), "1 tok_2");
    EXPECT_EQ(checkout_.Balance(invoice_), 0);
}

// A page that was left open is no reason to leave alone what else is due.
TEST_F(Days, TakeWhatIsFreeThoughAnotherInvoiceIsBeingPaid) {
    Card();
    const InvoiceId left = checkout_.Charge(1000);
    const InvoiceId free = checkout_.Charge(24995);
    checkout_.provider.Next(Does::kRequireAction);
    ASSERT_TRUE((*checkout_.Pay(left, 1000)).has_value());
    checkout_.provider.Next(Does::kCapture);
    checkout_.clock.Set(Instant(checkout_.DueDay(free) - days(1)));
    PayAutomatically();
    EXPECT_EQ(Run(checkout_.DueDay(free)).paid, 1);
    EXPECT_EQ(checkout_.Balance(free), 0);
    EXPECT_EQ(checkout_.Balance(left), 1000);
    EXPECT_EQ(checkout_.provider.Charged(), 24995);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

}  // namespace
}  // namespace livery::payments::testing
