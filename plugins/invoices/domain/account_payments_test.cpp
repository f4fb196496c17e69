#include <gtest/gtest.h>

#include "domain/account_book.h"

namespace livery::invoices {
namespace {

using billing::LedgerAccount;

const Currency kEuro = *Currency::Parse("EUR");
Money Cents(std::int64_t cents) { return {cents, kEuro}; }
const CivilTime kDay1 = *ParseCivilTime("2027-01-01");

// An account with invoices, each due a day after the one before.
class Payments : public testing::Test {
 protected:
    Uuid Next() { return MakeUuidV7(++ids_, {}); }
    InvoiceId Invoice(std::int64_t cents) {
        Document draft = Document::Draft(InvoiceId(Next()), {}, kEuro, kDay1);
        Line line = Line::Of(LineKind::kCharge, Cents(cents));
        line.id = InvoiceLineId(Next());
        draft.lines.push_back(line);
        const InvoiceId id = draft.id;
        book_.documents().push_back(std::move(draft));
        book_.Finalize(id, kDay1, ++due_);
        return id;
    }
    std::string Pay(const char* reference, std::int64_t cents,
                    std::vector<SettledPart> parts = {}) {
        const auto paid = book_.Pay({reference, kDay1, Cents(cents), std::move(parts)}, {});
        return paid ? "" : paid.error().message;
    }
    std::string Back(const char* reference, std::int64_t cents,
                     TakenBackBy by = TakenBackBy::kBank) {
        const auto back = book_.TakeBack(reference, Cents(cents), by, kDay1);
        if (!back)
            return back.error().fields.empty() ? back.error().message
                                               : back.error().fields[0].message;
        return "";
    }
    std::int64_t Balance(InvoiceId id) { return book_.Find(id)->Balance().minor_units(); }
    // By the ledger, since the last call.
    std::map<LedgerAccount, std::int64_t> Booked(std::string fact) {
        std::map<LedgerAccount, std::int64_t> sums;
        for (const Fact& one : book_.TakeFacts()) {
            const billing::JournalEntry entry = EntryOf(one);
            EXPECT_TRUE(entry.IsBalanced());
            if (entry.fact != fact) continue;
            for (const auto& posting : entry.postings)
                sums[posting.account] += posting.amount.minor_units();
        }
        return sums;
    }
    // What the ledger says is owed and had, held against the documents.
    void ExpectBooksAgree() {
        std::int64_t receivable = 0;
        std::int64_t credit = 0;
        for (const Fact& one : all_) {
            for (const auto& posting : EntryOf(one).postings) {
                if (posting.account == LedgerAccount::kReceivable)
                    receivable += posting.amount.minor_units();
                if (posting.account == LedgerAccount::kCustomerCredit)
                    credit -= posting.amount.minor_units();
            }
        }
        EXPECT_EQ(receivable, book_.BalanceIn(kEuro).minor_units());
        EXPECT_EQ(credit, book_.CreditIn(kEuro).minor_units());
    }
    void Keep() {
        for (Fact& fact : book_.TakeFacts()) all_.push_back(std::move(fact));
    }

