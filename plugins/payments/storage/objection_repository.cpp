#include "storage/objection_repository.h"

#include <livery/db/failure.h>

namespace livery::payments {

namespace {

using db::Row;
using db::Statement;

constexpr Statement kAdd{
    "payments.add_objection",
    "INSERT INTO payments_objection (tenant_id, id, invoice_id, account_id, amount, currency, "
    "reason, opened_at, line_id, is_open, answer) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, 1, '')"};
constexpr Statement kOpenOf{
    "payments.objections_of",
    "SELECT invoice_id, amount, currency FROM payments_objection WHERE tenant_id = :tenant AND "
    "account_id = ? AND is_open = 1"};
constexpr Statement kFindOpen{
    "payments.find_objection",
    "SELECT id, account_id, invoice_id, amount, currency, reason, opened_at, line_id FROM "
    "payments_objection WHERE tenant_id = :tenant AND id = ? AND is_open = 1"};
constexpr Statement kListOpen{
    "payments.open_objections",
    "SELECT id, account_id, invoice_id, amount, currency, reason, opened_at, line_id FROM "
    "payments_objection WHERE tenant_id = :tenant AND is_open = 1 ORDER BY opened_at LIMIT 200"};
// Ids are made in the order of opening.
constexpr Statement kPageOpen{
    "payments.page_open_objections",
    "SELECT id, account_id, invoice_id, amount, currency, reason, opened_at, line_id FROM "
    "payments_objection WHERE tenant_id = :tenant AND is_open = 1 AND id > ? ORDER BY id LIMIT ?"};
constexpr Statement kCountOpen{
    "payments.count_open_objections",
    "SELECT COUNT(*) FROM payments_objection WHERE tenant_id = :tenant AND is_open = 1"};
constexpr Statement kFind{
    "payments.find_objection_of_any_state",
    "SELECT id, account_id, invoice_id, amount, currency, reason, opened_at, line_id, is_open, "
    "won, closed_at, answer FROM payments_objection WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kOpenOnLine{
    "payments.objections_on_line",
    "SELECT id FROM payments_objection WHERE tenant_id = :tenant AND account_id = ? AND is_open = "
    "1 AND line_id = ? LIMIT 1"};
constexpr Statement kClose{
    "payments.close_objection",
    "UPDATE payments_objection SET is_open = 0, closed_at = ?, won = ?, answer = ? WHERE tenant_id "
    "= :tenant AND id = ? AND is_open = 1"};
constexpr Statement kAddPromise{
    "payments.add_promise",
    "INSERT INTO payments_promise (tenant_id, invoice_id, account_id, made_at, pays_by, made_by) "
    "VALUES (:tenant, ?, ?, ?, ?, ?)"};
constexpr Statement kPromisesOf{
    "payments.promises",
    "SELECT invoice_id, pays_by FROM payments_promise WHERE tenant_id = :tenant AND account_id = "
    "?"};

Objection ObjectionOf(const Row& row) {
    Objection one{row.As<ObjectionId>(0),   row.As<AccountId>(1),
                  row.As<InvoiceId>(2),     Money(row.Int64(3), *Currency::Parse(row.Text(4))),
                  std::string(row.Text(5)), row.Time(6)};
    if (!row.IsNull(7)) one.line = row.As<InvoiceLineId>(7);
    return one;
}

std::optional<ObjectionRepository::Found> FoundIn(const db::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    const Row row = rows[0];
    return ObjectionRepository::Found{ObjectionOf(row), row.Bool(8), !row.IsNull(9) && row.Bool(9),
                                      row.MaybeTime(10).value_or(Instant{}),
                                      std::string(row.Text(11))};
}

}  // namespace

void ObjectionRepository::Add(db::Transaction& tx, const Objection& objection) {
    tx.Execute(kAdd, {objection.id, objection.invoice, objection.account,
                      objection.amount.minor_units(), objection.amount.currency().code(),
                      objection.reason, objection.opened_at, objection.line});
}

std::map<InvoiceId, Money> ObjectionRepository::OpenOf(db::Transaction& tx, AccountId account) {
    std::map<InvoiceId, Money> objected;
    for (const Row row : tx.Query(kOpenOf, {account})) {
        const Money amount(row.Int64(1), *Currency::Parse(row.Text(2)));
        const auto [found, is_new] = objected.emplace(row.As<InvoiceId>(0), amount);
        if (!is_new) found->second = found->second + amount;
    }
    return objected;
}

std::optional<Objection> ObjectionRepository::FindOpen(db::Transaction& tx, ObjectionId id) {
    const db::Rows rows = tx.Query(kFindOpen, {id});
    if (rows.empty()) return std::nullopt;
    return ObjectionOf(rows[0]);
}

bool ObjectionRepository::Close(db::Transaction& tx, ObjectionId id, bool won,
                                const std::string& answer, Instant now) {
    return tx.Execute(kClose, {now, won ? 1 : 0, answer, id}) == 1;
}

std::vector<Objection> ObjectionRepository::ListOpen(db::Database& database,
                                                     const TenantId& tenant) {
    std::vector<Objection> open;
    for (const Row row : database.Query(tenant, kListOpen, {})) open.push_back(ObjectionOf(row));
    return open;
}

std::vector<Objection> ObjectionRepository::PageOpen(db::Database& database, const TenantId& tenant,
                                                     std::optional<ObjectionId> after,
                                                     std::size_t most) {
    std::vector<Objection> open;
    for (const Row row : database.Query(tenant, kPageOpen, {after.value_or(ObjectionId()), most}))
        open.push_back(ObjectionOf(row));
    return open;
}

std::int64_t ObjectionRepository::CountOpen(db::Database& database, const TenantId& tenant) {
    return database.Query(tenant, kCountOpen, {}).Only().Int64(0);
}

std::optional<ObjectionRepository::Found> ObjectionRepository::Find(db::Database& database,
                                                                    const TenantId& tenant,
                                                                    ObjectionId id) {
    return FoundIn(database.Query(tenant, kFind, {id}));
}

std::optional<ObjectionRepository::Found> ObjectionRepository::Find(db::Transaction& tx,
                                                                    ObjectionId id) {
    return FoundIn(tx.Query(kFind, {id}));
}

bool ObjectionRepository::IsOpenOn(db::Transaction& tx, AccountId account, InvoiceLineId line) {
    return !tx.Query(kOpenOnLine, {account, line}).empty();
}

bool PromiseRepository::Add(db::Transaction& tx, const Kept& promise) {
    try {
        tx.Execute(kAddPromise, {promise.invoice, promise.account, promise.made_at, promise.pays_by,
                                 promise.made_by});
        return true;
    } catch (const db::DuplicateKey&) {
        return false;
    }
}

std::map<InvoiceId, Date> PromiseRepository::Of(db::Transaction& tx, AccountId account) {
    std::map<InvoiceId, Date> promised;
    for (const Row row : tx.Query(kPromisesOf, {account}))
        promised.emplace(row.As<InvoiceId>(0), row.Date(1));
    return promised;
}

}  // namespace livery::payments
