#include "bench_tenant.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "app/agreement_desk.h"

namespace livery::bench {

namespace {

const Currency kEuro = *Currency::Parse("EUR");

billing::Catalog MakeCatalog() {
    billing::Catalog catalog;
    catalog.products["seat"] = {"seat", "Seat", "standard", {}};
    catalog.products["extra"] = {"extra", "Extra", "standard", {"seat"}};
    for (const auto& [id, product, price] :
         {std::tuple{"base", "seat", 4900}, {"first", "extra", 1250}, {"second", "extra", 799}}) {
        billing::Phase phase;
        phase.recurring[kEuro] = Decimal(price, 2);
        billing::PlanVersion version;
        version.phases.push_back(phase);
        catalog.plans[id] = {id, product, id, {version}};
    }
    return catalog;
}

}  // namespace

BenchTenant::BenchTenant(std::size_t accounts)
    : catalog_(std::make_shared<const billing::Catalog>(MakeCatalog())) {
    for (std::size_t i = 0; i < accounts; ++i) accounts_.push_back(AccountId(ids.Next()));
    taxes::Tax vat{"VAT", "VAT"};
    vat.rate = Decimal(20);
    rules_.taxes.push_back(vat);
}

std::vector<BillingProfile> BenchTenant::OfRange(db::Transaction&, AccountId first,
                                                 AccountId last) {
    std::vector<BillingProfile> found;
    auto account = std::lower_bound(accounts_.begin(), accounts_.end(), first);
    for (; account != accounts_.end() && *account <= last; ++account)
        found.push_back(ProfileOf(*account));
    return found;
}

std::vector<AccountDirectory::Entry> BenchTenant::List(const TenantId&, std::int64_t after,
                                                       std::size_t limit) {
    std::vector<Entry> page;
    for (auto i = static_cast<std::size_t>(after); i < accounts_.size() && page.size() < limit; ++i)
        page.push_back({accounts_[i], static_cast<std::int64_t>(i + 1)});
    return page;
}

namespace {

constexpr db::Statement kReadSold{
    "bench.read_sold",
    "SELECT currency, site, started_at, end_reason, terms FROM subscriptions_agreement WHERE "
    "tenant_id = :tenant AND account_id = ? ORDER BY id"};
constexpr db::Statement kWriteSold{
    "bench.write_sold",
    "INSERT INTO subscriptions_agreement (tenant_id, id, account_id, base_id, currency, site, "
    "started_at, end_reason, terms) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?)"};

void SellOne(db::Transaction& tx, AccountId account, subscriptions::AgreementDesk& desk,
             CivilTime start) {
    std::optional<SubscriptionId> base;
    for (const char* plan : {"base", "first", "second"}) {
        const auto made =
            desk.Subscribe(tx, account, {plan, Decimal(1), kEuro, "", base, std::nullopt}, start);
        if (!base) base = *made;
    }
}

}  // namespace

void Sell(db::Database& database, BenchTenant& tenant, subscriptions::AgreementDesk& desk,
          CivilTime start) {
    constexpr std::size_t kTogether = 2000;
    const auto& accounts = tenant.accounts();
    database.Transact(kTenant,
                      [&](db::Transaction& tx) { SellOne(tx, accounts.front(), desk, start); });
    const db::Rows sold = database.Query(kTenant, kReadSold, {accounts.front()});
    for (std::size_t first = 1; first < accounts.size(); first += kTogether) {
        db::Batch batch;
        const std::size_t end = std::min(first + kTogether, accounts.size());
        for (std::size_t i = first; i < end; ++i) {
            std::optional<Uuid> base;
            for (const db::Row row : sold) {
                const Uuid id = tenant.ids.Next();
                batch.Add({id, accounts[i], base, row.Text(0), row.Text(1), row.Time(2),
                           row.Text(3), row.Text(4)});
                if (!base) base = id;
            }
        }
        database.Transact(kTenant, [&](db::Transaction& tx) {
            tx.ExecuteMany(kWriteSold, batch);
            for (std::size_t i = first; i < end; ++i) tx.Touch(SubjectOf(accounts[i]));
        });
    }
}

}  // namespace livery::bench
