#include "storage/paper_repository.h"

namespace livery::invoices {

namespace {

using db::Statement;

constexpr Statement kFind{"invoices.find_paper",
                          "SELECT pdf, LOWER(HEX(sha256)) FROM invoices_paper WHERE tenant_id = "
                          ":tenant AND account_id = ? AND document_id = ?"};
constexpr Statement kKeep{
    "invoices.keep_paper",
    "INSERT INTO invoices_paper (tenant_id, document_id, account_id, made_at, sha256, pdf) "
    "VALUES (:tenant, ?, ?, ?, UNHEX(SHA2(?, 256)), ?) "
    "ON DUPLICATE KEY UPDATE document_id = VALUES(document_id)"};

}  // namespace

std::optional<PaperRepository::Paper> PaperRepository::Find(db::Database& database,
                                                            const TenantId& tenant,
                                                            AccountId account, InvoiceId document) {
    const db::Rows rows = database.Query(tenant, kFind, {account, document});
    if (rows.empty()) return std::nullopt;
    return Paper{std::string(rows[0].Text(0)), std::string(rows[0].Text(1))};
}

void PaperRepository::Keep(db::Transaction& tx, AccountId account, InvoiceId document, Instant now,
                           const std::string& pdf) {
    tx.Execute(kKeep, {document, account, now, pdf, pdf});
}

}  // namespace livery::invoices
