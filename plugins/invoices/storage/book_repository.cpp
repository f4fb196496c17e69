#include "storage/book_repository.h"

#include <map>

#include "storage/book_batch_repository.h"
#include "storage/book_rows.h"

namespace livery::invoices {

namespace {

using db::Row;
using db::Statement;

constexpr Statement kLock{
    "invoices.lock_account",
    "INSERT INTO invoices_account (tenant_id, account_id, redemptions, version) "
    "VALUES (:tenant, ?, '[]', 0) ON DUPLICATE KEY UPDATE version = version + 1"};
constexpr Statement kRedemptions{
    "invoices.redemptions",
    "SELECT redemptions FROM invoices_account WHERE tenant_id = :tenant AND account_id = ?"};
constexpr Statement kDocuments{
    "invoices.documents",
    "SELECT " INVOICES_DOCUMENT_COLUMNS
    "FROM invoices_document d WHERE d.tenant_id = :tenant AND d.account_id = ? ORDER BY d.id"};
constexpr Statement kLines{"invoices.lines",
                           "SELECT " INVOICES_LINE_COLUMNS
                           "FROM invoices_line l WHERE l.tenant_id = :tenant AND l.account_id = ? "
                           "ORDER BY l.document_id, l.position"};
constexpr Statement kSetOff{
    "invoices.set_off",
    "SELECT note_id, invoice_id, amount FROM invoices_set_off WHERE tenant_id = :tenant AND "
    "account_id = ? ORDER BY note_id, position"};
constexpr Statement kPayments{
    "invoices.payments",
    "SELECT " INVOICES_PAYMENT_COLUMNS
    "FROM invoices_payment p WHERE p.tenant_id = :tenant AND p.account_id = ? ORDER BY p.position"};
constexpr Statement kCredit{
    "invoices.credit",
    "SELECT currency, amount FROM invoices_credit WHERE tenant_id = :tenant AND account_id = ?"};
constexpr Statement kSettled{
    "invoices.settled",
    "SELECT subscription_id, settled_to FROM invoices_settled WHERE tenant_id = :tenant AND "
    "account_id = ?"};

constexpr Statement kChargesIn{
    "invoices.charges_in",
    "SELECT " INVOICES_LINE_COLUMNS
    ", d.status FROM invoices_line l JOIN invoices_document d ON d.tenant_id = l.tenant_id AND "
    "d.id = l.document_id WHERE l.tenant_id = :tenant AND l.subscription_id = ? AND l.kind = "
    "'recurring' AND l.covers_from < ? AND l.covers_to > ? AND (d.status <> 'void' OR d.number IS "
    "NOT NULL)"};
constexpr Statement kCorrectionsOf{"invoices.corrections_of",
                                   "SELECT " INVOICES_LINE_COLUMNS
                                   "FROM invoices_line l WHERE l.tenant_id = :tenant AND "
                                   "l.subscription_id = ? AND l.corrects_id = ?"};
constexpr int kStatusAfterLine = 12;

}  // namespace

AccountBook BookRepository::Load(db::Transaction& tx, AccountId account) {
    tx.Execute(kLock, {account});
    AccountBook::Stored stored;
    stored.redemptions = RedemptionsOf(tx.Query(kRedemptions, {account}).Only().Text(0));
    std::map<InvoiceId, std::size_t> places;
    for (const Row row : tx.Query(kDocuments, {account})) {
        places[row.As<InvoiceId>(1)] = stored.documents.size();
        stored.documents.push_back(DocumentOf(row));
    }
    for (const Row row : tx.Query(kLines, {account}))
        stored.documents[places.at(row.As<InvoiceId>(0))].lines.push_back(LineOf(row));
    for (const Row row : tx.Query(kSetOff, {account})) {
        Document& note = stored.documents[places.at(row.As<InvoiceId>(0))];
        note.set_off.push_back({row.As<InvoiceId>(1), Money(row.Int64(2), note.currency)});
    }
    for (const Row row : tx.Query(kPayments, {account})) stored.payments.push_back(PaymentOf(row));
    for (const Row row : tx.Query(kCredit, {account})) {
        const Currency currency = *Currency::Parse(row.Text(0));
        stored.credit.emplace(currency, Money(row.Int64(1), currency));
    }
    for (const Row row : tx.Query(kSettled, {account}))
        stored.settled[row.As<SubscriptionId>(0)] = CivilOf(row.Time(1));
    return {account, std::move(stored)};
}

void BookRepository::Save(db::Transaction& tx, const AccountBook& book) {
    BookBatchRepository batch;
    batch.Save(tx, book);
    batch.Flush(tx);
}

std::vector<BilledLine> BookRepository::ChargesOf(db::Transaction& tx, SubscriptionId subscription,
                                                  const Span& span) {
    std::vector<BilledLine> charges;
    for (const Row row :
         tx.Query(kChargesIn, {subscription, Instant(span.to), Instant(span.from)})) {
        BilledLine& billed = charges.emplace_back(BilledLine::Of(LineOf(row)));
        billed.is_written_off = row.Text(kStatusAfterLine) == ToString(Status::kWrittenOff);
    }
    for (BilledLine& billed : charges) {
        for (const Row row : tx.Query(kCorrectionsOf, {subscription, billed.line.id}))
            billed.Give(LineOf(row));
    }
    return charges;
}

}  // namespace livery::invoices
