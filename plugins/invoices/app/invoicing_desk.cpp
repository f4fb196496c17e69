#include "app/invoicing_desk.h"

#include <algorithm>

#include "domain/next_due.h"
#include "domain/wording.h"
#include "storage/document_repository.h"
#include "storage/owing_repository.h"

namespace livery::invoices {

namespace {

ChargedLine ChargedOf(const Line& line) {
    const bool gives_back = line.corrects.has_value() || line.kind == LineKind::kCredit;
    return {line.text,   line.plan,     line.covers, line.unit_price, line.quantity, line.share,
            line.amount, line.discount, line.net,    line.taxes,      gives_back};
}

ChargedDocument ChargedOf(const Document& document) {
    ChargedDocument charged{document.id,
                            document.number,
                            document.KindByTotal() == DocumentKind::kCreditNote,
                            {},
                            document.Net(),
                            document.Tax(),
                            document.Total(),
                            document.Balance()};
    for (const Line& line : document.lines) charged.lines.push_back(ChargedOf(line));
    return charged;
}

}  // namespace

Result<Invoicing::Charged> InvoicingDesk::Bill(db::Transaction& tx, AccountId account,
                                               CivilTime now) {
    const std::vector<InvoiceId> made = LIVERY_TRY(biller_.Bill(tx, account, now));
    const AccountBook book = ports_.books.Load(tx, account);
    std::vector<Document> documents;
    for (const InvoiceId id : made) documents.push_back(*book.Find(id));
    // What waits for its taxes is charged too, as far as it is known.
    for (const Document& document : book.documents()) {
        if (document.status == Status::kPendingTax && document.made_at == now)
            documents.push_back(document);
    }
    Charged charged{{}, WordingOf(documents)};
    for (const Document& document : documents) charged.documents.push_back(ChargedOf(document));
    return charged;
}

std::optional<CivilTime> InvoicingDesk::NextDue(db::Transaction& tx, AccountId account,
                                                CivilTime after) {
    std::optional<CivilTime> next;
    for (const billing::Timeline& timeline : ports_.timelines.Of(tx, account, after)) {
        const auto due = invoices::NextDue(timeline, after);
        if (due && (!next || *due < *next)) next = due;
    }
    return next;
}

Result<void> InvoicingDesk::RedeemCoupon(db::Transaction& tx, AccountId account,
                                         const std::string& code,
                                         std::optional<SubscriptionId> subscription,
                                         CivilTime now) {
    return biller_.RedeemCoupon(tx, account, code, subscription, now);
}

bool InvoicingDesk::IsPastDue(db::Transaction& tx, AccountId account, Date today) {
    const AccountBook book = ports_.books.Load(tx, account);
    return std::any_of(book.documents().begin(), book.documents().end(),
                       [&](const Document& document) { return document.IsOverdue(today); });
}

std::vector<Invoicing::Owed> InvoicingDesk::LockOwed(db::Transaction& tx, AccountId account) {
    std::vector<Owed> owed;
    const AccountBook book = ports_.books.Load(tx, account);
    for (const Document& document : book.documents()) {
        const bool payable = document.kind == DocumentKind::kInvoice &&
                             document.status != Status::kWrittenOff &&
                             document.Balance().minor_units() > 0;
        if (payable)
            owed.push_back({document.id, document.number, document.due_on, document.Total(),
                            document.Balance()});
    }
    std::stable_sort(owed.begin(), owed.end(),
                     [](const Owed& a, const Owed& b) { return a.due_on < b.due_on; });
    return owed;
}

std::vector<AccountId> InvoicingDesk::AccountsOwing(db::Transaction& tx, Date due_by,
                                                    AccountId after, std::size_t most) {
    return OwingRepository::Accounts(tx, due_by, after, most);
}

std::vector<Invoicing::Part> InvoicingDesk::BalancesOf(db::Transaction& tx,
                                                       const std::vector<InvoiceId>& invoices) {
    std::vector<Part> owed;
    for (const InvoiceId invoice : invoices) {
        if (const auto balance = OwingRepository::BalanceOf(tx, invoice))
            owed.push_back({invoice, *balance});
    }
    return owed;
}

Result<Invoicing::Recorded> InvoicingDesk::RecordPayment(db::Transaction& tx, AccountId account,
                                                         const IncomingPayment& payment,
                                                         CivilTime now) {
    Payment wanted{payment.reference, now, payment.amount, {}};
    for (const Part& part : payment.parts) wanted.parts.push_back({part.invoice, part.amount});
    const Payment made =
        LIVERY_TRY(receivables_.Record(tx, account, std::move(wanted), payment.invoice));
    Recorded recorded{{}, made.amount};
    for (const SettledPart& part : made.parts) {
        recorded.parts.push_back({part.invoice, part.amount});
        recorded.credit = recorded.credit - part.amount;
    }
    return recorded;
}

Result<std::vector<Invoicing::Part>> InvoicingDesk::ReversePayment(db::Transaction& tx,
                                                                   AccountId account,
                                                                   const Reversal& reversal,
                                                                   CivilTime now) {
    const TakenBack back =
        LIVERY_TRY(receivables_.TakeBack(tx, account,
                                         {reversal.reference, reversal.amount,
                                          reversal.by_bank ? TakenBackBy::kBank : TakenBackBy::kUs},
                                         now));
    std::vector<Part> parts;
    for (const auto* kind : {&back.owed_again, &back.credit_unused}) {
        for (const SettledPart& part : *kind) parts.push_back({part.invoice, part.amount});
    }
    return parts;
}

Result<InvoiceId> InvoicingDesk::CreditPaid(db::Transaction& tx, AccountId account,
                                            const Part& part, CivilTime now) {
    return receivables_.CreditInvoice(tx, account, {part.invoice, part.amount, part.amount}, now);
}

Result<InvoiceId> InvoicingDesk::CreditOwed(db::Transaction& tx, AccountId account,
                                            const Part& part, CivilTime now) {
    return receivables_.CreditInvoice(tx, account, {part.invoice, part.amount, std::nullopt}, now);
}

Result<void> InvoicingDesk::CheckGivingBack(db::Transaction& tx, AccountId account,
                                            const GivingBack& wanted,
                                            const std::vector<GivingBack>& before, CivilTime now) {
    const auto planned = [](const GivingBack& one) {
        return Receivables::PlannedRefund{one.reference, one.amount, one.noted};
    };
    std::vector<Receivables::PlannedRefund> others;
    for (const GivingBack& one : before) others.push_back(planned(one));
    return receivables_.CheckRefund(tx, account, planned(wanted), others, now);
}

SubscriptionBilling::Facts BillingOfSubscriptions::Of(const TenantId& tenant, AccountId account,
                                                      SubscriptionId subscription) {
    const auto found =
        DocumentRepository::ListOfSubscription(database_, tenant, account, subscription);
    Facts facts{found.charged_through, {}};
    for (const ListedDocument& row : found.documents) {
        facts.documents.push_back(
            {row.document.id, row.document.number, row.document.kind == DocumentKind::kCreditNote,
             std::string(row.document.State(Date{})),  // without a day nothing is overdue
             DayOf(row.document.number.empty() ? row.document.made_at : row.document.issued_at),
             row.Total()});
    }
    return facts;
}

}  // namespace livery::invoices
