// What is looked at in turns: one thing that cannot be looked at, however many there are of it,
// holds up no other.

#include "app/round.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "app/cancel_payment.h"
#include "app/collection.h"
#include "before.h"
#include "checkout.h"
#include "storage/event_repository.h"

namespace livery::payments::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

Gateways::Reply NoAnswer() { return {Gateways::Fate::kUnknown, "", "no answer", {}}; }

class Turns : public ::testing::Test {
 protected:
    Turns() {
        checkout_.tenant.plugins.insert("payments");
        CallsAtOnce(1);
    }
    void CallsAtOnce(int calls) {
        auto settings = std::make_shared<PaymentSettings>();
        settings->calls_at_once = calls;
        checkout_.tenant.settings["payments"] = std::move(settings);
    }
    void Tell(const std::string& id, const std::string& about, const std::string& reference) {
        const std::map<std::string, std::string> headers{{"x-signature", "right"}};
        const std::string body = "[{\"id\":\"" + id + "\",\"about\":\"" + about +
                                 "\",\"reference\":\"" + reference + "\"}]";
        ASSERT_TRUE(events_.Receive(checkout_.tenant, {"cards", "", headers, body}).has_value());
    }
    Payment Pending(std::int64_t cents) {
        const InvoiceId invoice = checkout_.Charge(cents);
        checkout_.provider.Next(Does::kPend);
        return **checkout_.Pay(invoice, cents);
    }
    Payment Now(const Payment& payment) {
        return *PaymentRepository::Find(checkout_.database, checkout_.tenant.id, payment.id);
    }
    void Pass(seconds time) { checkout_.clock.Set(checkout_.clock.Now() + time); }
    bool IsSilent() { return behind_.watched.IsSilent(checkout_.tenant.id, "cards"); }

    Checkout checkout_;
    Behind behind_{checkout_};
    StartPayment start_{behind_.desk};
    Refunds refunds_{behind_.desk};
    Methods methods_{behind_.ports};
    ProviderEvents events_{behind_.desk, refunds_, methods_};
    Janitor janitor_{behind_.desk, [](const Tenant&, const Payment&) { return Payer{}; }};
    Collection collection_{start_, methods_, behind_.ports};
};

// Whoever shares his account at the provider with another system is told of all that one does.
TEST_F(Turns, MessagesAboutNothingOfOursHoldUpNoOther) {
    const Payment payment = Pending(2500);
    for (int i = 0; i < 250; ++i)
        Tell("theirs-" + std::to_string(i), "payment", "order-" + std::to_string(i));
    Tell("ours", "payment", payment.reference);
    checkout_.provider.BankPays(payment.reference);
    events_.HandleDue(checkout_.tenant);
    EXPECT_EQ(Now(payment).state, PaymentState::kCaptured);
}

TEST_F(Turns, ManyMessagesAboutOneThingAskOnce) {
    const Payment payment = Pending(2500);
    checkout_.provider.BankPays(payment.reference);
    for (const char* id : {"a", "b", "c", "d", "e"}) Tell(id, "payment", payment.reference);
    const int before = checkout_.provider.calls;
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 5);
    EXPECT_EQ(checkout_.provider.calls - before, 1);
}

TEST_F(Turns, WhatMayStillBecomeOursIsFollowedEverMoreSeldomForADay) {
    Tell("early", "payment", "p-nobody-1");
    const auto is_due = [&] {
        return !EventRepository::Due(checkout_.database, checkout_.tenant.id, checkout_.clock.Now(),
                                     1)
                    .empty();
    };
    for (const seconds until_next :
         {seconds(15), seconds(60), seconds(300), seconds(900), seconds(3600), seconds(14400)}) {
        EXPECT_EQ(events_.HandleDue(checkout_.tenant), 0);
        Pass(until_next - seconds(1));
        EXPECT_FALSE(is_due()) << until_next.count();
        Pass(seconds(1));
        EXPECT_TRUE(is_due()) << until_next.count();
    }
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 0);
    Pass(hours(24));
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1) << "a day is over";
    EXPECT_FALSE(is_due());
}

