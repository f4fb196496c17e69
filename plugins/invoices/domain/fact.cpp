#include "domain/fact.h"

#include <livery/check.h>

namespace livery::invoices {

using billing::JournalEntry;
using billing::LedgerAccount;

namespace {

std::string_view NameOf(Fact::Kind kind) {
    switch (kind) {
        case Fact::Kind::kIssued:
            return "issued";
        case Fact::Kind::kCreditGiven:
            return "credit_given";
        case Fact::Kind::kCreditUsed:
            return "credit_used";
        case Fact::Kind::kPaid:
            return "paid";
        case Fact::Kind::kOverpaid:
            return "overpaid";
        case Fact::Kind::kPaidByParent:
            return "paid_by_parent";
        case Fact::Kind::kRefunded:
            return "refunded";
        case Fact::Kind::kChargedBack:
            return "charged_back";
        case Fact::Kind::kCreditRefunded:
            return "credit_refunded";
        case Fact::Kind::kCreditChargedBack:
            return "credit_charged_back";
        case Fact::Kind::kWrittenOff:
            return "written_off";
        case Fact::Kind::kCreditMoved:
            return "credit_moved";
    }
    return "";
}

Money Negative(const Money& amount) { return Money(0, amount.currency()) - amount; }

// An entry of two sides, or of the parts of an issue.
class EntryWriter {
 public:
    explicit EntryWriter(const Fact& fact)
        : fact_(fact), entry_{std::string(NameOf(fact.kind)), fact.document, fact.at, {}} {}

    EntryWriter& Debit(LedgerAccount account, const Money& amount) {
        if (amount.minor_units() != 0) entry_.postings.push_back({account, Owner(account), amount});
        return *this;
    }
    EntryWriter& Credit(LedgerAccount account, const Money& amount) {
        return Debit(account, Negative(amount));
    }
    JournalEntry Done() {
        LIVERY_CHECK(entry_.IsBalanced(), "an entry that does not balance");
        return std::move(entry_);
    }

 private:
    std::optional<AccountId> Owner(LedgerAccount account) const {
        const bool personal =
            account == LedgerAccount::kReceivable || account == LedgerAccount::kCustomerCredit;
        return personal ? std::optional(fact_.account) : std::nullopt;
    }
    const Fact& fact_;
    JournalEntry entry_;
};

}  // namespace

Fact Fact::Of(Kind kind, AccountId account, const Money& amount, CivilTime at) {
    const Money zero(0, amount.currency());
    return {kind, account, std::nullopt, std::nullopt, at, amount, zero, zero, zero, zero};
}

JournalEntry EntryOf(const Fact& fact) {
    EntryWriter entry(fact);
    switch (fact.kind) {
        case Fact::Kind::kIssued:
            return entry.Debit(LedgerAccount::kReceivable, fact.amount)
                .Credit(LedgerAccount::kRevenue, fact.revenue)
                .Credit(LedgerAccount::kTax, fact.tax)
                .Credit(LedgerAccount::kGoodwill, fact.granted)
                .Credit(LedgerAccount::kIntercompany, fact.child)
                .Done();
        case Fact::Kind::kCreditGiven:
            return entry.Debit(LedgerAccount::kReceivable, fact.amount)
                .Credit(LedgerAccount::kCustomerCredit, fact.amount)
                .Done();
        case Fact::Kind::kCreditUsed:
            return entry.Debit(LedgerAccount::kCustomerCredit, fact.amount)
                .Credit(LedgerAccount::kReceivable, fact.amount)
                .Done();
        case Fact::Kind::kPaid:
            return entry.Debit(LedgerAccount::kCash, fact.amount)
                .Credit(LedgerAccount::kReceivable, fact.amount)
                .Done();
        case Fact::Kind::kOverpaid:
            return entry.Debit(LedgerAccount::kCash, fact.amount)
                .Credit(LedgerAccount::kCustomerCredit, fact.amount)
                .Done();
        case Fact::Kind::kPaidByParent:
            return entry.Debit(LedgerAccount::kIntercompany, fact.amount)
                .Credit(LedgerAccount::kReceivable, fact.amount)
                .Done();
        case Fact::Kind::kRefunded:
        case Fact::Kind::kChargedBack:
            return entry.Debit(LedgerAccount::kReceivable, fact.amount)
                .Credit(LedgerAccount::kCash, fact.amount)
                .Done();
        case Fact::Kind::kCreditRefunded:
        case Fact::Kind::kCreditChargedBack:
            return entry.Debit(LedgerAccount::kCustomerCredit, fact.amount)
                .Credit(LedgerAccount::kCash, fact.amount)
                .Done();
        case Fact::Kind::kWrittenOff:
            return entry.Debit(LedgerAccount::kBadDebt, fact.amount)
                .Credit(LedgerAccount::kReceivable, fact.amount)
                .Done();
        case Fact::Kind::kCreditMoved: {
            JournalEntry moved{"credit_moved", std::nullopt, fact.at, {}};
            moved.postings = {{LedgerAccount::kCustomerCredit, fact.account, fact.amount},
                              {LedgerAccount::kCustomerCredit, fact.other, Negative(fact.amount)}};
            return moved;
        }
    }
    LIVERY_CHECK(false, "a fact without an entry");
}

}  // namespace livery::invoices
