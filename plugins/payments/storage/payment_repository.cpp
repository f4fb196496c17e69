#include "storage/payment_repository.h"

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

#define PAYMENTS_COLUMNS                                                                          \
    "p.id, p.account_id, p.origin, p.instance, p.method_id, p.state, p.reference, p.lead_id, "    \
    "p.attempt, p.amount, p.currency, p.processed, p.processed_currency, p.given_back, p.parts, " \
    "p.provider_id, p.began_at, p.sent_by, p.looks, p.next_look_at, p.receipt, p.details, "       \
    "COALESCE(p.shown_at, p.began_at) "

constexpr Statement kAdd{
    "payments.add",
    "INSERT INTO payments_payment (tenant_id, id, account_id, origin, instance, method_id, state, "
    "reference, lead_id, attempt, amount, currency, processed, processed_currency, given_back, "
    "parts, provider_id, began_at, sent_by, looks, next_look_at, receipt, details, shown_at) "
    "VALUES "
    "(:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kSave{
    "payments.save",
    "UPDATE payments_payment SET state = ?, processed = ?, processed_currency = ?, given_back = ?, "
    "provider_id = ?, sent_by = ?, looks = ?, next_look_at = ?, receipt = ?, details = ? WHERE "
    "tenant_id = :tenant AND id = ?"};
constexpr Statement kLock{"payments.lock", "SELECT " PAYMENTS_COLUMNS
                                           "FROM payments_payment p WHERE p.tenant_id = :tenant "
                                           "AND p.id = ? FOR UPDATE"};
constexpr Statement kFind{"payments.find",
                          "SELECT " PAYMENTS_COLUMNS
                          "FROM payments_payment p WHERE p.tenant_id = :tenant AND p.id = ?"};
constexpr Statement kAccount{
    "payments.account_of",
    "SELECT account_id FROM payments_payment WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kLooks{
    "payments.looks", "SELECT looks FROM payments_payment WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kPage{
    "payments.page",
    "SELECT " PAYMENTS_COLUMNS
    "FROM payments_payment p WHERE p.tenant_id = :tenant AND (? IS NULL OR p.account_id = ?) AND "
    "(? IS NULL OR p.id < ?) ORDER BY p.id DESC LIMIT ?"};
constexpr Statement kByProvider{
    "payments.by_provider",
    "SELECT " PAYMENTS_COLUMNS
    "FROM payments_payment p WHERE p.tenant_id = :tenant AND p.instance = ? AND (p.provider_id = ? "
    "OR p.reference = ?) ORDER BY p.provider_id IS NULL LIMIT 1"};
constexpr Statement kTaken{
    "payments.taken",
    "SELECT 1 FROM payments_payment WHERE tenant_id = :tenant AND instance = ? AND provider_id = ? "
    "AND id <> ?"};
constexpr Statement kKnown{
    "payments.known", "SELECT 1 FROM payments_payment WHERE tenant_id = :tenant AND reference = ?"};
constexpr Statement kTakenBetween{
    "payments.taken_between",
    "SELECT " PAYMENTS_COLUMNS
    "FROM payments_payment p WHERE p.tenant_id = :tenant AND p.instance = ? AND p.state IN "
    "('partly_captured', 'captured', 'partly_refunded', 'refunded') AND p.began_at >= ? AND "
    "p.began_at < ?"};
constexpr Statement kDue{"payments.due",
                         "SELECT " PAYMENTS_COLUMNS
                         "FROM payments_payment p WHERE p.tenant_id = :tenant AND p.next_look_at "
                         "<= ? ORDER BY p.next_look_at LIMIT ?"};

constexpr Statement kFailedLate{
    "payments.failed_late_of",
    "SELECT id FROM payments_payment WHERE tenant_id = :tenant AND account_id = ? AND state = "
    "'failed_late'"};
constexpr Statement kInState{"payments.in_state",
                             "SELECT " PAYMENTS_COLUMNS
                             "FROM payments_payment p WHERE p.tenant_id = :tenant AND p.state = ? "
                             "AND p.id > ? ORDER BY p.id "
                             "LIMIT ?"};

// Whoever has looked at it meanwhile knows better.
constexpr Statement kPostpone{"payments.postpone",
                              "UPDATE payments_payment SET next_look_at = ? WHERE tenant_id = "
                              ":tenant AND id = ? AND next_look_at < ?"};

std::string TextOf(const std::vector<Share>& parts) {
    JsonWriter json;
    json.BeginArray();
    for (const Share& part : parts) {
        json.BeginObject().Set("invoice", part.invoice.ToString());
        json.Set("amount", part.amount.minor_units()).Set("number", part.number).EndObject();
    }
    return json.EndArray().Text();
}

