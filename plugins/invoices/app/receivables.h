#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/account_work.h"

namespace livery::invoices {

// What happens to what is owed: credit, credit notes, payments, refunds. Every call is a part of
// the caller's transaction, for one account at one civil time; what it returns as an Error has
// changed nothing that the transaction may keep. Thread: any.
class Receivables {
 public:
    explicit Receivables(const BillingPorts& ports) : ports_(ports) {}

    // Credit of no invoice (RP-07).
    Result<InvoiceId> GrantCredit(db::Transaction& tx, AccountId account, const Money& amount,
                                  const std::string& text, CivilTime now);
    // A credit note on one line, with its tax (TX-14); `refund` of it is paid back, the rest
    // becomes credit.
    struct Adjustment {
        InvoiceLineId line;
        Money amount;
        std::optional<Money> refund;
    };
    Result<InvoiceId> AdjustLine(db::Transaction& tx, AccountId account,
                                 const Adjustment& adjustment, CivilTime now);
    // The same of so much with its tax, or of what is left of it where that is less, none of it
    // paid back. kConflict `error.line_credited`: nothing is, or nobody claims its invoice any
    // more.
    Result<InvoiceId> CreditLine(db::Transaction& tx, AccountId account, InvoiceLineId line,
                                 const Money& with_tax, CivilTime now);
    // A credit note of `amount` with tax over the invoice's lines in proportion (CN-05); all that
    // is left of it without.
    struct Note {
        InvoiceId invoice;
        std::optional<Money> amount;
        std::optional<Money> refund;
    };
    Result<InvoiceId> CreditInvoice(db::Transaction& tx, AccountId account, const Note& note,
                                    CivilTime now);
    // With a credit note on all of it; what was paid is refunded (CN-04).
    Result<InvoiceId> VoidInvoice(db::Transaction& tx, AccountId account, InvoiceId invoice,
                                  CivilTime now);
    // Throws a draft away, with what was credited on it; coupons that it used are there again. What
    // waits for its taxes is no draft: others may give back lines of it.
    Result<void> DiscardDraft(db::Transaction& tx, AccountId account, InvoiceId draft,
                              CivilTime now);
    Result<void> WriteOff(db::Transaction& tx, AccountId account, InvoiceId invoice, CivilTime now);
    Result<void> Pay(db::Transaction& tx, AccountId account, Payment payment,
                     std::optional<InvoiceId> only);
    // The same, and how it was shared out.
    Result<Payment> Record(db::Transaction& tx, AccountId account, Payment payment,
                           std::optional<InvoiceId> only);
    struct Reversed {
        std::string reference;
        Money amount;
        TakenBackBy by = TakenBackBy::kUs;
    };
    Result<TakenBack> TakeBack(db::Transaction& tx, AccountId account, const Reversed& reversed,
                               CivilTime now);
    // Whether TakeBack, or CreditInvoice with all of it refunded, would take it now, once it has
    // taken those of `before` that it can. Stores nothing.
    struct PlannedRefund {
        std::string reference;
        Money amount;
        std::optional<InvoiceId> noted;
    };
    Result<void> CheckRefund(db::Transaction& tx, AccountId account, const PlannedRefund& wanted,
                             const std::vector<PlannedRefund>& before, CivilTime now);
    struct Repayment {
        InvoiceId invoice;
        Money amount;
    };
    Result<void> Refund(db::Transaction& tx, AccountId account, const Repayment& repayment,
                        CivilTime now);
    // A child's credit becomes its parent's (HA-03).
    Result<void> CreditToParent(db::Transaction& tx, AccountId child, CivilTime now);

 private:
    const BillingPorts& ports_;
};

}  // namespace livery::invoices
