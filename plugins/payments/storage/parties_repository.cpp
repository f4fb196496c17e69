#include "storage/parties_repository.h"

namespace livery::payments {

namespace {

using db::Statement;

constexpr Statement kFind{"payments.parties_of_receipt",
                          "SELECT parties FROM payments_receipt WHERE tenant_id = :tenant AND "
                          "number = ? AND parties IS NOT NULL"};
constexpr Statement kKeep{"payments.keep_parties_of_receipt",
                          "UPDATE payments_receipt SET parties = ? WHERE tenant_id = :tenant AND "
                          "number = ? AND parties IS NULL"};

}  // namespace

std::string PartiesRepository::Find(db::Database& database, const TenantId& tenant,
                                    const std::string& receipt) {
    const db::Rows rows = database.Query(tenant, kFind, {receipt});
    return rows.empty() ? "" : std::string(rows[0].Text(0));
}

void PartiesRepository::Keep(db::Transaction& tx, const std::string& receipt,
                             const std::string& parties) {
    tx.Execute(kKeep, {parties, receipt});
}

}  // namespace livery::payments