std::vector<Share> PartsOf(std::string_view text, Currency currency) {
    std::vector<Share> parts;
    const JsonText read(text);
    for (std::size_t i = 0; i < read.root().size(); ++i) {
        const JsonNode part = read.root()[i];
        const auto id = InvoiceId::Parse(part["invoice"].Text());
        LIVERY_CHECK(id.has_value(), "a stored id that is none");
        parts.push_back({*id, Money(part["amount"].Int(), currency),
                         std::string(part.Has("number") ? part["number"].Text() : "")});
    }
    return parts;
}

std::string DetailsOf(const Payment& payment) {
    JsonWriter json;
    json.BeginObject();
    if (!payment.action_url.empty()) json.Set("action_url", payment.action_url);
    // Long, a bank's secret, and of use to nobody who does not go there any more.
    if (!payment.action_fields.empty() && payment.state == PaymentState::kRequiresAction)
        WriteFields(json, payment.action_fields);
    if (payment.way_back && IsUnderWay(payment.state))
        json.Set("way_back", ToBase58(*payment.way_back)).Set("locale", payment.locale);
    if (!payment.fault.empty()) json.Set("fault", payment.fault);
    if (payment.keeps_method) json.Set("keeps_method", "yes");
    if (payment.let_go) json.Set("let_go", "yes");
    if (payment.bank_look > 0) json.Set("bank_look", payment.bank_look);
    if (payment.came_back_on) json.Set("came_back_on", ToIso(*payment.came_back_on));
    if (payment.refusal) {
        const Refusal& refusal = *payment.refusal;
        json.Key("refusal").BeginObject();
        json.Set("category", refusal.category).Set("reason", refusal.reason);
        json.Set("hardness", refusal.hardness).Set("advice", refusal.advice);
        json.Set("code", refusal.provider_code);
        if (refusal.retry_after) json.Set("retry_after", refusal.retry_after->count());
        json.EndObject();
    }
    return json.EndObject().Text();
}

Refusal RefusalOf(const JsonNode& node) {
    Refusal refusal{std::string(node["category"].Text()),
                    std::string(node["reason"].Text()),
                    std::string(node["hardness"].Text()),
                    std::string(node["advice"].Text()),
                    std::nullopt,
                    std::string(node["code"].Text())};
    if (node.Has("retry_after"))
        refusal.retry_after = std::chrono::seconds(node["retry_after"].Int());
    return refusal;
}

void ReadDetails(std::string_view text, Payment& payment) {
    const JsonText read(text);
    if (read.root().Has("action_url")) payment.action_url = read.root()["action_url"].Text();
    if (read.root().Has("action_fields"))
        payment.action_fields = FieldsOf(read.root()["action_fields"]);
    if (read.root().Has("way_back")) {
        payment.way_back = UuidFromBase58(read.root()["way_back"].Text());
        payment.locale = read.root()["locale"].Text();
    }
    if (read.root().Has("fault")) payment.fault = read.root()["fault"].Text();
    payment.keeps_method = read.root().Has("keeps_method");
    payment.let_go = read.root().Has("let_go");
    if (read.root().Has("bank_look"))
        payment.bank_look = static_cast<int>(read.root()["bank_look"].Int());
    if (read.root().Has("came_back_on")) payment.came_back_on = read.root()["came_back_on"].Day();
    if (read.root().Has("refusal")) payment.refusal = RefusalOf(read.root()["refusal"]);
}

Payment PaymentOf(const Row& row) {
    const Currency currency = *Currency::Parse(row.Text(10));
    const auto origin = OriginFrom(row.Text(2));
    const auto state = PaymentStateFrom(row.Text(5));
    LIVERY_CHECK(origin && state, "a word of a payment that nobody knows");
    Payment payment{.id = row.As<PaymentId>(0),
                    .account = row.As<AccountId>(1),
                    .origin = *origin,
                    .instance = std::string(row.Text(3)),
                    .state = *state,
                    .reference = std::string(row.Text(6)),
                    .key = {AttemptKey::Kind::kPayment, row.Id(7), row.Int(8)},
                    .amount = Money(row.Int64(9), currency),
                    .given_back = Money(row.Int64(13), currency),
                    .parts = PartsOf(row.Text(14), currency),
                    .provider_id = row.MaybeText(15).value_or(""),
                    .began_at = row.Time(16),
                    .shown_at = row.Time(22),
                    .sent_by = row.Time(17),
                    .looks = row.Int(18),
                    .next_look_at = row.MaybeTime(19),
                    .receipt = row.MaybeText(20).value_or("")};
    if (!row.IsNull(4)) payment.method = row.As<MethodId>(4);
    if (!row.IsNull(11)) payment.processed = Money(row.Int64(11), *Currency::Parse(row.Text(12)));
    ReadDetails(row.Text(21), payment);
    return payment;
}

// NULL where there is none, so that a UNIQUE key does not count it.
std::optional<std::string_view> Filled(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}
std::optional<std::int64_t> UnitsOf(const std::optional<Money>& amount) {
    return amount ? std::optional(amount->minor_units()) : std::nullopt;
}
std::optional<std::string> CodeOf(const std::optional<Money>& amount) {
    return amount ? std::optional(std::string(amount->currency().code())) : std::nullopt;
}

