#include "storage/agreement_repository.h"

#include <livery/check.h>
#include <livery/db/json_text.h>

namespace livery::subscriptions {

namespace {

using db::JsonNode;
using db::JsonText;
using db::JsonWriter;
using db::Row;
using db::Statement;

#define AGREEMENT_COLUMNS \
    "id, account_id, base_id, currency, site, started_at, ends_at, end_reason, terms "
constexpr std::size_t kAgreementColumns = 9;

// An agreement `a` and, of an add-on, its base `b`.
#define WITH_BASE                                                                         \
    "SELECT a.id, a.account_id, a.base_id, a.currency, a.site, a.started_at, a.ends_at, " \
    "a.end_reason, a.terms, b.id, b.account_id, b.base_id, b.currency, b.site, "          \
    "b.started_at, b.ends_at, b.end_reason, b.terms FROM subscriptions_agreement a "      \
    "LEFT JOIN subscriptions_agreement b ON b.tenant_id = a.tenant_id AND b.id = a.base_id "

constexpr Statement kFind{"subscriptions.find_agreement",
                          "SELECT " AGREEMENT_COLUMNS
                          "FROM subscriptions_agreement WHERE tenant_id = :tenant AND id = ? "
                          "FOR UPDATE"};
constexpr Statement kOfAccount{
    "subscriptions.agreements_of_account",
    "SELECT " AGREEMENT_COLUMNS
    "FROM subscriptions_agreement WHERE tenant_id = :tenant AND account_id = ? ORDER BY id"};
constexpr Statement kListOfTenant{
    "subscriptions.list_of_tenant", WITH_BASE
    "WHERE a.tenant_id = :tenant AND (? IS NULL OR a.account_id = ?) AND (? IS NULL OR a.id < ?) "
    "ORDER BY a.id DESC LIMIT ?"};
constexpr Statement kFindOfTenant{"subscriptions.find_of_tenant",
                                  WITH_BASE "WHERE a.tenant_id = :tenant AND a.id = ?"};
constexpr Statement kInRange{
    "subscriptions.agreements_in_range",
    "SELECT " AGREEMENT_COLUMNS
    "FROM subscriptions_agreement WHERE tenant_id = :tenant AND account_id BETWEEN ? AND ? "
    "ORDER BY account_id, id"};
constexpr Statement kUsageInRange{
    "subscriptions.usage_in_range",
    "SELECT u.subscription_id, u.meter, u.used_at, u.units FROM subscriptions_agreement a JOIN "
    "subscriptions_usage u ON u.tenant_id = a.tenant_id AND u.subscription_id = a.id "
    "WHERE a.tenant_id = :tenant AND a.account_id BETWEEN ? AND ? "
    "ORDER BY u.subscription_id, u.meter, u.used_at, u.id"};
constexpr Statement kSave{
    "subscriptions.save_agreement",
    "INSERT INTO subscriptions_agreement (tenant_id, id, account_id, base_id, currency, site, "
    "started_at, ends_at, end_reason, terms) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON DUPLICATE KEY UPDATE ends_at = VALUES(ends_at), end_reason = VALUES(end_reason), "
    "terms = VALUES(terms)"};
constexpr Statement kUsageOf{
    "subscriptions.usage_of",
    "SELECT meter, used_at, units FROM subscriptions_usage "
    "WHERE tenant_id = :tenant AND subscription_id = ? ORDER BY meter, used_at, id"};
constexpr Statement kAddUsage{
    "subscriptions.add_usage",
    "INSERT INTO subscriptions_usage (tenant_id, subscription_id, id, meter, used_at, units) "
    "VALUES (:tenant, ?, ?, ?, ?, ?)"};

CivilTime CivilOf(Instant instant) { return std::chrono::floor<std::chrono::seconds>(instant); }

Decimal DecimalOf(const std::string& text) {
    const auto decimal = Decimal::Parse(text);
    LIVERY_CHECK(decimal.has_value(), "a stored number that is none");
    return *decimal;
}

void WritePrice(JsonWriter& json, const PriceUntil& price) {
    json.Key("price_until").BeginObject();
    json.Set("until", ToIso(price.until)).Set("from", ToIso(price.from));
    json.Set("plan", price.plan);
    json.Set("catalog_day", ToIso(price.catalog_day));
    json.Set("quantity", price.quantity.ToString());
    json.Set("phases_from", ToIso(price.phases_from)).EndObject();
}

PriceUntil PriceOf(const JsonNode& price) {
    return {
        price["until"].Time(),      price["from"].Time(),       std::string(price["plan"].Text()),
        price["catalog_day"].Day(), price["quantity"].Number(), price["phases_from"].Time()};
}

std::string TermsOf(const Agreement& agreement) {
    JsonWriter json;
    json.BeginObject().Key("choices").BeginArray();
    for (const Choice& choice : agreement.choices) {
        json.BeginObject().Set("from", ToIso(choice.from)).Set("plan", choice.plan);
        json.Set("catalog_day", ToIso(choice.catalog_day));
        json.Set("quantity", choice.quantity.ToString());
        json.Set("phases_from", ToIso(choice.phases_from));
        if (choice.price_until) WritePrice(json, *choice.price_until);
        json.EndObject();
    }
    json.EndArray().Key("anchors").BeginArray();
    for (const Anchor& anchor : agreement.anchors) {
        json.BeginObject().Set("from", ToIso(anchor.from)).Set("origin", ToIso(anchor.origin));
        json.Set("day", anchor.day);
        if (anchor.with_change) json.Set("with_change", ToIso(*anchor.with_change));
        json.EndObject();
    }
    json.EndArray().Key("pauses").BeginArray();
    for (const Pause& pause : agreement.pauses) {
        json.BeginObject().Set("from", ToIso(pause.from));
        if (pause.to) json.Set("to", ToIso(*pause.to));
        json.EndObject();
    }
    return json.EndArray().EndObject().Text();
}

void ReadTerms(const JsonNode& terms, Agreement& agreement) {
    const JsonNode choices = terms["choices"];
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const JsonNode choice = choices[i];
        agreement.choices.push_back({choice["from"].Time(), std::string(choice["plan"].Text()),
                                     choice["catalog_day"].Day(), choice["quantity"].Number(),
                                     choice["phases_from"].Time()});
        if (choice.Has("price_until"))
            agreement.choices.back().price_until = PriceOf(choice["price_until"]);
    }
    const JsonNode anchors = terms["anchors"];
    for (std::size_t i = 0; i < anchors.size(); ++i) {
        const JsonNode anchor = anchors[i];
        Anchor read{anchor["from"].Time(), anchor["origin"].Time(),
                    static_cast<int>(anchor["day"].Int())};
        if (anchor.Has("with_change")) read.with_change = anchor["with_change"].Time();
        agreement.anchors.push_back(read);
    }
    const JsonNode pauses = terms["pauses"];
    for (std::size_t i = 0; i < pauses.size(); ++i) {
        Pause read{pauses[i]["from"].Time(), std::nullopt};
        if (pauses[i].Has("to")) read.to = pauses[i]["to"].Time();
        agreement.pauses.push_back(read);
    }
}

// From the columns that begin with `first`.
Agreement AgreementOf(const Row& row, std::size_t first = 0) {
    Agreement agreement{row.As<SubscriptionId>(first),
                        row.As<AccountId>(first + 1),
                        std::nullopt,
                        *Currency::Parse(row.Text(first + 3)),
                        std::string(row.Text(first + 4)),
                        CivilOf(row.Time(first + 5)),
                        {},
                        {},
                        {},
                        std::nullopt,
                        std::string(row.Text(first + 7))};
    if (!row.IsNull(first + 2)) agreement.base = row.As<SubscriptionId>(first + 2);
    if (!row.IsNull(first + 6)) agreement.ends_at = CivilOf(row.Time(first + 6));
    ReadTerms(JsonText(row.Text(first + 8)).root(), agreement);
    return agreement;
}

AgreementRepository::Listed ListedOf(const Row& row) {
    AgreementRepository::Listed listed{AgreementOf(row), std::nullopt};
    if (!row.IsNull(kAgreementColumns)) listed.base = AgreementOf(row, kAgreementColumns);
    return listed;
}

}  // namespace

