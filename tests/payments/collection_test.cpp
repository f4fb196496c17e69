// What days bring: automatic payments, retries, letters, dunning; and what can be charged.

#include "app/collection.h"

#include <gtest/gtest.h>

#include "app/provider_events.h"
#include "app/refunds.h"
#include "automatic_days.h"

namespace livery::payments::testing {
namespace {

using std::chrono::days;

TEST_F(Days, TakeWhatIsDueOnItsDayAndNotBefore) {
    Card();
    PayAutomatically();
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    EXPECT_EQ(Run(due - days(1)).tried, 0);
    EXPECT_EQ(Run(due).paid, 1);
    EXPECT_EQ(checkout_.Balance(invoice), 0);
    EXPECT_EQ(checkout_.provider.token, "tok_1");
    EXPECT_EQ(Run(due).tried, 0);
    EXPECT_EQ(checkout_.provider.Charged(), 24995);
    EXPECT_EQ(checkout_.Letters("received"), 1);
}

// Case DU-01: both clocks.
TEST_F(Days, TryAgainByThePlanAndDunByTheAge) {
    Card();
    PayAutomatically();
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    std::vector<int> tried;
    std::vector<std::pair<int, std::string>> steps;
    std::string step;
    for (int day = 0; day <= 21; ++day) {
        checkout_.provider.Next(Does::kDecline);
        if (Run(due + days(day)).tried > 0) tried.push_back(day);
        const std::string now = collection_.Of(checkout_.tenant, checkout_.account).step;
        if (now != step) steps.emplace_back(day, step = now);
    }
    EXPECT_EQ(tried, (std::vector<int>{0, 1, 9, 13, 20}));
    EXPECT_EQ(steps,
              (std::vector<std::pair<int, std::string>>{{10, "warning"}, {14, "collection"}}));
    EXPECT_EQ(checkout_.Letters("warning"), 1);
    EXPECT_EQ(checkout_.Letters("collection"), 1);
    EXPECT_EQ(checkout_.Letters("refused_soft"), 5);
    // Paid, and clear at once.
    checkout_.provider.Next(Does::kCapture);
    ASSERT_TRUE((*checkout_.Pay(invoice, 24995)).has_value());
    Run(due + days(22));
    EXPECT_EQ(collection_.Of(checkout_.tenant, checkout_.account).step, "");
}

// The letter asks for another card: it is charged once it is there.
TEST_F(Days, ChargeTheCardThatCameAfterOneThatRefusesForGood) {
    Card();
    PayAutomatically();
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    checkout_.provider.Next(Does::kDeclineForGood);
    EXPECT_EQ(Run(due).tried, 1);
    EXPECT_EQ(checkout_.Letters("refused_hard"), 1);
    EXPECT_EQ(Run(due + days(1)).tried, 0) << "there is nothing to be charged";
    Card();
    EXPECT_EQ(Run(due + days(2)).paid, 1);
    EXPECT_EQ(checkout_.Balance(invoice), 0);
}

// And so is what is due when automatic payment is switched on after the last try of the plan.
TEST_F(Days, TryOnceMoreForWhoeverSwitchesItOnAgain) {
    Card();
    PayAutomatically();
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    for (int day = 0; day <= 20; ++day) {
        checkout_.provider.Next(Does::kDecline);
        Run(due + days(day));
    }
    checkout_.provider.Next(Does::kCapture);
    EXPECT_EQ(Run(due + days(25)).tried, 0);
    PayAutomatically();
    EXPECT_EQ(checkout_.Balance(invoice), 0);
}

// Case PA-07.
TEST_F(Days, TakeWhatIsDueWhenItIsSwitchedOn) {
    Card();
    const InvoiceId invoice = checkout_.Charge(24995);
    checkout_.clock.Set(Instant(checkout_.DueDay(invoice)));
    EXPECT_EQ(Run(checkout_.DueDay(invoice)).tried, 0);
    ASSERT_TRUE((*checkout_.Pay(invoice, 1000)).has_value());
    PayAutomatically();
    EXPECT_EQ(checkout_.Balance(invoice), 0);
    EXPECT_EQ(checkout_.provider.Charged(), 24995);
}

// Case PA-08: what turns out to have failed is tried again, once, and never doubled.
TEST_F(Days, TryAgainWhatTurnedOutToHaveFailed) {
    Card();
    PayAutomatically();
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    checkout_.provider.Next(Does::kPend);
    Run(due);
    EXPECT_EQ(checkout_.Balance(invoice), 24995);
    EXPECT_EQ(Run(due + days(1)).tried, 0);  // the bank has not decided
    checkout_.provider.CustomerGivesUp(checkout_.Payments().front().reference);
    checkout_.LetTheJanitorFinish();
    EXPECT_EQ(Run(std::max(due + days(2), std::chrono::ceil<days>(checkout_.clock.Now()))).paid, 1);
    EXPECT_EQ(checkout_.provider.Charged(), 24995);
}

// What nobody heard at once is followed as if they had: one letter, and the plan's days.
TEST_F(Days, WriteOnceOfARefusalThatALookupTells) {
    Card();
    PayAutomatically();
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    checkout_.provider.Next(Does::kHangDeclined);
    EXPECT_EQ(Run(due).tried, 1);
    EXPECT_EQ(checkout_.Letters("refused_soft"), 0);
    checkout_.LetTheJanitorFinish();
    EXPECT_EQ(checkout_.Payments().front().state, PaymentState::kDeclined);
    EXPECT_EQ(checkout_.Letters("refused_soft"), 1);
    EXPECT_EQ(collection_.Of(checkout_.tenant, checkout_.account).NextTry(), due + days(1));
    checkout_.LetTheJanitorFinish();
    EXPECT_EQ(checkout_.Letters("refused_soft"), 1);
}

// Whoever pays himself is on the page that says so.
TEST_F(Days, WriteNoLetterToWhoPaysHimself) {
    const InvoiceId invoice = checkout_.Charge(24995);
    checkout_.provider.Next(Does::kHangDeclined);
    ASSERT_TRUE((*checkout_.Pay(invoice, 24995)).has_value());
    checkout_.LetTheJanitorFinish();
    EXPECT_EQ(checkout_.Payments().front().state, PaymentState::kDeclined);
    EXPECT_EQ(checkout_.Letters("refused_soft"), 0);
}

TEST_F(Days, LeaveAloneWhoeverMustConfirmHimself) {
    Card();
    PayAutomatically();
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    checkout_.provider.Next(Does::kWantCustomer);
    EXPECT_EQ(Run(due).tried, 1);
    EXPECT_EQ(checkout_.Letters("refused_authenticate"), 1);
    for (int day = 1; day <= 30; ++day) EXPECT_EQ(Run(due + days(day)).tried, 0);
}

TEST_F(Days, DoNotTryTwiceWhenTheirRunIsKilled) {
    Card();
    PayAutomatically();
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    checkout_.provider.Next(Does::kDieAfter);
    EXPECT_EQ(Run(due).failed, 1);
    EXPECT_EQ(checkout_.provider.Charges(), 1);
    Run(due);
    EXPECT_EQ(checkout_.provider.starts, 1);
    checkout_.LetTheJanitorFinish();
    EXPECT_EQ(checkout_.Balance(invoice), 0);
    EXPECT_EQ(checkout_.provider.Charged(), 24995);
    EXPECT_EQ(checkout_.WrongWithTheMoney(), "");
}

TEST_F(Days, WaitForWhoPromisedToPay) {
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    Run(due + days(9));
    const auto promise = [&](int day) {
        return collection_.dunning().Promise(checkout_.tenant, checkout_.account, due + days(day),
                                             "subscriber");
    };
    EXPECT_FALSE(promise(8).has_value());
    EXPECT_FALSE(promise(90).has_value());
    EXPECT_TRUE(promise(12).has_value());
    for (int day = 10; day <= 12; ++day) Run(due + days(day));
    EXPECT_EQ(checkout_.Letters("warning"), 0);
    Run(due + days(13));
    EXPECT_EQ(checkout_.Letters("warning"), 1);
}

TEST_F(Days, RemindTwiceAndNotEveryDay) {
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    for (int day = 0; day < 9; ++day) Run(due + days(day));
    EXPECT_EQ(checkout_.Letters("reminder"), 1);
    Run(due + days(9));
    EXPECT_EQ(checkout_.Letters("reminder"), 2);
}

TEST_F(Days, WarnOfACardThatExpiresOnceEach) {
    Card();
    PayAutomatically();
    const Date expiry = *ParseDate("2028-01-01");
    for (int left = 31; left > 5; --left) {
        Run(expiry - days(left));
        Run(expiry - days(left));
    }
    EXPECT_EQ(checkout_.Letters("expires"), 2);
}

// Also whoever owes nothing, and does not pay automatically.
TEST_F(Days, WarnWhoeverHasACard) {
    Card();
    for (const int left : {31, 30, 7}) Run(*ParseDate("2028-01-01") - days(left));
    EXPECT_EQ(checkout_.Letters("expires"), 2);
}

// The bank decides who is right: until then the same card is not charged for the same thing.
TEST_F(Days, TakeNothingAgainThatABankHasTakenBack) {
    Card();
    PayAutomatically();
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    EXPECT_EQ(Run(due).paid, 1);
    Refunds refunds(checkout_.desk);
    const Payment paid = checkout_.Payments().front();
    ASSERT_TRUE(refunds.ChargeBack(checkout_.tenant, {paid.id, checkout_.Euros(24995), "bank"})
                    .has_value());
    EXPECT_EQ(checkout_.Letters("came_back"), 1);
    for (int day = 1; day < 40; ++day) EXPECT_EQ(Run(due + days(day)).tried, 0) << day;
    EXPECT_EQ(checkout_.provider.Charges(), 1);
    EXPECT_EQ(collection_.Of(checkout_.tenant, checkout_.account).step, "collection")
        << "it is owed, and dunned";
    // What falls due later is taken as ever.
    const InvoiceId other = checkout_.Charge(1000);
    EXPECT_EQ(Run(std::max(due + days(40), checkout_.DueDay(other))).paid, 1);
    EXPECT_EQ(checkout_.Balance(other), 0);
    EXPECT_EQ(checkout_.Balance(invoice), 24995);
}

// What a direct debit brought and lost again counts as a try, so the plan comes to an end.
TEST_F(Days, CountWhatCameBackLateAsATry) {
    Card();
    PayAutomatically();
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    Refunds refunds(checkout_.desk);
    ProviderEvents events(checkout_.desk, refunds, methods_);
    std::vector<int> tried;
    for (int day = 0; day <= 60; ++day) {
        if (Run(due + days(day)).tried == 0) continue;
        tried.push_back(day);
        const std::string reference = checkout_.Payments().front().reference;
        checkout_.provider.BankTakesBack(reference);
        const std::map<std::string, std::string> headers{{"x-signature", "right"}};
        ASSERT_TRUE(
            events
                .Receive(checkout_.tenant,
                         {"cards", "", headers,
                          "[{\"id\":\"" + reference + "\",\"about\":\"payment\",\"reference\":\"" +
                              reference + "\"}]"})
                .has_value());
        EXPECT_EQ(events.HandleDue(checkout_.tenant), 1);
        EXPECT_EQ(checkout_.Balance(invoice), 24995);
    }
    EXPECT_EQ(tried, (std::vector<int>{0, 1, 9, 13, 20}));
    EXPECT_EQ(checkout_.Letters("refused_ours") + checkout_.Letters("refused_soft"), 5);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// What he tried himself before is no day of the plan.
TEST_F(Days, CountNoTryOfWhoPaysHimself) {
    Card();
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    for (int attempt = 0; attempt < 3; ++attempt) {
        checkout_.provider.Next(Does::kDecline);
        ASSERT_TRUE((*checkout_.Pay(invoice, 24995)).has_value());
    }
    checkout_.provider.Next(Does::kCapture);
    checkout_.clock.Set(Instant(due - days(1)));
    PayAutomatically();
    EXPECT_EQ(Run(due).paid, 1);
    checkout_.provider.BankTakesBack(checkout_.Payments().front().reference);
    ASSERT_TRUE(checkout_.desk.LookUp(checkout_.tenant, checkout_.Payments().front()));
    EXPECT_EQ(checkout_.Balance(invoice), 24995);
    EXPECT_EQ(collection_.Of(checkout_.tenant, checkout_.account).MostTries(), 1);
    EXPECT_EQ(Run(due + days(1)).tried, 1);
}

// It is owed again since that day, and not since its own.
TEST_F(Days, DunWhatABankTookBackFromThatDayOn) {
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    const Payment paid = **checkout_.Pay(invoice, 24995);
    checkout_.clock.Set(Instant(due + days(30)));
    Refunds refunds(checkout_.desk);
    ASSERT_TRUE(refunds.ChargeBack(checkout_.tenant, {paid.id, checkout_.Euros(24995), "bank"})
                    .has_value());
    std::vector<std::pair<int, std::string>> steps;
    std::string step;
    for (int day = 31; day <= 46; ++day) {
        Run(due + days(day));
        const std::string now = collection_.Of(checkout_.tenant, checkout_.account).step;
        if (now != step) steps.emplace_back(day, step = now);
    }
    EXPECT_EQ(steps,
              (std::vector<std::pair<int, std::string>>{{40, "warning"}, {44, "collection"}}));
}

TEST_F(Days, AskForNothingThatIsOnItsWay) {
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    Run(due + days(10));
    EXPECT_EQ(collection_.Of(checkout_.tenant, checkout_.account).step, "warning");
    checkout_.provider.Next(Does::kPend);
    ASSERT_TRUE((*checkout_.Pay(invoice, 24995)).has_value());
    for (int day = 11; day < 30; ++day) {
        const auto report = Run(due + days(day));
        EXPECT_EQ(report.reminded + report.stepped, 0) << day;
    }
    EXPECT_EQ(collection_.Of(checkout_.tenant, checkout_.account).step, "warning")
        << "not paid yet, so not clear either";
    checkout_.provider.BankDeclines(checkout_.Payments().front().reference);
    checkout_.LetTheJanitorFinish();
    EXPECT_EQ(checkout_.Letters("not_paid"), 1);
    EXPECT_EQ(Run(std::max(due + days(30), std::chrono::ceil<days>(checkout_.clock.Now()))).stepped,
              1);
}

TEST_F(Days, ChargeNobodyBeforeTheDayThatHePromised) {
    Card();
    const InvoiceId invoice = checkout_.Charge(24995);
    const Date due = checkout_.DueDay(invoice);
    checkout_.clock.Set(Instant(due - days(1)));
    PayAutomatically();
    checkout_.provider.Next(Does::kDecline);
    EXPECT_EQ(Run(due).tried, 1);
    ASSERT_TRUE(collection_.dunning()
                    .Promise(checkout_.tenant, checkout_.account, due + days(5), "subscriber")
                    .has_value());
    for (int day = 1; day <= 5; ++day) EXPECT_EQ(Run(due + days(day)).tried, 0) << day;
    EXPECT_EQ(Run(due + days(6)).paid, 1);
}

TEST_F(Days, KeepTheLastMethodOfWhoPaysByItself) {
    EXPECT_FALSE(collection_.SetAutomatic(checkout_.tenant, checkout_.account, true).has_value());
    const PaymentMethod card = Card();
    PayAutomatically();
    const auto remove = [&](MethodId id) {
        return methods_.Remove(checkout_.tenant, checkout_.account, id).has_value();
    };
    EXPECT_FALSE(remove(card.id));
    EXPECT_EQ(checkout_.provider.detached, 0);
    const PaymentMethod second = Card();
    EXPECT_TRUE(remove(card.id));
    EXPECT_EQ(checkout_.provider.detached, 1);
    EXPECT_FALSE(remove(card.id));
    EXPECT_TRUE(methods_.Of(checkout_.tenant, checkout_.account)[1].is_default);
    EXPECT_FALSE(methods_.Remove(checkout_.tenant, AccountId(MakeUuidV7(9, {})), second.id));
}

TEST_F(Days, SetUpAMethodOnTheProvidersPage) {
    checkout_.provider.SetUpsAre("requires_action");
    const auto begun = methods_.SetUp(checkout_.tenant, {checkout_.account, "cards", "en", ""});
    ASSERT_TRUE(begun.has_value());
    EXPECT_EQ(begun->action_url, "https://pay.example/setup");
    const std::string url = checkout_.provider.return_url;
    const std::string token = url.substr(url.rfind('/') + 1);
    checkout_.provider.SetUpEnds("active");
    const auto back = methods_.Continue(checkout_.tenant, checkout_.account, token);
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->state, MethodState::kActive);
    EXPECT_EQ(back->last4, "4241");
    EXPECT_TRUE(methods_.Of(checkout_.tenant, checkout_.account)[0].is_default);
    // One that nobody answered is asked about.
    checkout_.provider.SetUpsAre("");
    ASSERT_TRUE(methods_.SetUp(checkout_.tenant, {checkout_.account, "cards", "en", ""}));
    checkout_.provider.SetUpEnds("active");
    checkout_.clock.Set(checkout_.clock.Now() + std::chrono::seconds(20));
    EXPECT_EQ(methods_.LookUpDue(checkout_.tenant), 1);
    EXPECT_EQ(methods_.Of(checkout_.tenant, checkout_.account)[1].state, MethodState::kActive);
    EXPECT_FALSE(methods_.SetUp(checkout_.tenant, {checkout_.account, "wallets", "en", ""}));
}

}  // namespace
}  // namespace livery::payments::testing
