#include "storage/quote_repository.h"

namespace livery::orders {

namespace {

using db::Row;
using db::Statement;

constexpr Statement kAdd{"orders.add_quote",
                         "INSERT INTO orders_quote (tenant_id, account_id, id, shown_at, wish, "
                         "wording) VALUES (:tenant, ?, ?, ?, ?, ?)"};
constexpr Statement kForget{
    "orders.forget_quotes",
    "DELETE FROM orders_quote WHERE tenant_id = :tenant AND account_id = ? AND shown_at < ?"};
constexpr Statement kFind{
    "orders.find_quote",
    "SELECT shown_at, wish, wording, kept_at, order_id, subscription_id FROM orders_quote WHERE "
    "tenant_id = :tenant AND account_id = ? AND id = ? FOR UPDATE"};
constexpr Statement kKeep{"orders.keep_quote",
                          "UPDATE orders_quote SET kept_at = ?, order_id = ?, subscription_id = ? "
                          "WHERE tenant_id = :tenant AND account_id = ? AND id = ?"};

}  // namespace

void QuoteRepository::Add(db::Transaction& tx, AccountId account, const StoredQuote& quote) {
    tx.Execute(kForget, {account, quote.shown_at - std::chrono::hours(24)});
    tx.Execute(kAdd, {account, quote.id, quote.shown_at, quote.wish, quote.wording});
}

std::optional<StoredQuote> QuoteRepository::Find(db::Transaction& tx, AccountId account,
                                                 QuoteId id) {
    const db::Rows rows = tx.Query(kFind, {account, id});
    if (rows.empty()) return std::nullopt;
    const Row row = rows[0];
    StoredQuote quote{id,
                      row.Time(0),
                      std::string(row.Text(1)),
                      std::string(row.Text(2)),
                      row.MaybeTime(3),
                      std::nullopt,
                      std::nullopt};
    if (!row.IsNull(4)) quote.order = row.As<OrderId>(4);
    if (!row.IsNull(5)) quote.subscription = row.As<SubscriptionId>(5);
    return quote;
}

void QuoteRepository::Keep(db::Transaction& tx, AccountId account, const StoredQuote& quote) {
    tx.Execute(kKeep, {quote.kept_at, quote.order, quote.subscription, account, quote.id});
}

}  // namespace livery::orders
