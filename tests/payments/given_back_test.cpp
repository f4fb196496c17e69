// Refunds, chargebacks, and what providers tell us. The judge is the provider's own ledger.

#include <gtest/gtest.h>

#include "app/cases.h"
#include "app/continue_payment.h"
#include "app/hand_payments.h"
#include "app/provider_events.h"
#include "app/return_links.h"
#include "checkout.h"
#include "storage/refund_repository.h"

namespace livery::payments::testing {
namespace {

class GivenBack : public ::testing::Test {
 protected:
    Payment Paid(std::int64_t cents) {
        invoice_ = checkout_.Charge(cents);
        const auto paid = checkout_.Pay(invoice_, cents);
        EXPECT_TRUE(paid && *paid && (*paid)->state == PaymentState::kCaptured);
        return **paid;
    }
    Refunds::Wish Wish(const Payment& payment, std::int64_t cents) {
        return {payment.id, checkout_.Euros(cents), "It rained"};
    }
    std::string Give(const Payment& payment, std::int64_t cents) {
        try {
            const auto given = refunds_.Give(checkout_.tenant, Wish(payment, cents));
            if (given) return std::string(ToString(given->state));
            return given.error().fields.empty() ? given.error().message
                                                : given.error().fields[0].message;
        } catch (const Killed&) {
            return "killed";
        } catch (const db::CommitUnknown&) {
            return "commit unknown";
        }
    }
    std::vector<Refund> RefundsOf(const Payment& payment) {
        return RefundRepository::OfPayment(checkout_.database, checkout_.tenant.id, payment.id);
    }
    // Until no refund is left to be looked up.
    void LetTheRefundsFinish(const Payment& payment) {
        for (int looks = 0; looks < 100; ++looks) {
            std::optional<Instant> next;
            for (const Refund& refund : RefundsOf(payment)) {
                if (refund.next_look_at) next = refund.next_look_at;
            }
            if (!next) return;
            checkout_.clock.Set(std::max(checkout_.clock.Now(), *next));
            try {
                refunds_.LookUpDue(checkout_.tenant);
            } catch (const Killed&) {
            } catch (const db::CommitUnknown&) {
            }
        }
        FAIL() << "a refund that is never resolved";
    }
    Payment Now(const Payment& payment) {
        return *PaymentRepository::Find(checkout_.database, checkout_.tenant.id, payment.id);
    }
    std::string Event(const std::string& id, const std::string& about, const std::string& reference,
                      const char* signature = "right") {
        const std::map<std::string, std::string> headers{{"x-signature", signature}};
        const std::string body = "[{\"id\":\"" + id + "\",\"about\":\"" + about +
                                 "\",\"reference\":\"" + reference + "\"}]";
        const auto answer = events_.Receive(checkout_.tenant, {"cards", "", headers, body});
        return answer ? std::to_string(answer->status) + answer->body : answer.error().message;
    }

    Checkout checkout_;
    Refunds refunds_{checkout_.desk};
    Methods methods_{checkout_.ports};
    ProviderEvents events_{checkout_.desk, refunds_, methods_};
    InvoiceId invoice_;
};

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
    ASSERT_TRUE(refunds_.ChargeBack(checkout_.tenant, Wish(**paid, 24995)).has_value());
    EXPECT_EQ(checkout_.Balance(invoice_), 24995);
}

// Case PA-13: in whatever order and how often they come.
TEST_F(GivenBack, EventsOfOnePaymentHaveOneEffect) {
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

TEST_F(GivenBack, AnEventIsAHintAndNoFact) {
    invoice_ = checkout_.Charge(2500);
    checkout_.provider.Next(Does::kPend);
    const auto paid = checkout_.Pay(invoice_, 2500);
    EXPECT_EQ(Event("paid", "payment", (*paid)->reference), "202[accepted]");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
    EXPECT_EQ(checkout_.Balance(invoice_), 2500);
    EXPECT_EQ(Now(**paid).state, PaymentState::kPending);
}

TEST_F(GivenBack, AForgedEventIsNotEvenKept) {
    const Payment payment = Paid(2500);
    EXPECT_EQ(Event("e1", "payment", payment.reference, "wrong"), "no signature");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 0);
    EXPECT_EQ(Event("e1", "payment", payment.reference), "202[accepted]");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
}

// The provider may be faster than our own commit.
TEST_F(GivenBack, AnEventOfNothingKnownWaitsForADay) {
    EXPECT_EQ(Event("early", "payment", "p-nobody-1"), "202[accepted]");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 0);
    checkout_.clock.Set(checkout_.clock.Now() + std::chrono::hours(25));
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
}

TEST_F(GivenBack, AnEventOfASetUpIsLookedUp) {
    checkout_.provider.SetUpsAre("requires_action");
    const auto begun = methods_.SetUp(checkout_.tenant, {checkout_.account, "cards", "en", ""});
    checkout_.provider.SetUpEnds("active");
    EXPECT_EQ(Event("s1", "setup", begun->key.Reference()), "202[accepted]");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
    EXPECT_EQ(methods_.Of(checkout_.tenant, checkout_.account)[0].state, MethodState::kActive);
}

