#include "storage/set_off_repository.h"

namespace livery::invoices {

namespace {

using db::Row;
using db::Statement;

constexpr Statement kSetOffOfNote{
    "invoices.set_off_of_note",
    "SELECT s.invoice_id, d.number, s.amount, d.currency FROM invoices_set_off s JOIN "
    "invoices_document d ON "
    "d.tenant_id = s.tenant_id AND d.id = s.invoice_id WHERE s.tenant_id = :tenant AND "
    "s.account_id = ? AND s.note_id = ? ORDER BY s.position"};
constexpr Statement kSetOffOnInvoice{
    "invoices.set_off_on_invoice",
    "SELECT s.note_id, d.number, s.amount, d.currency FROM invoices_set_off s JOIN "
    "invoices_document d ON "
    "d.tenant_id = s.tenant_id AND d.id = s.note_id WHERE s.tenant_id = :tenant AND s.account_id = "
    "? AND s.invoice_id = ? ORDER BY s.note_id"};
constexpr Statement kSetOffFromTo{
    "invoices.set_off_from_to",
    "SELECT s.note_id, s.invoice_id, s.amount, d.currency FROM invoices_document d JOIN "
    "invoices_set_off s ON "
    "s.tenant_id = d.tenant_id AND s.account_id = d.account_id AND s.note_id = d.id WHERE "
    "d.tenant_id = :tenant AND d.account_id = ? AND d.number IS NOT NULL AND d.issued_at >= ? AND "
    "d.issued_at <= ? ORDER BY s.note_id, s.position"};

Money AmountOf(const Row& row) { return {row.Int64(2), *Currency::Parse(row.Text(3))}; }

}  // namespace

std::vector<SetOff> SetOffRepository::Of(db::Database& database, const TenantId& tenant,
                                         const Document& document) {
    const bool note = document.kind == DocumentKind::kCreditNote;
    std::vector<SetOff> all;
    for (const Row row : database.Query(tenant, note ? kSetOffOfNote : kSetOffOnInvoice,
                                        {document.account, document.id}))
        all.push_back({row.As<InvoiceId>(0), std::string(row.Text(1)), AmountOf(row)});
    return all;
}

std::vector<SettledPart> SetOffRepository::PartsOf(db::Database& database, const TenantId& tenant,
                                                   AccountId account, InvoiceId note) {
    std::vector<SettledPart> parts;
    for (const Row row : database.Query(tenant, kSetOffOfNote, {account, note}))
        parts.push_back({row.As<InvoiceId>(0), AmountOf(row)});
    return parts;
}

std::map<InvoiceId, std::vector<SettledPart>> SetOffRepository::PartsFromTo(db::Database& database,
                                                                            const TenantId& tenant,
                                                                            AccountId account,
                                                                            const Span& issued) {
    std::map<InvoiceId, std::vector<SettledPart>> parts;
    for (const Row row :
         database.Query(tenant, kSetOffFromTo, {account, Instant(issued.from), Instant(issued.to)}))
        parts[row.As<InvoiceId>(0)].push_back({row.As<InvoiceId>(1), AmountOf(row)});
    return parts;
}

}  // namespace livery::invoices
