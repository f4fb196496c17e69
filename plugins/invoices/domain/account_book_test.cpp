#include "domain/account_book.h"

#include <utility>

#include <gtest/gtest.h>

#include <livery/check.h>

#include "domain/late_taxes.h"

namespace livery::invoices {
namespace {

const Currency kEuro = *Currency::Parse("EUR");
Money Cents(std::int64_t cents) { return {cents, kEuro}; }
CivilTime At(const char* iso) { return *ParseCivilTime(iso); }
const CivilTime kDay1 = At("2027-01-01");

std::string Why(const Error& error) {
    return error.fields.empty() ? error.message : error.fields.front().message;
}
template <class T>
std::string Why(const Result<T>& result) {
    return result ? "" : Why(result.error());
}

class Book : public testing::Test {
 protected:
    template <class Id>
    Id Next() {
        return Id(MakeUuidV7(++ids_, {}));
    }
    // A line of 100.00 and 19.00 tax.
    Line Taxed(std::int64_t cents = 10000) {
        Line line = Line::Of(LineKind::kCharge, Cents(cents));
        line.id = Next<InvoiceLineId>();
        line.taxes.push_back(
            {"VAT", "VAT", "S", Decimal(19), Cents(cents), Percent(Cents(cents), Decimal(19)), ""});
        return line;
    }
    InvoiceId Invoice(std::vector<Line> lines, CivilTime at = kDay1) {
        Document draft = Document::Draft(Next<InvoiceId>(), {}, kEuro, at);
        draft.lines = std::move(lines);
        const InvoiceId id = draft.id;
        book_.documents().push_back(std::move(draft));
        book_.Finalize(id, at, 14);
        return id;
    }
    std::string Pay(std::int64_t cents, std::optional<InvoiceId> only = {}, const char* ref = "") {
        return Why(book_.Pay({ref, kDay1, Cents(cents), {}}, only));
    }
    std::string Note(InvoiceId invoice, std::int64_t cents, std::int64_t refund = 0) {
        auto note = book_.NoteOnAll(invoice, Next<InvoiceId>(), kDay1);
        if (!note) return Why(note);
        if (const auto limited = book_.LimitNote(*note, Cents(cents)); !limited)
            return Why(limited);
        for (Line& line : note->lines) line.id = Next<InvoiceLineId>();
        last_ = note->Total();
        return Why(book_.IssueNote(*note, {Cents(refund)}, kDay1));
    }
    const Document& Of(InvoiceId id) { return *book_.Find(id); }
    std::int64_t Booked(billing::LedgerAccount account) {
        for (const Fact& fact : book_.TakeFacts()) facts_.push_back(fact);
        std::int64_t sum = 0;
        for (const Fact& fact : facts_) {
            const billing::JournalEntry entry = EntryOf(fact);
            EXPECT_TRUE(entry.IsBalanced()) << entry.fact;
            for (const auto& posting : entry.postings)
                if (posting.account == account) sum += posting.amount.minor_units();
        }
        return sum;
    }
    std::uint64_t ids_ = 0;
    AccountBook book_{AccountId()};
    std::vector<Fact> facts_;
    Money last_ = Cents(0);
};

TEST_F(Book, AnInvoiceGoesFromOpenToPaid) {
    const InvoiceId id = Invoice({Taxed()});
    EXPECT_EQ(Of(id).status, Status::kOpen);
    EXPECT_EQ(Of(id).Balance(), Cents(11900));
    EXPECT_EQ(Of(id).due_on, std::chrono::floor<std::chrono::days>(At("2027-01-15")));
    EXPECT_EQ(Pay(1900), "");
    EXPECT_EQ(Of(id).status, Status::kPartlyPaid);
    EXPECT_EQ(Pay(10000), "");
    EXPECT_EQ(Of(id).status, Status::kPaid);
    EXPECT_EQ(Booked(billing::LedgerAccount::kReceivable), 0);
    EXPECT_EQ(Booked(billing::LedgerAccount::kCash), 11900);
}

// An entry of nothing is none: `livery verify` takes it for a torn one (I1a).
TEST_F(Book, ADocumentOfNothingIsPaidAndBooksNothing) {
    const InvoiceId nothing = Invoice({Taxed(0)});
    EXPECT_EQ(Of(nothing).status, Status::kPaid);
    EXPECT_EQ(book_.TakeFacts().size(), 0U);
    Invoice({Taxed(100), Taxed(-100)});
    EXPECT_EQ(book_.TakeFacts().size(), 0U);
}

TEST_F(Book, AnOverpaymentIsCreditForTheNextInvoice) {
    Invoice({Taxed()});
    EXPECT_EQ(Pay(15000), "");
    EXPECT_EQ(book_.CreditIn(kEuro), Cents(3100));
    const InvoiceId next = Invoice({Taxed()});
    EXPECT_EQ(book_.CreditIn(kEuro), Cents(0));
    EXPECT_EQ(Of(next).Balance(), Cents(8800));
    EXPECT_EQ(Of(next).status, Status::kPartlyPaid);
    EXPECT_EQ(Booked(billing::LedgerAccount::kCustomerCredit), 0);
}

TEST_F(Book, PaymentsGoToTheOldestDueOrToTheOneThatIsMeant) {
    const InvoiceId newer = Invoice({Taxed()}, At("2027-02-01"));
    const InvoiceId older = Invoice({Taxed()}, kDay1);
    EXPECT_EQ(Pay(11900), "");
    EXPECT_EQ(Of(older).status, Status::kPaid);
    EXPECT_EQ(Pay(100, newer), "");
    EXPECT_EQ(Of(newer).paid, Cents(100));
}

TEST_F(Book, PaymentsAreRefusedWithTheReason) {
    const InvoiceId id = Invoice({Taxed()});
    EXPECT_EQ(Pay(0), "error.amount");
    EXPECT_EQ(Pay(-5), "error.amount");
    EXPECT_EQ(Pay(100, Next<InvoiceId>()), "error.not_found");
    EXPECT_EQ(Why(book_.Pay({"", kDay1, Money(5, *Currency::Parse("USD")), {}}, id)),
              "error.currency");
    EXPECT_EQ(Pay(100, id, "REF"), "");
    EXPECT_EQ(Pay(100, id, "REF"), "error.payment_known");
    EXPECT_EQ(Of(id).paid, Cents(100));
}

TEST_F(Book, OnlyWhatWasPaidIsRefunded) {
    const InvoiceId id = Invoice({Taxed()});
    EXPECT_EQ(Why(book_.Refund(id, Cents(1), kDay1)), "error.more_than_paid");
    EXPECT_EQ(Pay(5000), "");
    EXPECT_EQ(Why(book_.Refund(id, Cents(5001), kDay1)), "error.more_than_paid");
    EXPECT_EQ(Why(book_.Refund(id, Cents(0), kDay1)), "error.amount");
    EXPECT_EQ(Why(book_.Refund(id, Cents(5000), kDay1)), "");
    EXPECT_EQ(Of(id).Balance(), Cents(11900));
    EXPECT_EQ(Of(id).status, Status::kOpen);
}

TEST_F(Book, ANoteIsLimitedToWhatIsLeftOfTheInvoice) {
    const InvoiceId id = Invoice({Taxed(), Taxed(333)});
    EXPECT_EQ(Note(id, 0), "error.amount");
    EXPECT_EQ(Note(id, 12297), "error.more_than_left");
    EXPECT_EQ(Note(id, 101), "");
    EXPECT_EQ(last_, Cents(-101)) << "to the cent";
    EXPECT_EQ(Of(id).Balance(), Cents(12195));
    EXPECT_EQ(Note(id, 12196), "error.more_than_left");
    EXPECT_EQ(Note(id, 12195), "");
    EXPECT_EQ(Of(id).Balance(), Cents(0));
    EXPECT_EQ(Note(id, 1), "error.more_than_left");
}

TEST_F(Book, EveryAmountOfANoteIsMetToTheCent) {
    for (std::int64_t cents = 1; cents <= 396; ++cents) {
        book_ = AccountBook(AccountId());
        const InvoiceId id = Invoice({Taxed(333)});
        ASSERT_EQ(Note(id, cents), "");
        ASSERT_EQ(last_, Cents(-cents));
    }
}

TEST_F(Book, ANotesRefundIsAtMostWhatWasPaid) {
    const InvoiceId id = Invoice({Taxed()});
    EXPECT_EQ(Pay(3000), "");
    EXPECT_EQ(Note(id, 4000, 3001), "error.more_than_paid");
    EXPECT_EQ(Note(id, 2000, 2001), "error.more_than_paid");
    EXPECT_EQ(Note(id, 4000, 3000), "");
    EXPECT_EQ(Why(book_.Refund(id, Cents(1), kDay1)), "error.more_than_paid");
    EXPECT_EQ(Booked(billing::LedgerAccount::kCash), 0);
}

TEST_F(Book, WhatIsWrittenOffIsOwedByNobodyAndMakesNoCredit) {
    const InvoiceId id = Invoice({Taxed()});
    EXPECT_EQ(Why(book_.WriteOff(id, kDay1)), "");
    EXPECT_EQ(Of(id).status, Status::kWrittenOff);
    EXPECT_EQ(Of(id).Balance(), Cents(0));
    EXPECT_EQ(Booked(billing::LedgerAccount::kBadDebt), 11900);
    EXPECT_EQ(Why(book_.WriteOff(id, kDay1)), "error.not_owed");
    EXPECT_EQ(Note(id, 100), "error.not_an_open_invoice");
    EXPECT_EQ(Why(book_.NoteOn(Of(id).lines.front().id, Cents(1), Next<InvoiceId>(), kDay1)),
              "error.not_an_open_invoice");
}

TEST_F(Book, AnInvoiceIsVoidOnlyAfterANoteOnAllOfIt) {
    const InvoiceId id = Invoice({Taxed()});
    EXPECT_THROW((void)book_.Void(id), BrokenInvariant);
    EXPECT_EQ(Note(id, 11900), "");
    EXPECT_EQ(Why(book_.Void(id)), "");
    EXPECT_EQ(Of(id).status, Status::kVoid);
    EXPECT_EQ(Of(id).Balance(), Cents(0));
    EXPECT_EQ(Booked(billing::LedgerAccount::kReceivable), 0);
}

TEST_F(Book, WhatWasPaidOnAVoidInvoiceIsCreditAndNotRefundableAgain) {
    const InvoiceId id = Invoice({Taxed()});
    EXPECT_EQ(Pay(5000), "");
    EXPECT_EQ(Note(id, 11900), "");
    EXPECT_EQ(Why(book_.Void(id)), "");
    EXPECT_EQ(book_.CreditIn(Cents(0).currency()), Cents(5000));
    EXPECT_EQ(Why(book_.Refund(id, Cents(1), kDay1)), "error.more_than_paid");
    EXPECT_EQ(Booked(billing::LedgerAccount::kReceivable), 0);
}

TEST_F(Book, WhatAnotherDocumentGaveBackCannotBeVoided) {
    const InvoiceId id = Invoice({Taxed()});
    // Half of the line is given back on another invoice, which uses it itself.
    Line repair = CorrectionOf(book_.Billed({}).front(), LineKind::kRepair, Cents(5000));
    repair.id = Next<InvoiceLineId>();
    Invoice({Taxed(20000), repair});
    const auto note = book_.NoteOnAll(id, Next<InvoiceId>(), kDay1);
    ASSERT_TRUE(note);
    EXPECT_EQ(note->Total(), Cents(-5950));
    EXPECT_EQ(Why(book_.CheckVoid(*note)), "error.given_back_elsewhere");
}

TEST_F(Book, WhatNotesPaidBackIsNotRefundableAgain) {
    const InvoiceId id = Invoice({Taxed()});
    EXPECT_EQ(Pay(5000), "");
    EXPECT_EQ(Note(id, 4000, 4000), "");
    EXPECT_EQ(book_.RefundableOf(Of(id)), Cents(1000));
}

// What a credit note was used for is known when it is made, and never changes.
TEST_F(Book, ANoteSaysWhatItsCreditWasUsedForAtOnce) {
    const InvoiceId other = Invoice({Taxed(5000)}, At("2026-12-01"));  // due before
    const InvoiceId noted = Invoice({Taxed()});
    EXPECT_EQ(Pay(10000, noted), "");
    EXPECT_EQ(Note(noted, 10000, 1000), "");
    const Document& note = book_.documents().back();
    EXPECT_EQ(note.State(DayOf(kDay1)), "partly_refunded");
    EXPECT_EQ(note.account_credit, Cents(9000));
    // What is still owed of the noted one first: 19.00, then 59.50 of the other; 11.50 are left.
    EXPECT_EQ(note.set_off, (std::vector<SettledPart>{{noted, Cents(1900)}, {other, Cents(5950)}}));
    EXPECT_EQ(book_.CreditIn(kEuro), Cents(1150));
    const std::size_t place = book_.documents().size() - 1;
    Invoice({Taxed()});
    EXPECT_EQ(book_.documents()[place].set_off.size(), 2U) << "what is used later is the account's";
}

TEST_F(Book, ANoteIsSetOffForNoMoreThanItGives) {
    const InvoiceId paid = Invoice({Taxed()});
    EXPECT_EQ(Pay(11900 + 500), "");
    // Owed again, while there is credit from elsewhere.
    EXPECT_EQ(Why(book_.Refund(paid, Cents(1000), kDay1)), "");
    EXPECT_EQ(Note(paid, 100), "");
    EXPECT_EQ(book_.documents().back().set_off, (std::vector<SettledPart>{{paid, Cents(100)}}));
    EXPECT_EQ(book_.CreditIn(kEuro), Cents(0));
    EXPECT_EQ(Of(paid).Balance(), Cents(400));
}

TEST_F(Book, ANoteIsCreditedOrPaidBackAndNeverPaid) {
    const InvoiceId id = Invoice({Taxed()});
    const auto state = [&] { return book_.documents().back().State(DayOf(kDay1)); };
    EXPECT_EQ(state(), "open");
    EXPECT_EQ(Of(id).State(DayOf(kDay1) + std::chrono::days(15)), "overdue");
    EXPECT_EQ(Note(id, 900), "");
    EXPECT_EQ(state(), "credited");
    EXPECT_EQ(Pay(11000), "");
    EXPECT_EQ(Note(id, 1000, 1000), "");
    EXPECT_EQ(state(), "refunded");
    EXPECT_TRUE(book_.documents().back().set_off.empty());
    EXPECT_EQ(Of(id).State(DayOf(kDay1)), "paid");
}

TEST_F(Book, NothingIsGivenBackOfALineThatWasWrittenOff) {
    const InvoiceId id = Invoice({Taxed()});
    EXPECT_FALSE(book_.Billed({}).front().is_written_off);
    EXPECT_EQ(Why(book_.WriteOff(id, kDay1)), "");
    EXPECT_TRUE(book_.Billed({}).front().is_written_off);
}

TEST_F(Book, ANoteOnAChildsLineIsNoLossOfRevenue) {
    Line line = Line::Of(LineKind::kChild, Cents(10000));
    line.id = Next<InvoiceLineId>();
    line.child_invoice = Next<InvoiceId>();
    line.child_account = Next<AccountId>();
    const InvoiceId id = Invoice({line});
    EXPECT_EQ(Booked(billing::LedgerAccount::kIntercompany), -10000);
    EXPECT_EQ(Note(id, 4000), "");
    EXPECT_EQ(Booked(billing::LedgerAccount::kIntercompany), -6000);
    EXPECT_EQ(Booked(billing::LedgerAccount::kRevenue), 0);
    EXPECT_EQ(Booked(billing::LedgerAccount::kReceivable), 6000);
}

TEST_F(Book, ACorrectionGetsTheTaxesThatItsLineGotLater) {
    // A document that waits for its taxes, and two parts that are given back of it meanwhile.
    Line line = Taxed();
    const std::vector<billing::LineTax> taxes = std::exchange(line.taxes, {});
    Document waiting = Document::Draft(Next<InvoiceId>(), {}, kEuro, kDay1);
    waiting.status = Status::kPendingTax;
    waiting.lines = {line};
    Document back = Document::Draft(Next<InvoiceId>(), {}, kEuro, kDay1);
    back.status = Status::kPendingTax;
    BilledLine billed = BilledLine::Of(line);
    for (const std::int64_t cents : {3333, 6667}) {
        Line part = CorrectionOf(billed, LineKind::kRepair, Cents(cents));
        part.id = Next<InvoiceLineId>();
        billed.Give(part);
        back.lines.push_back(part);
    }
    book_.documents() = {waiting, back};
    EXPECT_TRUE(WaitsForTaxes(book_, line.id));
    book_.documents()[0].lines[0].taxes = taxes;
    book_.documents()[0].status = Status::kDraft;
    EXPECT_FALSE(WaitsForTaxes(book_, line.id));
    for (Line& part : book_.documents()[1].lines) BringTaxes(book_, part);
    EXPECT_EQ(book_.documents()[1].lines[0].Tax(), Cents(-633));
    EXPECT_EQ(book_.documents()[1].Tax(), Cents(-1900));
}

TEST_F(Book, CreditMovesToAnotherAccountOnce) {
    Invoice({});
    EXPECT_EQ(Pay(500), "");
    const AccountId other = Next<AccountId>();
    EXPECT_EQ(book_.TakeCredit(kEuro, kDay1, other), Cents(500));
    EXPECT_EQ(book_.TakeCredit(kEuro, kDay1, other), Cents(0));
    EXPECT_EQ(Booked(billing::LedgerAccount::kCustomerCredit), -500);
}

}  // namespace
}  // namespace livery::invoices