std::optional<Agreement> AgreementRepository::Find(db::Transaction& tx, SubscriptionId id) {
    const db::Rows rows = tx.Query(kFind, {id});
    return rows.empty() ? std::nullopt : std::optional(AgreementOf(rows[0]));
}

std::vector<Agreement> AgreementRepository::OfAccount(db::Transaction& tx, AccountId account) {
    std::vector<Agreement> found;
    for (const Row row : tx.Query(kOfAccount, {account})) found.push_back(AgreementOf(row));
    return found;
}

std::vector<BundleMember> OwnedAgreements::Members() const {
    std::vector<BundleMember> members;
    members.reserve(rows_.size());
    for (const Row row : rows_) {
        members.push_back({row.As<SubscriptionId>(0), std::nullopt});
        if (!row.IsNull(2)) members.back().base = row.As<SubscriptionId>(2);
    }
    return members;
}

Agreement OwnedAgreements::At(std::size_t place) const { return AgreementOf(rows_[place]); }

std::vector<Agreement> OwnedAgreements::All() const {
    std::vector<Agreement> all;
    all.reserve(rows_.size());
    for (const Row row : rows_) all.push_back(AgreementOf(row));
    return all;
}

OwnedAgreements AgreementRepository::ReadOwned(db::Database& database, const TenantId& tenant,
                                               AccountId account) {
    return OwnedAgreements(database.Query(tenant, kOfAccount, {account}));
}