std::optional<Payment> OnlyOf(const db::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    return PaymentOf(rows[0]);
}

std::vector<Payment> AllOf(const db::Rows& rows) {
    std::vector<Payment> payments;
    for (const Row row : rows) payments.push_back(PaymentOf(row));
    return payments;
}

}  // namespace

void PaymentRepository::Add(db::Transaction& tx, const Payment& payment) {
    const auto code = CodeOf(payment.processed);
    const std::string parts = TextOf(payment.parts);
    const std::string details = DetailsOf(payment);
    tx.Execute(kAdd, {payment.id,
                      payment.account,
                      ToString(payment.origin),
                      payment.instance,
                      payment.method,
                      ToString(payment.state),
                      payment.reference,
                      payment.key.subject,
                      payment.key.attempt,
                      payment.amount.minor_units(),
                      payment.amount.currency().code(),
                      UnitsOf(payment.processed),
                      code,
                      payment.given_back.minor_units(),
                      parts,
                      Filled(payment.provider_id),
                      payment.began_at,
                      payment.sent_by,
                      payment.looks,
                      payment.next_look_at,
                      Filled(payment.receipt),
                      details,
                      payment.shown_at});
}

void PaymentRepository::Save(db::Transaction& tx, const Payment& payment) {
    const auto code = CodeOf(payment.processed);
    const std::string details = DetailsOf(payment);
    const auto rows = tx.Execute(
        kSave, {ToString(payment.state), UnitsOf(payment.processed), code,
                payment.given_back.minor_units(), Filled(payment.provider_id), payment.sent_by,
                payment.looks, payment.next_look_at, Filled(payment.receipt), details, payment.id});
    LIVERY_CHECK(rows == 1, "a payment that was never begun");
}

bool PaymentRepository::IsTaken(db::Transaction& tx, const Payment& payment,
                                const std::string& provider_id) {
    return !provider_id.empty() &&
           !tx.Query(kTaken, {payment.instance, provider_id, payment.id}).empty();
}

bool PaymentRepository::IsKnown(db::Transaction& tx, const std::string& reference) {
    return !tx.Query(kKnown, {reference}).empty();
}

std::optional<Payment> PaymentRepository::Lock(db::Transaction& tx, PaymentId id) {
    return OnlyOf(tx.Query(kLock, {id}));
}

std::optional<Payment> PaymentRepository::Find(db::Database& database, const TenantId& tenant,
                                               PaymentId id) {
    return OnlyOf(database.Query(tenant, kFind, {id}));
}

std::optional<AccountId> PaymentRepository::AccountOf(db::Transaction& tx, PaymentId id) {
    const db::Rows rows = tx.Query(kAccount, {id});
    if (rows.empty()) return std::nullopt;
    return rows[0].As<AccountId>(0);
}

std::optional<int> PaymentRepository::LooksAt(db::Database& database, const TenantId& tenant,
                                              PaymentId id) {
    const db::Rows rows = database.Query(tenant, kLooks, {id});
    if (rows.empty()) return std::nullopt;
    return rows[0].Int(0);
}

std::vector<Payment> PaymentRepository::Page(db::Database& database, const TenantId& tenant,
                                             std::optional<AccountId> account,
                                             std::optional<PaymentId> before, std::size_t most) {
    return AllOf(database.Query(tenant, kPage, {account, account, before, before, most}));
}

std::optional<Payment> PaymentRepository::ByProvider(db::Database& database, const TenantId& tenant,
                                                     const std::string& instance,
                                                     const std::string& provider_id,
                                                     const std::string& reference) {
    return OnlyOf(database.Query(tenant, kByProvider, {instance, provider_id, reference}));
}

std::vector<Payment> PaymentRepository::TakenBetween(db::Database& database, const TenantId& tenant,
                                                     const std::string& instance, Instant from,
                                                     Instant until) {
    return AllOf(database.Query(tenant, kTakenBetween, {instance, from, until}));
}

std::vector<Payment> PaymentRepository::Due(db::Database& database, const TenantId& tenant,
                                            Instant now, std::size_t most) {
    return AllOf(database.Query(tenant, kDue, {now, most}));
}

std::vector<PaymentId> PaymentRepository::FailedLate(db::Transaction& tx, AccountId account) {
    std::vector<PaymentId> failed;
    for (const Row row : tx.Query(kFailedLate, {account})) failed.push_back(row.As<PaymentId>(0));
    return failed;
}

std::vector<Payment> PaymentRepository::InState(db::Database& database, const TenantId& tenant,
                                                PaymentState state, PaymentId after,
                                                std::size_t most) {
    return AllOf(database.Query(tenant, kInState, {ToString(state), after, most}));
}

void PaymentRepository::Postpone(db::Transaction& tx, PaymentId id, Instant until) {
    tx.Execute(kPostpone, {until, id, until});
}

}  // namespace livery::payments