TEST_F(GivenBack, ADisputeWaitsForAPerson) {
    const Payment payment = Paid(2500);
    EXPECT_EQ(Event("d1", "dispute", payment.reference), "202[accepted]");
    EXPECT_EQ(events_.HandleDue(checkout_.tenant), 1);
    ASSERT_EQ(checkout_.Cases().size(), 1U);
    EXPECT_EQ(checkout_.Cases()[0].kind, "dispute");
    EXPECT_EQ(checkout_.Balance(invoice_), 0);
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

TEST_F(GivenBack, WhoComesBackFromTheProvidersPageIsLookedUpOnce) {
    invoice_ = checkout_.Charge(2500);
    checkout_.provider.Next(Does::kRequireAction);
    const auto paid = checkout_.Pay(invoice_, 2500);
    ASSERT_EQ((*paid)->state, PaymentState::kRequiresAction);
    EXPECT_EQ((*paid)->action_url.rfind("https://pay.example/", 0), 0U);
    const std::string url = checkout_.provider.return_url;
    const std::string token = url.substr(url.rfind('/') + 1);
    // The browser's word for it counts for nothing.
    const auto forged = ContinuePayment(checkout_.desk, checkout_.tenant, checkout_.account, token,
                                        {{"status", "captured"}});
    ASSERT_TRUE(forged.has_value());
    EXPECT_EQ(forged->state, PaymentState::kRequiresAction);
    checkout_.provider.CustomerPays((*paid)->reference);
    const int calls = checkout_.provider.calls;
    // Used: as one that never was.
    EXPECT_FALSE(ContinuePayment(checkout_.desk, checkout_.tenant, checkout_.account, token, {}));
    EXPECT_EQ(checkout_.provider.calls, calls);
    EXPECT_FALSE(
        ContinuePayment(checkout_.desk, checkout_.tenant, AccountId(MakeUuidV7(7, {})), token, {}));
    checkout_.LetTheJanitorFinish();
    EXPECT_EQ(checkout_.Balance(invoice_), 0);
}

// Forged, expired, another's: nobody is told which, and nothing is asked of the provider.
TEST_F(GivenBack, AReturnHoldsForWhatItWasSignedForAndNoLonger) {
    invoice_ = checkout_.Charge(2500);
    checkout_.provider.Next(Does::kRequireAction);
    const auto paid = checkout_.Pay(invoice_, 2500);
    const std::string url = checkout_.provider.return_url;
    const std::string token = url.substr(url.rfind('/') + 1);
    const auto first = token.find('.');
    const auto second = token.find('.', first + 1);
    const int calls = checkout_.provider.calls;
    const auto refused = [&](const std::string& text) {
        const auto back =
            ContinuePayment(checkout_.desk, checkout_.tenant, checkout_.account, text, {});
        return !back && back.error().code == ErrorCode::kNotFound;
    };
    const std::string later =
        std::to_string(std::stoll(token.substr(first + 1, second - first - 1)) + 1);
    EXPECT_TRUE(refused(token.substr(0, first + 1) + later + token.substr(second)));
    EXPECT_TRUE(refused(token.substr(0, token.size() - 1)));
    EXPECT_TRUE(refused(token.substr(0, first)));
    EXPECT_TRUE(refused("")) << "empty";
    EXPECT_TRUE(refused("x.y.z"));
    // Signed for another payment, or by another host.
    const ReturnLink other{*UuidFromBase58(token.substr(0, first)), checkout_.account,
                           MakeUuidV7(9, {}), checkout_.clock.Now() + kReturnHolds};
    EXPECT_TRUE(refused(TextOf(checkout_.signer, checkout_.tenant.id, other)));
    const identity::HostLinkSigner stranger(std::string(32, 'x'));
    const ReturnLink same{other.token, checkout_.account, (*paid)->id.uuid(), other.until};
    EXPECT_TRUE(refused(TextOf(stranger, checkout_.tenant.id, same)));
    const Instant now = checkout_.clock.Now();
    checkout_.clock.Set(now + kReturnHolds);
    EXPECT_TRUE(refused(token)) << "expired";
    checkout_.clock.Set(now);
    EXPECT_EQ(checkout_.provider.calls, calls);
    EXPECT_FALSE(refused(token));
    EXPECT_EQ(checkout_.provider.calls, calls + 1);
}

TEST_F(GivenBack, MoneyByHandIsBookedOnceAndGivenBackByHand) {
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

TEST_F(GivenBack, MoneyByHandIsNotTakenForWhatIsBeingPaid) {
    invoice_ = checkout_.Charge(2500);
    checkout_.provider.Next(Does::kRequireAction);
    (void)checkout_.Pay(invoice_, 2500);
    const auto written = WriteDown(
        checkout_.ports, checkout_.tenant,
        {checkout_.account, checkout_.Euros(2500), "TRF-1", {{invoice_, checkout_.Euros(2500)}}});
    ASSERT_FALSE(written.has_value());
    EXPECT_EQ(written.error().message, "error.under_way");
}

TEST_F(GivenBack, WhatIsHeldIsDecidedByAPersonByName) {
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
    const auto decided = decide(**held, true, "J. Roe", checkout_.Euros(2000));
    ASSERT_TRUE(decided.has_value());
    EXPECT_EQ(decided->state, PaymentState::kCaptured);
    EXPECT_EQ(checkout_.Balance(invoice_), 500) << "what was taken, not what was asked";
    EXPECT_TRUE(checkout_.Cases().empty());
    EXPECT_FALSE(decide(*decided, false, "J. Roe").has_value());
}

TEST_F(GivenBack, NothingIsTakenWithoutItsIdAtTheProvider) {
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
TEST_F(GivenBack, MoneyByHandForNoInvoiceIsNotTakenForWhatIsBeingPaid) {
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

TEST_F(GivenBack, ARefundThatNobodyCanTellOfIsDecidedByAPerson) {
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
TEST_F(GivenBack, ADecidedRefundCountsOnce) {
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

TEST_F(GivenBack, ARefundThatCameBackIsThePayersAgain) {
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

TEST_F(GivenBack, ACaseIsClosedByNameAndOpensAgainWhenSomethingHappens) {
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

TEST_F(GivenBack, ACaseOfMoneyThatNobodyKnowsOfIsDecidedNotClosed) {
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
