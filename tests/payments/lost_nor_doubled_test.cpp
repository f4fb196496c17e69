// Every point at which taking money can be cut off, against everything that a provider may do. The
// judge is the provider's own ledger.

#include <array>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <livery/db/attempt.h>

#include "checkout.h"

namespace livery::payments::testing {
namespace {

constexpr std::array kDoes{std::pair{Does::kCapture, "captures"},
                           std::pair{Does::kCapturePart, "captures a part"},
                           std::pair{Does::kOtherCurrency, "takes dollars"},
                           std::pair{Does::kDecline, "declines"},
                           std::pair{Does::kRequireAction, "wants the customer"},
                           std::pair{Does::kPend, "waits for the bank"},
                           std::pair{Does::kNothingSent, "is out of reach"},
                           std::pair{Does::kHangCharged, "charges and hangs"},
                           std::pair{Does::kHangUncharged, "hangs"},
                           std::pair{Does::kAnswerLate, "charges late"},
                           std::pair{Does::kForget, "charges and does not see it"},
                           std::pair{Does::kEchoOther, "names another amount"},
                           std::pair{Does::kEchoNothing, "names no amount"},
                           std::pair{Does::kGarbage, "answers nonsense"},
                           std::pair{Does::kFailAfterCharge, "charges and fails"},
                           std::pair{Does::kDieBefore, "is never asked, we die"},
                           std::pair{Does::kDieAfter, "charges, we die"}};

constexpr std::array kDies{std::pair{Dies::kNever, "lives"},
                           std::pair{Dies::kBeforeCommit, "dies before commit"},
                           std::pair{Dies::kAfterCommit, "dies after commit"},
                           std::pair{Dies::kCommitLost, "loses the commit"},
                           std::pair{Dies::kCommitUnheard, "does not hear of the commit"}};

// The commits of one payment: it begins, and what was heard is applied.
constexpr int kCommits = 2;

// Who paid, or gave up, on the provider's page; what the bank decided.
void EndWhatWaits(Checkout& checkout, bool pays) {
    for (const Payment& payment : checkout.Payments()) {
        const auto* entry = checkout.provider.Of(payment.reference);
        if (entry == nullptr || (entry->state != "requires_action" && entry->state != "pending"))
            continue;
        if (pays) checkout.provider.CustomerPays(payment.reference);
        if (!pays) checkout.provider.CustomerGivesUp(payment.reference);
    }
}

void ExpectNothingLostNorDoubled(Does does, int commit, Dies dies, Origin origin) {
    Checkout checkout;
    const InvoiceId first = checkout.Charge(3000);
    const InvoiceId second = checkout.Charge(4550);
    const std::vector<Share> wanted{{first, checkout.Euros(3000)}, {second, checkout.Euros(4550)}};
    checkout.provider.Next(does);
    checkout.database.At(commit, dies);
    (void)checkout.Pay(wanted, origin);
    EndWhatWaits(checkout, commit == 0);
    checkout.provider.Next(Does::kCapture);
    checkout.LetTheJanitorFinish();

    EXPECT_EQ(checkout.WrongWithTheMoney(), "");
    EXPECT_LE(checkout.provider.Charges(), 1);
    EXPECT_EQ(checkout.BrokenInvariants(), "");

    // Whoever still owes something can pay it, once; unless a person must look first.
    const std::int64_t left = checkout.Balance(first) + checkout.Balance(second);
    std::vector<Share> rest;
    for (const InvoiceId invoice : {first, second}) {
        if (const auto owed = checkout.Balance(invoice); owed > 0)
            rest.push_back({invoice, checkout.Euros(owed)});
    }
    if (left == 0) return;
    checkout.provider.Next(Does::kCapture);
    checkout.database.At(-1, Dies::kNever);
    const auto again = checkout.Pay(rest);
    ASSERT_TRUE(again.has_value());
    if (!checkout.Cases().empty()) {
        ASSERT_FALSE(again->has_value());
        EXPECT_EQ(again->error().message, "error.under_way");
        return;
    }
    ASSERT_TRUE(again->has_value()) << again->error().message;
    EXPECT_EQ((*again)->state, PaymentState::kCaptured);
    EXPECT_EQ(checkout.WrongWithTheMoney(), "");
    EXPECT_EQ(checkout.Balance(first) + checkout.Balance(second), 0);
    EXPECT_EQ(checkout.provider.Charged(), 7550);
    EXPECT_EQ(checkout.Credit(), 0);
}

void TryAll(Origin origin) {
    for (const auto& [does, what] : kDoes) {
        for (const auto& [dies, how] : kDies) {
            for (int commit = 0; commit < (dies == Dies::kNever ? 1 : kCommits); ++commit) {
                SCOPED_TRACE(fmt::format("{} at commit {}; the provider {}", how, commit, what));
                ExpectNothingLostNorDoubled(does, commit, dies, origin);
            }
        }
    }
}

TEST(MoneyThatACustomerPays, IsNeitherLostNorDoubledWhereverItIsCutOff) {
    TryAll(Origin::kCustomer);
}

TEST(MoneyThatIsTakenByItself, IsNeitherLostNorDoubledWhereverItIsCutOff) {
    TryAll(Origin::kAutomatic);
}

// Of a provider that finds nothing by our reference the same key is the only question.
TEST(MoneyAtAProviderThatCannotBeAsked, IsNeitherLostNorDoubled) {
    for (const Origin origin : {Origin::kCustomer, Origin::kAutomatic}) {
        for (const auto& [does, what] : kDoes) {
            if (does == Does::kForget) continue;  // what it does not see it would charge again
            SCOPED_TRACE(fmt::format("the provider {}", what));
            Checkout checkout;
            checkout.provider.finds_by_reference = false;
            const InvoiceId invoice = checkout.Charge(3000);
            checkout.provider.Next(does);
            (void)checkout.Pay(std::vector<Share>{{invoice, checkout.Euros(3000)}}, origin);
            EndWhatWaits(checkout, true);
            checkout.provider.Next(Does::kCapture);
            checkout.LetTheJanitorFinish();
            EXPECT_EQ(checkout.WrongWithTheMoney(), "");
            EXPECT_LE(checkout.provider.Charges(), 1);
            EXPECT_EQ(checkout.provider.said_otherwise, 0) << "a key is of one request";
            EXPECT_EQ(checkout.BrokenInvariants(), "");
        }
    }
}

constexpr std::array kTurnsAway{"rate_limited",    "configuration",        "unsupported",
                                "invalid_request", "provider_unavailable", "declined"};

// It charged, the answer was lost, and it takes no more questions for a while: that it does not
// take them says nothing about the charge.
TEST(MoneyThatWasChargedUnheard, StaysUnknownWhileTheProviderTurnsQuestionsAway) {
    for (const bool finds : {true, false}) {
        for (const char* category : kTurnsAway) {
            SCOPED_TRACE(fmt::format("{}, {}", finds ? "finds" : "finds nothing", category));
            Checkout checkout;
            checkout.provider.finds_by_reference = finds;
            const InvoiceId invoice = checkout.Charge(3000);
            checkout.provider.Next(Does::kHangCharged);
            (void)checkout.Pay(std::vector<Share>{{invoice, checkout.Euros(3000)}},
                               Origin::kAutomatic);
            checkout.provider.turns_away = category;
            for (const auto later : {std::chrono::minutes(1), std::chrono::minutes(5)}) {
                checkout.clock.Set(checkout.clock.Now() + later);
                checkout.janitor.Run(checkout.tenant);
                const Payment payment = checkout.Payments().front();
                EXPECT_EQ(payment.state, PaymentState::kUnknown);
                EXPECT_LE(payment.next_look_at, checkout.clock.Now() + std::chrono::hours(4));
            }
            checkout.provider.turns_away.clear();
            checkout.LetTheJanitorFinish();
            EXPECT_EQ(checkout.Payments().front().state, PaymentState::kCaptured);
            EXPECT_EQ(checkout.provider.Charges(), 1);
            EXPECT_EQ(checkout.WrongWithTheMoney(), "");
        }
    }
}

// Where it can be looked up, and the lookups are what is turned away.
TEST(MoneyThatWasChargedUnheard, IsAskedForAgainSoonAfterALookupThatWasTurnedAway) {
    Checkout checkout;
    const InvoiceId invoice = checkout.Charge(3000);
    checkout.provider.Next(Does::kDieAfter);
    (void)checkout.Pay(invoice, 3000);
    checkout.provider.turns_away = "rate_limited";
    checkout.clock.Set(checkout.clock.Now() + std::chrono::seconds(40));
    checkout.janitor.Run(checkout.tenant);
    EXPECT_EQ(checkout.Payments().front().state, PaymentState::kCreated);
    EXPECT_LE(checkout.Payments().front().next_look_at,
              checkout.clock.Now() + std::chrono::minutes(5));
    checkout.provider.turns_away.clear();
    checkout.LetTheJanitorFinish();
    EXPECT_EQ(checkout.Payments().front().state, PaymentState::kCaptured);
    EXPECT_EQ(checkout.WrongWithTheMoney(), "");
}

// Its process stood still after it began: somebody else has given it up, and the customer paid
// again.
TEST(MoneyOfAStalledProcess, IsNotSentForAnyMore) {
    Checkout checkout;
    const InvoiceId invoice = checkout.Charge(3000);
    const StartPayment::Wish wish{
        checkout.account, "cards", Origin::kCustomer, {{invoice, checkout.Euros(3000)}}};
    const PaymentId id(MakeUuidV7(99, {}));
    const auto begun =
        db::Attempt<Payment>(checkout.database, checkout.tenant.id, [&](db::Transaction& tx) {
            return checkout.start.BeginIn(tx, checkout.tenant, wish, id, MakeUuidV7(98, {}));
        });
    ASSERT_TRUE(begun);
    checkout.clock.Set(checkout.clock.Now() + std::chrono::minutes(5));
    EXPECT_EQ(checkout.janitor.Run(checkout.tenant).resolved, 1);
    const auto again = checkout.Pay(invoice, 3000);
    ASSERT_TRUE(again && *again);
    EXPECT_EQ((*again)->state, PaymentState::kCaptured);
    ASSERT_TRUE(checkout.start.Send(checkout.tenant, *begun, {}));
    EXPECT_EQ(checkout.provider.Charges(), 1);
    EXPECT_EQ(checkout.Credit(), 0);
    EXPECT_EQ(checkout.WrongWithTheMoney(), "");
}

// A database that was set back to before the attempt: the same key is derived again.
TEST(MoneyOfAForgottenAttempt, IsNotTakenTwice) {
    Checkout checkout;
    const InvoiceId invoice = checkout.Charge(3000);
    checkout.provider.Next(Does::kDieAfter);
    checkout.database.At(0, Dies::kCommitUnheard);
    EXPECT_FALSE(checkout.Pay(invoice, 3000).has_value());
    EXPECT_EQ(checkout.provider.Charges(), 1);
    checkout.Forget();
    ASSERT_TRUE(checkout.Payments().empty());
    const auto again = checkout.Pay(invoice, 3000);
    ASSERT_TRUE(again && *again);
    EXPECT_EQ((*again)->state, PaymentState::kCaptured);
    EXPECT_EQ(checkout.provider.Charges(), 1);
    EXPECT_EQ(checkout.WrongWithTheMoney(), "");
}

// Then somebody wants to pay another amount: the provider knows the key, and a person looks.
TEST(MoneyOfAForgottenAttempt, IsHeldWhenTheWishIsAnotherOne) {
    Checkout checkout;
    const InvoiceId invoice = checkout.Charge(3000);
    checkout.provider.Next(Does::kDieAfter);
    EXPECT_FALSE(checkout.Pay(invoice, 3000).has_value());
    checkout.Forget();
    const auto again = checkout.Pay(invoice, 1000);
    ASSERT_TRUE(again && *again);
    EXPECT_EQ((*again)->state, PaymentState::kHeld);
    EXPECT_EQ(checkout.provider.Charges(), 1);
    ASSERT_EQ(checkout.Cases().size(), 1U);
    EXPECT_EQ(checkout.Cases().front().kind, "other_amount");
}

// The janitor finds nothing and gives the payment up, then the answer comes.
TEST(AnAnswerThatComesTooLate, IsLookedUpAndBooked) {
    Checkout checkout;
    const InvoiceId invoice = checkout.Charge(3000);
    checkout.provider.Next(Does::kAnswerSlowly);
    checkout.provider.during = [&] {
        checkout.clock.Set(checkout.clock.Now() + std::chrono::seconds(200));
        EXPECT_EQ(checkout.janitor.Run(checkout.tenant).resolved, 1);
        EXPECT_EQ(checkout.Payments().front().state, PaymentState::kFailed);
        checkout.clock.Set(checkout.clock.Now() + std::chrono::seconds(200));
    };
    const auto paid = checkout.Pay(invoice, 3000);
    ASSERT_TRUE(paid && *paid);
    EXPECT_EQ((*paid)->state, PaymentState::kCaptured);
    EXPECT_EQ(checkout.Balance(invoice), 0);
    EXPECT_EQ(checkout.WrongWithTheMoney(), "");
    ASSERT_EQ(checkout.Cases().size(), 1U);
    EXPECT_EQ(checkout.Cases().front().kind, "late_success");
}

TEST(TwoWaysToPayOneInvoice, TakeItsMoneyOnce) {
    Checkout checkout;
    const InvoiceId invoice = checkout.Charge(3000);
    checkout.provider.Next(Does::kRequireAction);
    const auto first = checkout.Pay(invoice, 3000);
    ASSERT_TRUE(first && *first);
    const auto second =
        checkout.Pay(std::vector<Share>{{invoice, checkout.Euros(3000)}}, Origin::kAutomatic);
    ASSERT_TRUE(second && !*second);
    EXPECT_EQ(second->error().message, "error.under_way");
    checkout.provider.CustomerPays((*first)->reference);
    checkout.LetTheJanitorFinish();
    EXPECT_EQ(checkout.provider.Charges(), 1);
    EXPECT_EQ(checkout.WrongWithTheMoney(), "");
    const auto third = checkout.Pay(invoice, 3000);
    ASSERT_TRUE(third && !*third);
    EXPECT_EQ(third->error().fields.front().message, "error.not_owed");
}

}  // namespace
}  // namespace livery::payments::testing
