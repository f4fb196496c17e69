#include "storage/standing_repository.h"

namespace livery::payments {

namespace {

using db::Row;
using db::Statement;

#define PAYMENTS_STANDING_COLUMNS                                                             \
    "account_id, pays_automatically, tries, last_try, next_try, step, promised_on, pays_by, " \
    "letters, last_letter "

constexpr Statement kMake{
    "payments.make_standing",
    "INSERT INTO payments_standing (tenant_id, account_id, pays_automatically, tries, step, "
    "letters) VALUES (:tenant, ?, 0, 0, '', 0) ON DUPLICATE KEY UPDATE tries = tries"};
constexpr Statement kLock{"payments.lock_standing",
                          "SELECT " PAYMENTS_STANDING_COLUMNS
                          "FROM payments_standing WHERE tenant_id = :tenant AND account_id = ? FOR "
                          "UPDATE"};
constexpr Statement kFind{"payments.standing_of", "SELECT " PAYMENTS_STANDING_COLUMNS
                                                  "FROM payments_standing WHERE tenant_id = "
                                                  ":tenant AND account_id = ?"};
constexpr Statement kSave{
    "payments.save_standing",
    "UPDATE payments_standing SET pays_automatically = ?, tries = ?, last_try = ?, next_try = ?, "
    "step = ?, promised_on = ?, pays_by = ?, letters = ?, last_letter = ? WHERE tenant_id = "
    ":tenant AND account_id = ?"};
constexpr Statement kTreated{
    "payments.treated_accounts",
    "SELECT account_id FROM payments_standing WHERE tenant_id = :tenant AND account_id > ? AND "
    "(pays_automatically = 1 OR step <> '' OR letters > 0 OR tries > 0) ORDER BY account_id LIMIT "
    "?"};

Standing StandingOf(const Row& row) {
    Standing standing{.account = row.As<AccountId>(0),
                      .pays_automatically = row.Bool(1),
                      .tries = row.Int(2),
                      .last_try = row.MaybeDate(3),
                      .next_try = row.MaybeDate(4),
                      .step = std::string(row.Text(5)),
                      .reminded = {row.Int(8), row.MaybeDate(9)}};
    if (!row.IsNull(6)) standing.promise = Promise{row.Date(6), row.Date(7)};
    return standing;
}

}  // namespace

Standing StandingRepository::Lock(db::Transaction& tx, AccountId account) {
    tx.Execute(kMake, {account});
    const db::Rows rows = tx.Query(kLock, {account});
    return StandingOf(rows.Only());
}

void StandingRepository::Save(db::Transaction& tx, const Standing& standing) {
    std::optional<Date> promised_on;
    std::optional<Date> pays_by;
    if (standing.promise) {
        promised_on = standing.promise->made_on;
        pays_by = standing.promise->pays_by;
    }
    tx.Execute(kSave, {standing.pays_automatically ? 1 : 0, standing.tries, standing.last_try,
                       standing.next_try, standing.step, promised_on, pays_by,
                       standing.reminded.letters, standing.reminded.last, standing.account});
}

Standing StandingRepository::Of(db::Database& database, const TenantId& tenant, AccountId account) {
    const db::Rows rows = database.Query(tenant, kFind, {account});
    if (rows.empty()) return {.account = account};
    return StandingOf(rows[0]);
}

std::vector<AccountId> StandingRepository::Treated(db::Database& database, const TenantId& tenant,
                                                   AccountId after, std::size_t most) {
    std::vector<AccountId> accounts;
    for (const Row row : database.Query(tenant, kTreated, {after, most}))
        accounts.push_back(row.As<AccountId>(0));
    return accounts;
}

}  // namespace livery::payments
