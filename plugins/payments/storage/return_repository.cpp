#include "storage/return_repository.h"

namespace livery::payments {

namespace {

using db::Statement;

constexpr Statement kAdd{
    "payments.add_return",
    "INSERT INTO payments_return (tenant_id, token, account_id, payment_id) VALUES (:tenant, ?, ?, "
    "?)"};
constexpr Statement kFind{
    "payments.find_return",
    "SELECT payment_id FROM payments_return WHERE tenant_id = :tenant AND token = ? AND account_id "
    "= ?"};
constexpr Statement kUse{
    "payments.use_return",
    "UPDATE payments_return SET used_at = ? WHERE tenant_id = :tenant AND token = ? AND account_id "
    "= ? AND used_at IS NULL"};

}  // namespace

void ReturnRepository::Add(db::Transaction& tx, const Uuid& token, AccountId account,
                           PaymentId payment) {
    tx.Execute(kAdd, {token, account, payment});
}

std::optional<ReturnRepository::Return> ReturnRepository::Use(db::Transaction& tx,
                                                              const Uuid& token, AccountId account,
                                                              Instant now) {
    const db::Rows rows = tx.Query(kFind, {token, account});
    if (rows.empty()) return std::nullopt;
    return Return{rows[0].As<PaymentId>(0), tx.Execute(kUse, {now, token, account}) == 1};
}

}  // namespace livery::payments
