#include "storage/method_repository.h"

#include <livery/check.h>
#include <livery/db/json_text.h>

#include "storage/action_fields.h"

namespace livery::payments {

namespace {

using db::JsonNode;
using db::JsonText;
using db::JsonWriter;
using db::Row;
using db::Statement;

#define PAYMENTS_METHOD_COLUMNS                                                                   \
    "m.id, m.account_id, m.instance, m.state, m.provider_id, m.is_default, m.began_at, m.looks, " \
    "m.next_look_at, m.details "

constexpr Statement kAdd{
    "payments.add_method",
    "INSERT INTO payments_method (tenant_id, id, account_id, instance, state, reference, "
    "provider_id, is_default, began_at, looks, next_look_at, details, expires_on) VALUES (:tenant, "
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kSave{
    "payments.save_method",
    "UPDATE payments_method SET state = ?, provider_id = ?, is_default = ?, looks = ?, "
    "next_look_at = ?, details = ?, expires_on = ? WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kLockAll{"payments.lock_methods",
                             "SELECT " PAYMENTS_METHOD_COLUMNS
                             "FROM payments_method m WHERE m.tenant_id = :tenant AND m.account_id "
                             "= ? ORDER BY m.id FOR UPDATE"};
constexpr Statement kOfAccount{"payments.methods_of",
                               "SELECT " PAYMENTS_METHOD_COLUMNS
                               "FROM payments_method m WHERE m.tenant_id = :tenant AND "
                               "m.account_id = ? ORDER BY m.id"};
constexpr Statement kFind{"payments.find_method",
                          "SELECT " PAYMENTS_METHOD_COLUMNS
                          "FROM payments_method m WHERE m.tenant_id = :tenant AND m.id = ?"};
constexpr Statement kByProvider{"payments.method_by_provider",
                                "SELECT " PAYMENTS_METHOD_COLUMNS
                                "FROM payments_method m WHERE m.tenant_id = :tenant AND m.instance "
                                "= ? AND (m.provider_id = ? OR "
                                "m.reference = ?) LIMIT 1"};
constexpr Statement kDue{"payments.due_methods",
                         "SELECT " PAYMENTS_METHOD_COLUMNS
                         "FROM payments_method m WHERE m.tenant_id = :tenant AND m.next_look_at <= "
                         "? ORDER BY m.next_look_at LIMIT ?"};
constexpr Statement kPostpone{
    "payments.postpone_method",
    "UPDATE payments_method SET next_look_at = ? WHERE tenant_id = :tenant AND id = ? AND "
    "next_look_at < ?"};

constexpr Statement kExpiring{
    "payments.expiring_methods",
    "SELECT DISTINCT account_id FROM payments_method WHERE tenant_id = :tenant AND expires_on = ? "
    "AND state = 'active' AND account_id > ? ORDER BY account_id LIMIT ?"};

struct TextField {
    const char* name;
    std::string PaymentMethod::*member;
};
constexpr TextField kTexts[] = {{"token", &PaymentMethod::token},
                                {"kind", &PaymentMethod::kind},
                                {"brand", &PaymentMethod::brand},
                                {"last4", &PaymentMethod::last4},
                                {"customer", &PaymentMethod::customer},
                                {"mandate", &PaymentMethod::mandate},
                                {"network_transaction_id", &PaymentMethod::network_transaction_id},
                                {"action_url", &PaymentMethod::action_url}};

std::string DetailsOf(const PaymentMethod& method) {
    JsonWriter json;
    json.BeginObject();
    for (const TextField& field : kTexts) json.Set(field.name, method.*field.member);
    json.Set("expiry_month", static_cast<std::int64_t>(method.expiry_month));
    json.Set("expiry_year", static_cast<std::int64_t>(method.expiry_year));
    if (!method.action_fields.empty() && method.state == MethodState::kBegun)
        WriteFields(json, method.action_fields);
    if (method.warned_on) json.Set("warned_on", ToIso(*method.warned_on));
    return json.EndObject().Text();
}

PaymentMethod MethodOf(const Row& row) {
    const auto state = MethodStateFrom(row.Text(3));
    LIVERY_CHECK(state.has_value(), "a state of a method that nobody knows");
    const auto id = row.As<MethodId>(0);
    PaymentMethod method{.id = id,
                         .account = row.As<AccountId>(1),
                         .instance = std::string(row.Text(2)),
                         .state = *state,
                         .key = {AttemptKey::Kind::kSetup, id.uuid(), 1},
                         .provider_id = row.MaybeText(4).value_or(""),
                         .is_default = row.Bool(5),
                         .began_at = row.Time(6),
                         .looks = row.Int(7),
                         .next_look_at = row.MaybeTime(8)};
    const JsonText details(row.Text(9));
    for (const TextField& field : kTexts) method.*field.member = details.root()[field.name].Text();
    method.expiry_month = static_cast<int>(details.root()["expiry_month"].Int());
    method.expiry_year = static_cast<int>(details.root()["expiry_year"].Int());
    if (details.root().Has("action_fields"))
        method.action_fields = FieldsOf(details.root()["action_fields"]);
    if (details.root().Has("warned_on")) method.warned_on = details.root()["warned_on"].Day();
    return method;
}

std::vector<PaymentMethod> AllOf(const db::Rows& rows) {
    std::vector<PaymentMethod> methods;
    for (const Row row : rows) methods.push_back(MethodOf(row));
    return methods;
}

std::optional<PaymentMethod> OnlyOf(const db::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    return MethodOf(rows[0]);
}

std::optional<std::string_view> Filled(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

}  // namespace

void MethodRepository::Add(db::Transaction& tx, const PaymentMethod& method) {
    const std::string reference = method.key.Reference();
    const std::string details = DetailsOf(method);
    tx.Execute(kAdd, {method.id, method.account, method.instance, ToString(method.state), reference,
                      Filled(method.provider_id), method.is_default ? 1 : 0, method.began_at,
                      method.looks, method.next_look_at, details, ExpiresOn(method)});
}

void MethodRepository::Save(db::Transaction& tx, const PaymentMethod& method) {
    const std::string details = DetailsOf(method);
    const auto rows = tx.Execute(
        kSave, {ToString(method.state), Filled(method.provider_id), method.is_default ? 1 : 0,
                method.looks, method.next_look_at, details, ExpiresOn(method), method.id});
    LIVERY_CHECK(rows == 1, "a method that was never begun");
}

std::vector<PaymentMethod> MethodRepository::LockAll(db::Transaction& tx, AccountId account) {
    return AllOf(tx.Query(kLockAll, {account}));
}

std::vector<PaymentMethod> MethodRepository::OfAccount(db::Database& database,
                                                       const TenantId& tenant, AccountId account) {
    return AllOf(database.Query(tenant, kOfAccount, {account}));
}

std::vector<PaymentMethod> MethodRepository::OfAccount(db::Transaction& tx, AccountId account) {
    return AllOf(tx.Query(kOfAccount, {account}));
}

std::optional<PaymentMethod> MethodRepository::Find(db::Transaction& tx, MethodId id) {
    return OnlyOf(tx.Query(kFind, {id}));
}

std::optional<PaymentMethod> MethodRepository::Find(db::Database& database, const TenantId& tenant,
                                                    MethodId id) {
    return OnlyOf(database.Query(tenant, kFind, {id}));
}

std::optional<PaymentMethod> MethodRepository::ByProvider(db::Database& database,
                                                          const TenantId& tenant,
                                                          const std::string& instance,
                                                          const std::string& provider_id,
                                                          const std::string& reference) {
    const auto found =
        AllOf(database.Query(tenant, kByProvider, {instance, provider_id, reference}));
    return found.empty() ? std::nullopt : std::optional(found.front());
}

std::vector<PaymentMethod> MethodRepository::Due(db::Database& database, const TenantId& tenant,
                                                 Instant now, std::size_t most) {
    return AllOf(database.Query(tenant, kDue, {now, most}));
}

void MethodRepository::Postpone(db::Transaction& tx, MethodId id, Instant until) {
    tx.Execute(kPostpone, {until, id, until});
}

std::vector<AccountId> MethodRepository::ExpiringOn(db::Database& database, const TenantId& tenant,
                                                    Date day, AccountId after, std::size_t most) {
    std::vector<AccountId> accounts;
    for (const Row row : database.Query(tenant, kExpiring, {day, after, most}))
        accounts.push_back(row.As<AccountId>(0));
    return accounts;
}

}  // namespace livery::payments
