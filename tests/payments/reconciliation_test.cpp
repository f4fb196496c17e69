// A provider's list beside our books, day by day.

#include "app/reconciliation.h"

#include <gtest/gtest.h>

#include "app/refunds.h"
#include "checkout.h"
#include "domain/comparison.h"

namespace livery::payments::testing {
namespace {

using std::chrono::days;

class ADayOfAList : public ::testing::Test {
 protected:
    Payment Pay(std::int64_t cents) {
        const auto paid = checkout_.Pay(checkout_.Charge(cents), cents);
        EXPECT_TRUE(paid && paid->has_value());
        return **paid;
    }
    Reconciliation::Report NextDay() {
        checkout_.clock.Set(checkout_.clock.Now() + days(1));
        return reconciliation_.Run(checkout_.tenant);
    }
    std::vector<OpenDifference> Open() {
        return DifferenceRepository::ListOpen(checkout_.database, checkout_.tenant.id);
    }
    // The only one.
    Difference Only() {
        const auto open = Open();
        EXPECT_EQ(open.size(), 1U);
        return open.empty() ? Difference{} : open.front().difference;
    }
    Result<OpenDifference> Decide(bool book, const std::string& by) {
        Reconciliation::Decision decision{Open().front().id, by, "seen there", {}};
        if (book) decision.book_for = checkout_.account;
        return reconciliation_.Decide(checkout_.tenant, decision);
    }

    Checkout checkout_;
    Refunds refunds_{checkout_.desk};
    Reconciliation reconciliation_{checkout_.desk};
};

TEST_F(ADayOfAList, AgreesPageByPageAndIsComparedOnce) {
    for (const int cents : {1000, 2000, 3000}) Pay(cents);
    const Payment back = Pay(4000);
    ASSERT_TRUE(refunds_.Give(checkout_.tenant, {back.id, checkout_.Euros(500), "rain"}));
    checkout_.provider.BankHolds(back.reference, 700);
    ASSERT_TRUE(refunds_.FollowBank(checkout_.tenant, back.id, checkout_.Euros(700)));
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

}  // namespace
}  // namespace livery::payments::testing
