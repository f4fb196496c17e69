#include "storage/return_repository.h"

namespace livery::payments {

namespace {

using db::Statement;

constexpr Statement kAdd{
    "payments.add_return",
    "INSERT INTO payments_return (tenant_id, token, account_id, subject_id) VALUES (:tenant, ?, ?, "
    "?)"};
constexpr Statement kFind{
    "payments.find_return",
    "SELECT subject_id FROM payments_return WHERE tenant_id = :tenant AND token = ? AND account_id "
    "= ?"};
constexpr Statement kUse{
    "payments.use_return",
    "UPDATE payments_return SET used_at = ? WHERE tenant_id = :tenant AND token = ? AND account_id "
    "= ? AND used_at IS NULL"};

}  // namespace

void ReturnRepository::Add(db::Transaction& tx, const Uuid& token, AccountId account,
                           const Uuid& subject) {
    tx.Execute(kAdd, {token, account, subject});
}

std::optional<Uuid> ReturnRepository::Find(db::Transaction& tx, const Uuid& token,
                                           AccountId account) {
    const db::Rows rows = tx.Query(kFind, {token, account});
    return rows.empty() ? std::nullopt : std::optional<Uuid>(rows[0].Id(0));
}

bool ReturnRepository::Use(db::Transaction& tx, const Uuid& token, AccountId account, Instant now) {
    return tx.Execute(kUse, {now, token, account}) == 1;
}

}  // namespace livery::payments
