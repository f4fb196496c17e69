// A provider's list beside our books, day by day.

#include "app/reconciliation.h"

#include <gtest/gtest.h>

#include <livery/json.h>

#include "app/compare_command.h"
#include "app/refunds.h"
#include "checkout.h"
#include "domain/comparison.h"
#include "storage/refund_repository.h"

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
    // By the machine's clock: the last day that is over.
    Date Yesterday() { return reconciliation_.LastDay(); }
    std::set<Date> Ended() {
        return ComparisonRepository::EndedDays(checkout_.database, checkout_.tenant.id,
                                               {"cards", Yesterday()}, 100);
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

// Nobody's session: an audit log that keeps what it is told.
class KeptAudit final : public Audit {
 public:
    void Record(db::Transaction&, const Entry& entry) override {
        lines.push_back(std::string(entry.action) + ": " + std::string(entry.detail));
    }
    std::vector<Recorded> ListOf(const TenantId&, UserId, Uuid, int) override { return {}; }
    std::vector<std::string> lines;
};

// Its refusals have words of their own.
class NoWords final : public TenantFormatters {
 public:
    std::unique_ptr<const Formatter> Of(const TenantId&, const std::string&) override { return {}; }
};

// No command here names an account.
class NoProfiles final : public BillingProfiles {
 public:
    Result<BillingProfile> Of(db::Transaction&, AccountId) override { return NotFound("nobody"); }
    std::vector<BillingProfile> OfRange(db::Transaction&, AccountId, AccountId) override {
        return {};
    }
};

class ComparingAgain : public ADayOfAList {
 protected:
    struct Said {
        int code = 0;
        std::string text;
    };
    Said Compare(const std::map<std::string, std::string>& options, bool json = false) {
        Said said;
        const Command command = CompareCommand(
            {checkout_.desk, refunds_, round_, reconciliation_, collection_.dunning(), objections_,
             audit_, checkout_.start, methods_, collection_, words_, profiles_});
        said.code = command.run({checkout_.tenant, checkout_.clock.Now(), options, json,
                                 [&](const std::string& line) { said.text += line + "\n"; },
                                 [](const std::string&) {}});
        return said;
    }
    Said Compare(Date from) { return Compare({{"from", ToIso(from)}}); }

    Methods methods_{checkout_.ports};
    ProviderEvents events_{checkout_.desk, refunds_, methods_};
    Round round_{{checkout_.janitor, refunds_, methods_, events_}};
    Collection collection_{checkout_.start, methods_, checkout_.ports};
    Objections objections_{checkout_.ports};
    KeptAudit audit_;
    NoWords words_;
    NoProfiles profiles_;
};

TEST_F(ComparingAgain, ListsWhatADatabaseThatWasSetBackForgot) {
    const Payment paid = Pay(2500);
    EXPECT_EQ(NextDay().matched, 1);
    checkout_.Forget();
    EXPECT_EQ(reconciliation_.Run(checkout_.tenant).lists, 0) << "that day was compared";
    EXPECT_TRUE(Open().empty());
    const Said said = Compare(Yesterday());
    EXPECT_EQ(said.code, 0);
    EXPECT_EQ(said.text, ToIso(Yesterday()) +
                             "  cards  1 listed, 0 matched, 1 new differences\n"
                             "payment-cases says what to do with them.\n");
    EXPECT_EQ(Only().kind, DifferenceKind::kMissingHere);
    EXPECT_EQ(Only().provider_id, paid.provider_id);
    EXPECT_EQ(audit_.lines, std::vector<std::string>{"lists.compared: " + ToIso(Yesterday()) +
                                                     " to " + ToIso(Yesterday()) + ", every list"});
}

TEST_F(ComparingAgain, SaysEachDayAsJson) {
    Pay(2500);
    NextDay();
    NextDay();
    const Said said = Compare(
        {{"from", ToIso(Yesterday() - days(1))}, {"to", ToIso(Yesterday())}, {"instance", "cards"}},
        true);
    EXPECT_EQ(said.code, 0);
    const auto list = nlohmann::json::parse(said.text);
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[0], (nlohmann::json{{"day", ToIso(Yesterday() - days(1))},
                                       {"instance", "cards"},
                                       {"read", true},
                                       {"listed", 1},
                                       {"matched", 1},
                                       {"differences", 0},
                                       {"fault", ""}}));
    EXPECT_EQ(list[1]["day"], ToIso(Yesterday()));
}

TEST_F(ComparingAgain, SaysWhichListCouldNotBeRead) {
    Pay(1000);
    NextDay();
    checkout_.provider.list_breaks_at = 0;
    const Said said = Compare(Yesterday());
    EXPECT_EQ(said.code, 1);
    EXPECT_NE(said.text.find("not read: "), std::string::npos) << said.text;
    EXPECT_NE(said.text.find("The next daily run reads it again."), std::string::npos) << said.text;
}

TEST_F(ComparingAgain, SaysWhatToDoAboutDaysThatCannotBe) {
    const std::string last = ToIso(Yesterday());
    const std::string today = ToIso(Yesterday() + days(1));
    EXPECT_EQ(Compare({{"from", "yesterday"}}).text, "--from: a day, such as 2026-03-31\n");
    EXPECT_EQ(Compare({{"from", last}, {"to", "2026-02-30"}}).text,
              "--to: a day, such as 2026-03-31\n");
    EXPECT_EQ(Compare(Yesterday() + days(1)).text,
              "--from: that day is not over; the last that is, by UTC, is " + last + "\n");
    EXPECT_EQ(Compare({{"from", last}, {"to", today}}).text,
              "--to: that day is not over; the last that is, by UTC, is " + last + "\n");
    EXPECT_EQ(Compare({{"from", last}, {"to", ToIso(Yesterday() - days(1))}}).text,
              "--to: a day from --from on\n");
    EXPECT_EQ(Compare(Yesterday() - days(30)).text,
              "At most 30 days at a time: give --to, or a later --from\n");
    EXPECT_EQ(Compare(Yesterday() - days(29)).code, 0);
    EXPECT_EQ(Compare(Yesterday() + days(1)).code, 64);
}

TEST_F(ComparingAgain, SaysWhichGatewaysCanList) {
    const std::string last = ToIso(Yesterday());
    EXPECT_EQ(Compare({{"from", last}, {"instance", "crads"}}).text,
              "--instance: crads cannot list; cards can\n");
    checkout_.provider.lists = false;
    const Said said = Compare(Yesterday());
    EXPECT_EQ(said.code, 1);
    EXPECT_EQ(said.text,
              "No gateway of this tenant can list what it took: compare what its provider shows "
              "with list-payments by hand\n");
    EXPECT_TRUE(audit_.lines.empty());
}

}  // namespace
}  // namespace livery::payments::testing