// What the bank took back is told once: it must not be lost because the provider was away then.
TEST_F(Turns, AMessageWaitsForAProviderThatDoesNotAnswer) {
    const InvoiceId invoice = checkout_.Charge(2500);
    const Payment payment = **checkout_.Pay(invoice, 2500);
    checkout_.provider.BankHolds(payment.reference, 2500);
    Tell("dispute", "dispute", payment.reference);
    behind_.before.instead = [](const auto&) { return std::optional(NoAnswer()); };
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 0);
    Pass(hours(30));
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 0) << "for longer than a day";
    EXPECT_EQ(checkout_.Balance(invoice), 0);
    behind_.before.instead = nullptr;
    Pass(hours(24));
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
    EXPECT_EQ(checkout_.Balance(invoice), 2500);
    EXPECT_EQ(checkout_.Cases().size(), 1U);
}

TEST_F(Turns, APaymentThatCannotBeLookedAtHoldsUpNoOther) {
    const Payment broken = Pending(1000);
    const Payment other = Pending(2000);
    behind_.before.instead =
        [&](const Gateways::Question& question) -> std::optional<Gateways::Reply> {
        if (question.message.find(broken.reference) != std::string::npos)
            throw std::runtime_error("no such book");
        return std::nullopt;
    };
    checkout_.provider.BankPays(other.reference);
    Pass(hours(24 * 3));
    EXPECT_EQ(janitor_.Run(checkout_.tenant).looked_up, 2);
    EXPECT_EQ(Now(other).state, PaymentState::kCaptured);
    EXPECT_EQ(Now(broken).state, PaymentState::kPending);
    EXPECT_EQ(Now(broken).next_look_at, checkout_.clock.Now() + minutes(1));
    behind_.before.instead = nullptr;
    checkout_.provider.BankPays(broken.reference);
    Pass(minutes(1));
    EXPECT_EQ(janitor_.Run(checkout_.tenant).resolved, 1);
}

TEST_F(Turns, AProviderThatDoesNotAnswerIsLeftAloneForAMinute) {
    std::vector<Payment> payments;
    for (int i = 0; i < 8; ++i) payments.push_back(Pending(1000 + i));
    int asked = 0;
    behind_.before.instead = [&](const auto&) {
        ++asked;
        return std::optional(NoAnswer());
    };
    Pass(hours(24 * 3));
    EXPECT_EQ(janitor_.Run(checkout_.tenant).looked_up, 8);
    EXPECT_EQ(asked, 3);
    EXPECT_TRUE(IsSilent());
    Pass(minutes(1));
    EXPECT_FALSE(IsSilent());
    behind_.before.instead = nullptr;
    for (const Payment& payment : payments) checkout_.provider.BankPays(payment.reference);
    janitor_.Run(checkout_.tenant);
    checkout_.LetTheJanitorFinish();
    for (const Payment& payment : payments)
        EXPECT_EQ(Now(payment).state, PaymentState::kCaptured) << payment.amount.minor_units();
}

// Whoever waits for an answer himself is let through, and an answer ends it.
TEST_F(Turns, ACustomerIsLetThroughToAProviderThatWasSilent) {
    const InvoiceId invoice = checkout_.Charge(2500);
    behind_.before.instead = [](const auto&) { return std::optional(NoAnswer()); };
    for (int i = 0; i < 3; ++i)
        behind_.watched.Call(checkout_.tenant, {"cards", "payment.lookup/1", "{}", seconds(1)});
    EXPECT_TRUE(IsSilent());
    behind_.before.instead = nullptr;
    const auto paid = start_.Run(
        checkout_.tenant,
        {checkout_.account, "cards", Origin::kCustomer, {{invoice, checkout_.Euros(2500)}}});
    EXPECT_EQ(paid->state, PaymentState::kCaptured);
    EXPECT_FALSE(IsSilent());
}

class BigDays : public Turns {
 protected:
    // An account of the shop that pays automatically, with so much due.
    void PayAutomatically(std::size_t account, std::int64_t cents) {
        checkout_.account = kills::Shop(1).At(account);
        ASSERT_TRUE(
            methods_.SetUp(checkout_.tenant, {checkout_.account, "cards", "en", ""}).has_value());
        ASSERT_TRUE(
            collection_.SetAutomatic(checkout_.tenant, checkout_.account, true).has_value());
        invoices_.push_back(checkout_.Charge(cents));
        accounts_.push_back(checkout_.account);
    }
    Collection::Report Run() {
        return collection_.RunDay(checkout_.tenant,
                                  std::chrono::floor<std::chrono::days>(checkout_.clock.Now()));
    }
    int Tries() {
        int tries = 0;
        for (const AccountId account : accounts_)
            tries += collection_.Of(checkout_.tenant, account).MostTries();
        return tries;
    }
    std::vector<AccountId> accounts_;
    std::vector<InvoiceId> invoices_;
};

