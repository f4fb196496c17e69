// Answers that say what was, and not what is: of two lookups the later one counts, and what is not
// found yet is not learned.

#include <utility>

#include "before.h"
#include "given_back.h"

namespace livery::payments::testing {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class Overtaken : public GivenBack {
 protected:
    void Pass(seconds time) { checkout_.clock.Set(checkout_.clock.Now() + time); }
    void BankHolds(const Payment& payment, std::int64_t cents) {
        checkout_.provider.BankHolds(payment.reference, cents);
    }

    Behind behind_{checkout_};
    Refunds refunds_there_{behind_.desk};
    ProviderEvents here_{behind_.desk, refunds_there_, methods_};
};

// The bank held it when this was asked, and has given it back when the answer comes.
TEST_F(Overtaken, AnOlderAnswerBooksNoChargeback) {
    const Payment payment = Paid(2500);
    BankHolds(payment, 2500);
    Event("opened", "dispute", payment.reference);
    bool first = true;
    behind_.before.instead =
        [&](const Gateways::Question& question) -> std::optional<Gateways::Reply> {
        if (question.operation != "payment.lookup/1" || !std::exchange(first, false))
            return std::nullopt;
        auto answer = checkout_.provider.Call(checkout_.tenant, question);
        BankHolds(payment, 0);
        EXPECT_EQ(here_.HandleDue(checkout_.tenant), 1);
        return answer;
    };
    here_.HandleDue(checkout_.tenant);
    EXPECT_EQ(checkout_.Balance(invoice_), 0);
    EXPECT_TRUE(RefundsOf(payment).empty());
    EXPECT_EQ(checkout_.Letters("came_back"), 0);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// The same, held up between what it learned and what follows of it.
TEST_F(Overtaken, WhatALaterLookHasFollowedIsNotUndone) {
    const Payment payment = Paid(2500);
    BankHolds(payment, 2500);
    Event("opened", "dispute", payment.reference);
    checkout_.database.After(1, [&] {
        BankHolds(payment, 0);
        EXPECT_EQ(here_.HandleDue(checkout_.tenant), 1);
    });
    here_.HandleDue(checkout_.tenant);
    EXPECT_EQ(checkout_.Balance(invoice_), 0);
    EXPECT_TRUE(RefundsOf(payment).empty());
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

TEST_F(Overtaken, WhatIsFoundLaterIsFollowedThen) {
    invoice_ = checkout_.Charge(2500);
    checkout_.provider.Next(Does::kForget);
    const Payment payment = **checkout_.Pay(invoice_, 2500);
    Event("taken", "payment", payment.reference);
    EXPECT_EQ(here_.HandleDue(checkout_.tenant), 0) << "it is not seen yet";
    Pass(seconds(41));
    EXPECT_EQ(here_.HandleDue(checkout_.tenant), 1);
    EXPECT_EQ(Now(payment).state, PaymentState::kCaptured);
}

TEST_F(Overtaken, APaymentThatIsNotThereIsLearnedOnceThatCounts) {
    invoice_ = checkout_.Charge(2500);
    checkout_.provider.Next(Does::kHangUncharged);
    const Payment payment = **checkout_.Pay(invoice_, 2500);
    Event("odd", "payment", payment.reference);
    EXPECT_EQ(here_.HandleDue(checkout_.tenant), 0);
    Pass(minutes(2));
    EXPECT_EQ(here_.HandleDue(checkout_.tenant), 1);
    EXPECT_EQ(Now(payment).state, PaymentState::kFailed);
}

TEST_F(Overtaken, SoIsARefund) {
    const Payment payment = Paid(2500);
    checkout_.provider.Next(Does::kHangUncharged);
    EXPECT_EQ(Give(payment, 1000), "unknown");
    Event("odd", "refund", RefundsOf(payment)[0].reference);
    EXPECT_EQ(here_.HandleDue(checkout_.tenant), 0);
    Pass(minutes(2));
    EXPECT_EQ(here_.HandleDue(checkout_.tenant), 1);
    EXPECT_EQ(RefundsOf(payment)[0].state, RefundState::kFailed);
}

// Told of now, of what was sent long ago: the delay counts from when it was told.
TEST_F(Overtaken, WhatIsToldOfNowMayBeFoundLater) {
    const Payment payment = Paid(2500);
    checkout_.provider.Next(Does::kHangUncharged);
    EXPECT_EQ(Give(payment, 1000), "unknown");
    Pass(minutes(10));
    Event("odd", "refund", RefundsOf(payment)[0].reference);
    EXPECT_EQ(here_.HandleDue(checkout_.tenant), 0);
    Pass(minutes(2));
    EXPECT_EQ(here_.HandleDue(checkout_.tenant), 1);
}

}  // namespace
}  // namespace livery::payments::testing