std::vector<Agreement> AgreementRepository::ListOwned(db::Database& database,
                                                      const TenantId& tenant, AccountId account) {
    return ReadOwned(database, tenant, account).All();
}

std::vector<AgreementRepository::Listed> AgreementRepository::ListOfTenant(
    db::Database& database, const TenantId& tenant, const TenantQuery& query) {
    std::vector<Listed> found;
    for (const Row row :
         database.Query(tenant, kListOfTenant,
                        {query.account, query.account, query.before, query.before, query.limit}))
        found.push_back(ListedOf(row));
    return found;
}

std::optional<AgreementRepository::Listed> AgreementRepository::FindOfTenant(db::Database& database,
                                                                             const TenantId& tenant,
                                                                             SubscriptionId id) {
    const db::Rows rows = database.Query(tenant, kFindOfTenant, {id});
    return rows.empty() ? std::nullopt : std::optional(ListedOf(rows[0]));
}

std::vector<Agreement> AgreementRepository::InRange(db::Transaction& tx, AccountId first,
                                                    AccountId last) {
    std::vector<Agreement> found;
    for (const Row row : tx.Query(kInRange, {first, last})) found.push_back(AgreementOf(row));
    return found;
}

std::map<SubscriptionId, std::vector<UsageOfMeter>> AgreementRepository::UsageInRange(
    db::Transaction& tx, AccountId first, AccountId last) {
    std::map<SubscriptionId, std::vector<UsageOfMeter>> usage;
    for (const Row row : tx.Query(kUsageInRange, {first, last})) {
        std::vector<UsageOfMeter>& meters = usage[row.As<SubscriptionId>(0)];
        if (meters.empty() || meters.back().meter != row.Text(1))
            meters.push_back({std::string(row.Text(1)), {}});
        meters.back().records.push_back(
            {CivilOf(row.Time(2)), DecimalOf(std::string(row.Text(3)))});
    }
    return usage;
}

void AgreementRepository::Save(db::Transaction& tx, const Agreement& agreement) {
    const std::string terms = TermsOf(agreement);
    std::optional<Instant> ends_at;
    if (agreement.ends_at) ends_at = Instant(*agreement.ends_at);
    tx.Execute(kSave, {agreement.id, agreement.account, agreement.base, agreement.currency.code(),
                       agreement.site, Instant(agreement.started_at), ends_at, agreement.end_reason,
                       terms});
}

std::vector<UsageOfMeter> AgreementRepository::UsageOf(db::Transaction& tx, SubscriptionId id) {
    std::vector<UsageOfMeter> usage;
    for (const Row row : tx.Query(kUsageOf, {id})) {
        if (usage.empty() || usage.back().meter != row.Text(0))
            usage.push_back({std::string(row.Text(0)), {}});
        usage.back().records.push_back({CivilOf(row.Time(1)), DecimalOf(std::string(row.Text(2)))});
    }
    return usage;
}

void AgreementRepository::AddUsage(db::Transaction& tx, SubscriptionId id, const std::string& meter,
                                   const billing::Usage& usage) {
    const std::string units = usage.units.ToString();
    tx.Execute(kAddUsage, {id, ids_.Next(), meter, Instant(usage.at), units});
}

}  // namespace livery::subscriptions