TEST_F(BigDays, ChargeSeveralAccountsAtATime) {
    CallsAtOnce(4);
    for (std::size_t i = 0; i < 8; ++i) PayAutomatically(i, 1000 + static_cast<int>(i));
    Pass(hours(24 * 60));
    std::atomic<int> under_way{0};
    std::atomic<int> most{0};
    behind_.before.instead = [&](const auto&) -> std::optional<Gateways::Reply> {
        const int now = ++under_way;
        for (int known = most; now > known && !most.compare_exchange_weak(known, now);) {
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        --under_way;
        return std::nullopt;
    };
    const auto report = Run();
    EXPECT_EQ(report.tried, 8);
    EXPECT_EQ(report.paid, 8);
    EXPECT_EQ(most, 4);
    EXPECT_EQ(checkout_.provider.Charges(), 8);
    EXPECT_EQ(checkout_.provider.Charged(), 8 * 1000 + 28);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
    EXPECT_EQ(Run().tried, 0);
}

// A lookup may be faster than the answer of the call itself.
TEST_F(BigDays, FollowOnceWhatALookupLearnsBeforeTheCallHasItsAnswer) {
    PayAutomatically(0, 1000);
    Pass(hours(24 * 60));
    checkout_.provider.Next(Does::kDecline);
    behind_.before.instead =
        [&](const Gateways::Question& question) -> std::optional<Gateways::Reply> {
        if (question.operation != "payment.start/1") return std::nullopt;
        auto answer = checkout_.provider.Call(checkout_.tenant, question);
        Pass(minutes(1));
        EXPECT_EQ(janitor_.Run(checkout_.tenant).resolved, 1);
        EXPECT_EQ(checkout_.Letters("refused_soft"), 1);
        return answer;
    };
    EXPECT_EQ(Run().tried, 1);
    EXPECT_EQ(checkout_.Payments().front().state, PaymentState::kDeclined);
    EXPECT_EQ(checkout_.Letters("refused_soft"), 1);
    EXPECT_EQ(Tries(), 1);
    const auto next = collection_.Of(checkout_.tenant, accounts_.front()).NextTry();
    EXPECT_EQ(next,
              std::chrono::floor<std::chrono::days>(checkout_.clock.Now()) + std::chrono::days(1));
}

TEST_F(BigDays, WriteNoRefusalToWhoGaveUpHimself) {
    PayAutomatically(0, 1000);
    Pass(hours(24 * 60));
    checkout_.provider.Next(Does::kRequireAction);
    EXPECT_EQ(Run().tried, 1);
    const Payment waits = checkout_.Payments().front();
    ASSERT_EQ(waits.state, PaymentState::kRequiresAction);
    ASSERT_TRUE(
        CancelPayment(behind_.desk, checkout_.tenant, checkout_.account, waits.id).has_value());
    EXPECT_EQ(Now(waits).state, PaymentState::kCancelled);
    EXPECT_EQ(checkout_.Letters("refused_soft") + checkout_.Letters("refused_ours") +
                  checkout_.Letters("refused_authenticate"),
              0);
}

// No try is spent, and nobody is written to, for what was not tried to be taken.
TEST_F(BigDays, SpendNoTriesOnAProviderThatDoesNotAnswer) {
    for (std::size_t i = 0; i < 6; ++i) PayAutomatically(i, 1000);
    Pass(hours(24 * 60));
    behind_.before.instead = [](const auto&) -> std::optional<Gateways::Reply> {
        return Gateways::Reply{Gateways::Fate::kNothingSent, "", "connection refused", {}};
    };
    const auto first = Run();
    EXPECT_EQ(first.tried, 3);
    EXPECT_EQ(first.left, 3);
    EXPECT_EQ(Tries(), 3);
    EXPECT_EQ(checkout_.Letters("reminder"), 3) << "of those that were tried";
    collection_.CollectNow(checkout_.tenant, accounts_.back());
    EXPECT_EQ(Tries(), 4) << "whoever switches it on waits for what comes of it";
    behind_.before.instead = nullptr;
    Pass(minutes(1));
    const auto second = Run();
    EXPECT_EQ(second.paid, 2);
    EXPECT_EQ(second.left, 0);
    EXPECT_EQ(checkout_.provider.Charges(), 2);
}

}  // namespace
}  // namespace livery::payments::testing
