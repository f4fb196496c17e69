// How accounts are treated while they owe: money that was on its way and came back, currencies with
// days of their own, and another method than the one that was refused.

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/collection.h"
#include "before.h"
#include "days.h"

namespace livery::payments::testing {
namespace {

using std::chrono::days;

class Treated : public DayByDay {
 protected:
    Treated() {
        PaymentSettings& settings = DunBy("blocked");
        settings.dunning[1].action = "block";
        settings.calls_at_once = 1;
        behind_.before.instead = [this](const auto& question) -> std::optional<Gateways::Reply> {
            if (question.operation == "payment.start/1" && always_)
                checkout_.provider.Next(*always_);
            return std::nullopt;
        };
    }
    Collection& collection() override { return collection_; }
    PaymentMethod Card() {
        return *methods_.SetUp(checkout_.tenant, {checkout_.account, "cards", "en", ""});
    }
    void Pass(days some) { checkout_.clock.Set(checkout_.clock.Now() + some); }
    Payment Pay(InvoiceId invoice, std::int64_t cents, bool keeps = false) {
        StartPayment::Wish wish{checkout_.account, "cards"};
        wish.parts = {{invoice, checkout_.Euros(cents)}};
        wish.payer.keep_method = keeps;
        return *start_.Run(checkout_.tenant, wish);
    }
    void LookUp(const Payment& payment) {
        ASSERT_TRUE(behind_.desk.LookUp(checkout_.tenant, payment).has_value());
    }
    Standing Stands() { return collection_.Of(checkout_.tenant, checkout_.account); }

    std::optional<Does> always_;  // what each start comes to
    Behind behind_{checkout_};
    StartPayment start_{behind_.desk};
    Methods methods_{behind_.ports};
    Collection collection_{start_, methods_, behind_.ports};
};

TEST_F(Treated, EachCurrencyIsTriedByItsOwnDays) {
    Card();
    PayAutomatically();
    const Date due = checkout_.DueDay(checkout_.Charge(24995));
    Pass(days(5));
    checkout_.Charge(9900, "USD");
    always_ = Does::kDecline;
    std::map<std::string, std::vector<int>> tried;
    for (int day = 0; day <= 26; ++day) {
        const std::size_t before = checkout_.Payments().size();
        Run(due + days(day));
        const auto payments = checkout_.Payments();  // the newest first
        for (std::size_t i = 0; i + before < payments.size(); ++i)
            tried[std::string(payments[i].amount.currency().code())].push_back(day);
    }
    EXPECT_EQ(tried["EUR"], (std::vector<int>{0, 1, 9, 13, 20}));
    EXPECT_EQ(tried["USD"], (std::vector<int>{5, 6, 14, 18, 25}));
}

TEST_F(Treated, WhatIsPaidInOneCurrencyLeavesTheOthersDays) {
    Card();
    PayAutomatically();
    const InvoiceId euros = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(euros);
    checkout_.Charge(9900, "USD");
    always_ = Does::kDecline;
    EXPECT_EQ(Run(due).tried, 2);
    always_.reset();
    Pay(euros, 24995);
    EXPECT_EQ(Stands().MostTries(), 1);
    EXPECT_EQ(Stands().TriesIn(*Currency::Parse("EUR")).count, 0);
    EXPECT_EQ(Stands().NextTry(), due + days(1));
    EXPECT_EQ(Run(due + days(1)).paid, 1);
    EXPECT_EQ(Stands().MostTries(), 0);
}

// Case DU-01, as of a chargeback.
TEST_F(Treated, ADebitThatCameBackIsDunnedFromThatDay) {
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    Run(due);
    const Payment payment = Pay(invoice, 24995);
    Pass(days(15));
    checkout_.provider.BankTakesBack(payment.reference);
    LookUp(payment);
    EXPECT_EQ(checkout_.Balance(invoice), 24995);
    Run(due + days(16));
    EXPECT_EQ(Stands().step, "") << "it had been paid in time";
    Run(due + days(24));
    EXPECT_EQ(Stands().step, "");
    Run(due + days(25));
    EXPECT_EQ(Stands().step, "warning");
    EXPECT_EQ(checkout_.Letters("blocked"), 0);
    Run(due + days(29));
    EXPECT_EQ(Stands().step, "blocked");
}

TEST_F(Treated, AnotherCardThatIsChosenIsCharged) {
    Card();
    const PaymentMethod other = Card();
    PayAutomatically();
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    always_ = Does::kWantCustomer;
    EXPECT_EQ(Run(due).tried, 1);
    EXPECT_EQ(checkout_.Letters("refused_authenticate"), 1);
    always_.reset();
    EXPECT_EQ(Run(due + days(1)).tried, 0) << "nobody has done anything";
    ASSERT_TRUE(methods_.SetDefault(checkout_.tenant, checkout_.account, other.id).has_value());
    EXPECT_EQ(Run(due + days(2)).paid, 1);
    EXPECT_EQ(checkout_.provider.token, other.token);
    EXPECT_EQ(checkout_.Balance(invoice), 0);
}

TEST_F(Treated, ACardThatIsKeptWithAPaymentIsCharged) {
    Card();
    PayAutomatically();
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    always_ = Does::kDeclineForGood;
    EXPECT_EQ(Run(due).tried, 1);
    always_.reset();
    EXPECT_EQ(Run(due + days(1)).tried, 0);
    Pay(checkout_.Charge(1000), 1000, true);
    EXPECT_EQ(Run(due + days(2)).paid, 1);
    EXPECT_EQ(checkout_.Balance(invoice), 0);
}

// A younger invoice beside one for which money is on its way.
TEST_F(Treated, NothingIsUndoneForMoneyThatThenDoesNotCome) {
    const InvoiceId old = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(old);
    Pass(days(10));
    const InvoiceId young = checkout_.Charge(9900);
    for (int day = 10; day <= 14; ++day) Run(due + days(day));
    EXPECT_TRUE(Stands().blocked);
    checkout_.provider.Next(Does::kPend);
    const Payment payment = Pay(old, 24995);
    for (int day = 15; day <= 21; ++day) {
        Run(due + days(day));
        EXPECT_TRUE(Stands().blocked) << day;
        EXPECT_EQ(Stands().step, "blocked") << day;
    }
    checkout_.provider.BankDeclines(payment.reference);
    LookUp(payment);
    Run(due + days(22));
    EXPECT_TRUE(Stands().blocked);
    EXPECT_EQ(checkout_.Letters("warning"), 1);
    EXPECT_EQ(checkout_.Letters("blocked"), 1);
    // Paid: what is left is too young for the block, and its letter is not written again.
    Pay(old, 24995);
    Run(due + days(22));
    EXPECT_FALSE(Stands().blocked);
    EXPECT_EQ(Stands().step, "warning");
    EXPECT_EQ(checkout_.Letters("warning"), 1);
    Run(due + days(24));
    EXPECT_TRUE(Stands().blocked);
    EXPECT_EQ(checkout_.Letters("blocked"), 2) << "another invoice";
    EXPECT_EQ(checkout_.Balance(young), 9900);
}

}  // namespace
}  // namespace livery::payments::testing
