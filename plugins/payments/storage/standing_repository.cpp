#include "storage/standing_repository.h"

#include <livery/db/json_text.h>

namespace livery::payments {

namespace {

using db::Row;
using db::Statement;

#define PAYMENTS_STANDING_COLUMNS                                                             \
    "account_id, pays_automatically, tries, last_try, next_try, step, promised_on, pays_by, " \
    "blocked, reminders, suspended, announced, untold, retries "

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
    "step = ?, promised_on = ?, pays_by = ?, letters = ?, blocked = ?, reminders = ?, suspended = "
    "?, announced = ?, untold = ?, retries = ? WHERE tenant_id = :tenant AND account_id = ?"};
constexpr Statement kTriedAt{
    "payments.tried_at",
    "SELECT COALESCE(shown_at, began_at) FROM payments_payment WHERE tenant_id = :tenant AND "
    "account_id = ? AND lead_id = ? AND attempt <= ? AND origin = 'automatic'"};
constexpr Statement kTreated{
    "payments.treated_accounts",
    "SELECT account_id FROM payments_standing WHERE tenant_id = :tenant AND account_id > ? AND "
    "(pays_automatically = 1 OR step <> '' OR letters > 0 OR tries > 0) ORDER BY account_id LIMIT "
    "?"};

std::string TextOf(const std::map<Currency, RemindedOf>& reminded) {
    db::JsonWriter json;
    json.BeginArray();
    for (const auto& [currency, of] : reminded) {
        json.BeginObject().Set("currency", currency.code()).Set("letters", of.letters);
        if (of.last) json.Set("last", ToIso(*of.last));
        json.EndObject();
    }
    return json.EndArray().Text();
}

std::map<Currency, RemindedOf> RemindedIn(std::string_view text) {
    std::map<Currency, RemindedOf> reminded;
    const db::JsonText read(text);
    for (std::size_t i = 0; i < read.root().size(); ++i) {
        const db::JsonNode one = read.root()[i];
        RemindedOf of{static_cast<int>(one["letters"].Int()), std::nullopt};
        if (one.Has("last")) of.last = one["last"].Day();
        reminded[*Currency::Parse(one["currency"].Text())] = of;
    }
    return reminded;
}

std::string TextOf(const std::map<Currency, Tries>& all) {
    db::JsonWriter json;
    json.BeginArray();
    for (const auto& [currency, tries] : all) {
        json.BeginObject().Set("currency", currency.code()).Set("count", tries.count);
        if (tries.last) json.Set("last", ToIso(*tries.last));
        if (tries.next) json.Set("next", ToIso(*tries.next));
        if (tries.passed) json.Set("passed", tries.passed->ToString());
        json.EndObject();
    }
    return json.EndArray().Text();
}

std::map<Currency, Tries> TriesIn(std::string_view text) {
    std::map<Currency, Tries> all;
    const db::JsonText read(text);
    for (std::size_t i = 0; i < read.root().size(); ++i) {
        const db::JsonNode one = read.root()[i];
        Tries tries{static_cast<int>(one["count"].Int()), std::nullopt, std::nullopt};
        if (one.Has("last")) tries.last = one["last"].Day();
        if (one.Has("next")) tries.next = one["next"].Day();
        if (one.Has("passed")) tries.passed = MethodId::Parse(one["passed"].Text());
        all[*Currency::Parse(one["currency"].Text())] = tries;
    }
    return all;
}

std::string TextOf(const std::vector<SubscriptionId>& ids) {
    db::JsonWriter json;
    json.BeginArray();
    for (const SubscriptionId id : ids) json.Add(id.ToString());
    return json.EndArray().Text();
}

std::vector<SubscriptionId> IdsIn(std::string_view text) {
    std::vector<SubscriptionId> ids;
    const db::JsonText read(text);
    for (std::size_t i = 0; i < read.root().size(); ++i)
        ids.push_back(*SubscriptionId::Parse(read.root()[i].Text()));
    return ids;
}

int LettersOf(const Standing& standing) {
    int letters = 0;
    for (const auto& [currency, of] : standing.reminded) letters += of.letters;
    return letters;
}

Standing StandingOf(const Row& row) {
    Standing standing{.account = row.As<AccountId>(0),
                      .pays_automatically = row.Bool(1),
                      .step = std::string(row.Text(5)),
                      .blocked = row.Bool(8),
                      .announced = row.MaybeDate(11)};
    if (!row.IsNull(9)) standing.reminded = RemindedIn(row.Text(9));
    if (!row.IsNull(10)) standing.suspended = IdsIn(row.Text(10));
    if (!row.IsNull(12)) standing.untold = row.As<PaymentId>(12);
    if (!row.IsNull(13))
        standing.tries = TriesIn(row.Text(13));
    else if (row.Int(2) > 0)
        standing.tries_of_all = Tries{row.Int(2), row.MaybeDate(3), row.MaybeDate(4)};
    if (!row.IsNull(6)) standing.promise = Promise{row.Date(6), row.Date(7)};
    return standing;
}

}  // namespace

Standing StandingRepository::Lock(db::Transaction& tx, AccountId account) {
    tx.Execute(kMake, {account});
    const db::Rows rows = tx.Query(kLock, {account});
    return StandingOf(rows.Only());
}

std::optional<Standing> StandingRepository::LockIfThere(db::Transaction& tx, AccountId account) {
    const db::Rows rows = tx.Query(kLock, {account});
    if (rows.empty()) return std::nullopt;
    return StandingOf(rows[0]);
}

void StandingRepository::Save(db::Transaction& tx, const Standing& standing) {
    std::optional<Date> promised_on;
    std::optional<Date> pays_by;
    if (standing.promise) {
        promised_on = standing.promise->made_on;
        pays_by = standing.promise->pays_by;
    }
    const std::string reminders = TextOf(standing.reminded);
    const std::string suspended = TextOf(standing.suspended);
    // Until the first try in a currency the row stays as it was.
    std::optional<std::string> retries;
    if (!standing.tries.empty()) retries = TextOf(standing.tries);
    tx.Execute(kSave, {standing.pays_automatically ? 1 : 0, standing.MostTries(),
                       standing.LastTry(), standing.NextTry(), standing.step, promised_on, pays_by,
                       LettersOf(standing), standing.blocked ? 1 : 0, reminders, suspended,
                       standing.announced, standing.untold, retries, standing.account});
}

Standing StandingRepository::Of(db::Database& database, const TenantId& tenant, AccountId account) {
    const db::Rows rows = database.Query(tenant, kFind, {account});
    if (rows.empty()) return {.account = account};
    return StandingOf(rows[0]);
}

std::vector<Instant> StandingRepository::TriedAt(db::Transaction& tx, AccountId account,
                                                 const AttemptKey& key) {
    std::vector<Instant> tried;
    for (const Row row : tx.Query(kTriedAt, {account, key.subject, key.attempt}))
        tried.push_back(row.Time(0));
    return tried;
}

std::vector<AccountId> StandingRepository::Treated(db::Database& database, const TenantId& tenant,
                                                   AccountId after, std::size_t most) {
    std::vector<AccountId> accounts;
    for (const Row row : database.Query(tenant, kTreated, {after, most}))
        accounts.push_back(row.As<AccountId>(0));
    return accounts;
}

}  // namespace livery::payments
