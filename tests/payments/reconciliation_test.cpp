// A provider's list beside our books, day by day.

#include <gtest/gtest.h>

#include "day_of_a_list.h"
#include "domain/comparison.h"
#include "domain/progress.h"
#include "storage/refund_repository.h"

namespace livery::payments::testing {
namespace {

using std::chrono::days;

TEST_F(ADayOfAList, AgreesPageByPageAndIsComparedOnce) {
    for (const int cents : {1000, 2000, 3000}) Pay(cents);
    const Payment back = Pay(4000);
    ASSERT_TRUE(refunds_.Give(checkout_.tenant, {back.id, checkout_.Euros(500), "rain"}));
    checkout_.provider.BankHolds(back.reference, 700);
    ASSERT_TRUE(refunds_.FollowBank(checkout_.tenant, back, checkout_.Euros(700)));
    const auto report = NextDay();
    EXPECT_EQ(report.listed, 6);
    EXPECT_EQ(report.matched, 6);
    EXPECT_EQ(report.differences, 0);
    EXPECT_TRUE(Open().empty());
    EXPECT_EQ(reconciliation_.Run(checkout_.tenant).lists, 0);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

TEST_F(ADayOfAList, FindsMoneyOfOursAndBooksIt) {
    const InvoiceId invoice = checkout_.Charge(2500);
    checkout_.provider.Next(Does::kHangCharged);
    (void)checkout_.Pay(invoice, 2500);
    EXPECT_EQ(checkout_.Balance(invoice), 2500);
    NextDay();
    EXPECT_EQ(checkout_.Balance(invoice), 0);
    EXPECT_TRUE(Open().empty());
    EXPECT_EQ(checkout_.WrongWithTheMoney(), "");
}

TEST_F(ADayOfAList, FindsARefundThatHasEndedMeanwhile) {
    const Payment payment = Pay(2500);
    checkout_.provider.RefundsAre("pending");
    const auto given = refunds_.Give(checkout_.tenant, {payment.id, checkout_.Euros(1000), "Rain"});
    ASSERT_EQ(given->state, RefundState::kPending);
    checkout_.provider.RefundBecomes("succeeded");
    EXPECT_EQ(NextDay().differences, 0);
    EXPECT_EQ(RefundRepository::Find(checkout_.database, checkout_.tenant.id, given->id)->state,
              RefundState::kSucceeded);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// Every provider counts for itself, so two gateways may say the same of two refunds.
TEST_F(ADayOfAList, TakesNoRefundOfAnotherGatewayForItsOwn) {
    const auto given =
        refunds_.Give(checkout_.tenant, {Pay(2500).id, checkout_.Euros(1000), "Rain"});
    ASSERT_TRUE(given);
    const auto by = [&](const char* instance, const std::string& id, const std::string& ours) {
        return RefundRepository::ByProvider(checkout_.database, checkout_.tenant.id, instance, id,
                                            ours);
    };
    ASSERT_NE(given->provider_id, "");
    EXPECT_EQ(by("cards", given->provider_id, "")->id, given->id);
    EXPECT_EQ(by("cards", "", given->reference)->id, given->id);
    EXPECT_FALSE(by("debits", given->provider_id, ""));
}

// The list has the days of the reversal only; the chargeback stood on an older one.
TEST_F(ADayOfAList, KnowsADisputeThatWasWonLater) {
    const Payment payment = Pay(2500);
    ASSERT_TRUE(refunds_.FollowBank(checkout_.tenant, payment, checkout_.Euros(2500)));
    ASSERT_TRUE(refunds_.FollowBank(checkout_.tenant, payment, checkout_.Euros(0)));
    checkout_.provider.BankHolds(payment.reference, 0);
    checkout_.provider.also_lists = {{"chargeback", "dp_won", "", 2500, 0, payment.provider_id}};
    EXPECT_EQ(NextDay().differences, 0);
    EXPECT_TRUE(Open().empty());
}

TEST_F(ADayOfAList, FindsWhatHadFailedLateAndIsTakenAgain) {
    const Payment payment = Pay(2500);
    checkout_.provider.BankTakesBack(payment.reference);
    ASSERT_TRUE(checkout_.desk.LookUp(checkout_.tenant, payment));
    checkout_.provider.TakesAgain(payment.reference);
    EXPECT_EQ(NextDay().differences, 0);
    ASSERT_EQ(checkout_.Cases().size(), 1U);
    EXPECT_EQ(checkout_.Cases()[0].kind, kTakenAgain);
}

TEST_F(ADayOfAList, BooksMoneyOfNobodyByAPersonOnly) {
    const InvoiceId invoice = checkout_.Charge(2500);
    checkout_.provider.also_lists = {{"payment", "ch_stray", "", 2500, 30}};
    EXPECT_EQ(NextDay().differences, 1);
    EXPECT_EQ(Only().kind, DifferenceKind::kMissingHere);
    EXPECT_EQ(Only().there, checkout_.Euros(2500));
    EXPECT_EQ(checkout_.Balance(invoice), 2500);
    EXPECT_EQ(NextDay().differences, 0) << "it is known";
    EXPECT_FALSE(Decide(true, "").has_value()) << "nobody's name";
    ASSERT_TRUE(Decide(true, "J. Roe").has_value());
    EXPECT_EQ(checkout_.Balance(invoice), 0);
    EXPECT_EQ(checkout_.Payments().front().provider_id, "ch_stray");
    EXPECT_TRUE(Open().empty());
    EXPECT_EQ(NextDay().matched, 1);
    EXPECT_TRUE(Open().empty());
    EXPECT_EQ(checkout_.Letters("received"), 1);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

// As money by hand: the page that is open may take it a second time.
TEST_F(ADayOfAList, BooksNothingForWhatIsBeingPaid) {
    const InvoiceId invoice = checkout_.Charge(2500);
    checkout_.provider.Next(Does::kRequireAction);
    (void)checkout_.Pay(invoice, 2500);
    checkout_.provider.also_lists = {{"payment", "ch_stray", "", 2500, 30}};
    EXPECT_EQ(NextDay().differences, 1);
    const auto refused = Decide(true, "J. Roe");
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().message, "error.under_way");
    EXPECT_EQ(Open().size(), 1U);
    checkout_.provider.CustomerGivesUp(checkout_.Payments().front().reference);
    checkout_.LetTheJanitorFinish();
    ASSERT_TRUE(Decide(true, "J. Roe").has_value());
    EXPECT_EQ(checkout_.Balance(invoice), 0);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

TEST_F(ADayOfAList, MissesWhatTheProviderDoesNotList) {
    const Payment lost = Pay(2500);
    checkout_.provider.hides = {lost.reference};
    EXPECT_EQ(NextDay().differences, 1);
    EXPECT_EQ(Only().kind, DifferenceKind::kMissingThere);
    EXPECT_EQ(Only().payment, lost.id);
    EXPECT_FALSE(Decide(true, "J. Roe").has_value()) << "it is no money that is missing here";
    ASSERT_TRUE(Decide(false, "J. Roe").has_value());
    NextDay();
    EXPECT_TRUE(Open().empty()) << "what was decided stays decided";
}

TEST_F(ADayOfAList, SeesOtherAmountsAndOtherFees) {
    const Payment paid = Pay(2500);
    const Payment other = Pay(1000);
    EXPECT_EQ(NextDay().matched, 2);
    checkout_.provider.hides = {paid.reference, other.reference};
    checkout_.provider.also_lists = {{"payment", paid.provider_id, paid.reference, 2500, 31},
                                     {"payment", other.provider_id, other.reference, 999, 30}};
    EXPECT_EQ(NextDay().differences, 2);
    std::map<DifferenceKind, Difference> found;
    for (const OpenDifference& open : Open()) found[open.difference.kind] = open.difference;
    ASSERT_TRUE(found.contains(DifferenceKind::kFee));
    ASSERT_TRUE(found.contains(DifferenceKind::kAmount));
    EXPECT_EQ(found[DifferenceKind::kFee].there, checkout_.Euros(31));
    EXPECT_EQ(found[DifferenceKind::kAmount].here, checkout_.Euros(1000));
}

TEST_F(ADayOfAList, MissesARefundThatTheProviderDoesNotList) {
    const Payment payment = Pay(2500);
    const auto given = refunds_.Give(checkout_.tenant, {payment.id, checkout_.Euros(1000), "Rain"});
    ASSERT_EQ(given->state, RefundState::kSucceeded);
    checkout_.provider.hides = {given->reference};
    EXPECT_EQ(NextDay().differences, 1);
    EXPECT_EQ(Only().kind, DifferenceKind::kMissingThere);
    EXPECT_EQ(Only().about, MoveKind::kRefund);
    EXPECT_EQ(Only().payment, payment.id);
    EXPECT_EQ(Only().here, checkout_.Euros(1000));
    EXPECT_EQ(NextDay().differences, 0) << "it is known";
}

TEST_F(ADayOfAList, MissesAChargebackThatNobodyConfirms) {
    const Payment payment = Pay(2500);
    ASSERT_TRUE(refunds_.FollowBank(checkout_.tenant, payment, checkout_.Euros(700)));
    EXPECT_EQ(NextDay().differences, 1);
    EXPECT_EQ(Only().kind, DifferenceKind::kMissingThere);
    EXPECT_EQ(Only().about, MoveKind::kChargeback);
    EXPECT_EQ(Only().payment, payment.id);
    EXPECT_EQ(Only().here, checkout_.Euros(700));
}

// What a person has noted by name is his.
TEST_F(ADayOfAList, LeavesAChargebackThatAPersonHasNoted) {
    const Payment payment = Pay(2500);
    checkout_.provider.BankHolds(payment.reference, 0);
    ASSERT_TRUE(refunds_.ChargeBack(checkout_.tenant, {payment.id, checkout_.Euros(700), "Fax"}));
    EXPECT_EQ(NextDay().differences, 0);
    EXPECT_TRUE(Open().empty());
}

// The list shows both in the same days, which is nothing; our books have heard of the first only.
TEST_F(ADayOfAList, BooksADisputeThatWasWonAndNeverTold) {
    const InvoiceId invoice = checkout_.Charge(2500);
    const Payment payment = **checkout_.Pay(invoice, 2500);
    ASSERT_TRUE(refunds_.FollowBank(checkout_.tenant, payment, checkout_.Euros(2500)));
    EXPECT_EQ(checkout_.Balance(invoice), 2500);
    checkout_.provider.BankHolds(payment.reference, 0);
    checkout_.provider.also_lists = {
        {"chargeback", "dp_1", "", -2500, 0, payment.provider_id},
        {"chargeback_reversal", "dp_2", "", 2500, 0, payment.provider_id}};
    EXPECT_EQ(NextDay().differences, 0);
    EXPECT_EQ(checkout_.Balance(invoice), 0);
    EXPECT_TRUE(Open().empty());
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

TEST_F(ADayOfAList, BooksAChargebackThatWasNeverTold) {
    const InvoiceId invoice = checkout_.Charge(2500);
    const Payment payment = **checkout_.Pay(invoice, 2500);
    checkout_.provider.BankHolds(payment.reference, 700);
    EXPECT_EQ(NextDay().differences, 0);
    EXPECT_EQ(checkout_.Balance(invoice), 700);
    EXPECT_TRUE(Open().empty());
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

TEST_F(ADayOfAList, OpensAgainWhatIsAnotherAmountByNow) {
    const Payment paid = Pay(1000);
    checkout_.provider.hides = {paid.reference};
    const auto lists = [&](std::int64_t cents) {
        checkout_.provider.also_lists = {{"payment", paid.provider_id, paid.reference, cents, 30}};
        return NextDay().differences;
    };
    EXPECT_EQ(lists(999), 1);
    EXPECT_EQ(lists(998), 0) << "the same one, as it is by now";
    EXPECT_EQ(Only().there, checkout_.Euros(998));
    ASSERT_TRUE(Decide(false, "J. Roe").has_value());
    EXPECT_EQ(lists(998), 0) << "what was decided stays decided";
    EXPECT_EQ(lists(900), 1);
    EXPECT_EQ(Only().there, checkout_.Euros(900));
    EXPECT_EQ(Only().here, checkout_.Euros(1000));
    ASSERT_TRUE(Decide(false, "J. Roe").has_value());
    EXPECT_TRUE(Open().empty());
}

TEST_F(ADayOfAList, IsReadAgainWhenItBroke) {
    for (const int cents : {1000, 2000, 3000}) Pay(cents);
    checkout_.provider.list_breaks_at = 1;
    auto report = NextDay();
    EXPECT_EQ(report.failed, 1);
    EXPECT_TRUE(Open().empty()) << "half a list is none";
    checkout_.provider.list_breaks_at.reset();
    report = NextDay();
    EXPECT_EQ(report.lists, 2) << "that day and this one";
    EXPECT_EQ(report.differences, 0);
}

TEST_F(ADayOfAList, IsMadeUpForWhenTheHostWasDown) {
    Pay(1000);
    EXPECT_EQ(NextDay().lists, 1);
    checkout_.clock.Set(checkout_.clock.Now() + days(3));
    EXPECT_EQ(NextDay().lists, 4) << "three days without a run, and this one";
    EXPECT_EQ(Ended(), (std::set<Date>{Yesterday() - days(4), Yesterday() - days(3),
                                       Yesterday() - days(2), Yesterday() - days(1), Yesterday()}));
    EXPECT_EQ(reconciliation_.Run(checkout_.tenant).lists, 0);
    checkout_.clock.Set(checkout_.clock.Now() + days(400));
    EXPECT_EQ(NextDay().lists, 30) << "and no more of them";
}

TEST_F(ADayOfAList, ThatIsMadeUpForFindsWhatWasListedMeanwhile) {
    NextDay();
    const Payment paid = Pay(1000);
    const Payment unlisted = Pay(2000);
    checkout_.provider.hides = {unlisted.reference};
    checkout_.provider.also_lists = {{"payment", "ch_stray", "", 2500, 30}};
    checkout_.clock.Set(checkout_.clock.Now() + days(5));
    EXPECT_EQ(NextDay().differences, 2) << "each once, on however many days it was looked for";
    std::set<DifferenceKind> found;
    for (const OpenDifference& open : Open()) found.insert(open.difference.kind);
    EXPECT_EQ(found, (std::set{DifferenceKind::kMissingHere, DifferenceKind::kMissingThere}));
}

// Whoever must compare by hand is told so, each day.
TEST_F(ADayOfAList, IsNotPassedOverInSilenceWhereAGatewayHasNone) {
    Pay(2500);
    checkout_.provider.lists = false;
    EXPECT_EQ(NextDay().lists, 0);
    EXPECT_EQ(checkout_.log.Warned(), (std::vector<std::string>{"payment.not_compared cards"}));
    EXPECT_EQ(reconciliation_.NotListing(checkout_.tenant), (std::vector<std::string>{"cards"}));
}

}  // namespace
}  // namespace livery::payments::testing