    AccountBook book_{AccountId()};
    std::vector<Fact> all_;
    std::uint64_t ids_ = 0;
    int due_ = 0;
};

TEST_F(Payments, GoWhereTheyWereChosenToAndTheRestToTheOldest) {
    const InvoiceId first = Invoice(3000);
    const InvoiceId second = Invoice(4550);
    const InvoiceId third = Invoice(4000);
    EXPECT_EQ(Pay("a", 5000, {{third, Cents(1000)}, {second, Cents(1500)}}), "");
    EXPECT_EQ(Balance(third), 3000);
    EXPECT_EQ(Balance(first), 500);
    EXPECT_EQ(Balance(second), 3050);
    EXPECT_EQ(book_.payments().back().parts,
              (std::vector<SettledPart>{
                  {third, Cents(1000)}, {second, Cents(1500)}, {first, Cents(2500)}}));
}

// A credit note may have come between the choice and the money.
TEST_F(Payments, ChosenForWhatIsNoLongerOwedGoToTheOthers) {
    const InvoiceId first = Invoice(3000);
    const InvoiceId second = Invoice(1000);
    EXPECT_EQ(Pay("a", 900, {{second, Cents(900)}}), "");
    EXPECT_EQ(Pay("b", 1000, {{second, Cents(1000)}}), "");
    EXPECT_EQ(Balance(second), 0);
    EXPECT_EQ(Balance(first), 2100);
}

// Case PA-02.
TEST_F(Payments, ThatTheBankTakesBackAreOwedAgainUntilItGivesThemBack) {
    const InvoiceId id = Invoice(24995);
    EXPECT_EQ(Pay("a", 1000), "");
    EXPECT_EQ(Balance(id), 23995);
    book_.TakeFacts();
    EXPECT_EQ(Back("a", 1000), "");
    EXPECT_EQ(Balance(id), 24995);
    EXPECT_EQ(book_.Find(id)->status, Status::kOpen);
    EXPECT_EQ(Booked("charged_back"),
              (std::map<LedgerAccount, std::int64_t>{{LedgerAccount::kReceivable, 1000},
                                                     {LedgerAccount::kCash, -1000}}));
    EXPECT_EQ(Back("a", 1), "error.more_than_paid");
    EXPECT_EQ(Pay("a/reversal", 1000), "");
    EXPECT_EQ(Balance(id), 23995);
}

TEST_F(Payments, OfSeveralInvoicesAreTakenBackFromTheLast) {
    const InvoiceId first = Invoice(3000);
    const InvoiceId second = Invoice(4550);
    EXPECT_EQ(Pay("a", 7550), "");
    EXPECT_EQ(Back("a", 5000, TakenBackBy::kUs), "");
    EXPECT_EQ(Balance(second), 4550);
    EXPECT_EQ(Balance(first), 450);
    EXPECT_EQ(Back("a", 2551), "error.more_than_paid");
    EXPECT_EQ(Back("a", 2550), "");
    EXPECT_EQ(Balance(first), 3000);
}

TEST_F(Payments, TakenBackTakeTheCreditThatTheyLeft) {
    const InvoiceId id = Invoice(1000);
    EXPECT_EQ(Pay("a", 1500), "");
    EXPECT_EQ(book_.CreditIn(kEuro), Cents(500));
    EXPECT_EQ(Back("a", 1200), "");
    EXPECT_EQ(Balance(id), 1000);
    EXPECT_EQ(book_.CreditIn(kEuro), Cents(300));
    Keep();
    ExpectBooksAgree();
}

TEST_F(Payments, TakenBackReopenWhatTheirCreditHadPaidSince) {
    const InvoiceId id = Invoice(1000);
    EXPECT_EQ(Pay("a", 1500), "");
    const InvoiceId later = Invoice(400);
    EXPECT_EQ(Balance(later), 0);
    EXPECT_EQ(Back("a", 1500), "");
    EXPECT_EQ(Balance(id), 1000);
    EXPECT_EQ(Balance(later), 400);
    EXPECT_EQ(book_.CreditIn(kEuro), Cents(0));
    Keep();
    ExpectBooksAgree();
}

TEST_F(Payments, DoNotTakeBackCreditThatIsNotTheirs) {
    Invoice(1000);
    EXPECT_EQ(Pay("a", 1000), "");
    EXPECT_EQ(Pay("b", 500), "");
    EXPECT_EQ(Back("a", 1001), "error.more_than_paid");
    EXPECT_EQ(Back("nobody", 1), "error.not_found");
    EXPECT_EQ(Back("a", 0), "error.amount");
    EXPECT_EQ(book_.CreditIn(kEuro), Cents(500));
}

}  // namespace
}  // namespace livery::invoices
