#include "shop.h"

#include <fmt/format.h>

namespace livery::kills {

using billing::Catalog;
using billing::Phase;
using billing::PhaseKind;
using billing::Plan;
using billing::PlanVersion;

namespace {

// Three subscriptions of a bundle, two of a coupon, one of each other shape.
constexpr int kSubscriptionsOfARound = kShapes + 3;
constexpr std::uint64_t kFirstAccount = 1'000;

const Currency kEuro = *Currency::Parse("EUR");
const Currency kDollar = *Currency::Parse("USD");

Plan& Sell(Catalog& catalog, const std::string& id, const char* frequency, std::int64_t cents) {
    PlanVersion version;
    version.frequency = *Length::Parse(frequency);
    version.phases.push_back({PhaseKind::kEvergreen,
                              std::nullopt,
                              {{kEuro, Decimal(cents, 2)}, {kDollar, Decimal(cents + 50, 2)}},
                              {},
                              {}});
    const bool addon = id.starts_with("extra");
    Plan& plan = catalog.plans[id];
    plan = {id, addon ? "extra" : "net", "Plan " + id, {version}, {}, {}, {}};
    if (addon) plan.billing_alignment = billing::BillingAlignment::kBundle;
    return plan;
}

void SellPhased(Catalog& catalog) {
    PlanVersion& trial = Sell(catalog, "trial", "month", 1499).versions.front();
    trial.phases.front().one_time[kEuro] = Decimal(500, 2);
    trial.phases.insert(trial.phases.begin(),
                        {PhaseKind::kTrial, Length::Parse("45 days"), {}, {}, {}});
    PlanVersion& metered = Sell(catalog, "metered", "month", 500).versions.front();
    metered.phases.front().usage.push_back({"calls", "Calls", {{kEuro, Decimal(125, 4)}}});
}

Catalog MakeCatalog() {
    Catalog catalog;
    catalog.products["net"] = {"net", "Net", "standard", {}};
    catalog.products["extra"] = {"extra", "Extra", "standard", {"net"}};
    Sell(catalog, "basic", "month", 1995);
    Sell(catalog, "pro", "month", 4999);
    Sell(catalog, "week", "week", 333);
    Sell(catalog, "extra", "month", 301);
    Sell(catalog, "extra-year", "year", 2499);
    Sell(catalog, "aligned", "month", 2995).billing_alignment = billing::BillingAlignment::kAccount;
    Sell(catalog, "arrear", "month", 999).versions.front().mode = billing::BillingMode::kInArrear;
    SellPhased(catalog);
    catalog.coupons["QUARTER"] = {"QUARTER", "A quarter off", Decimal(25), {}, 3, {}, {}};
    catalog.coupons["FIVE"] = {"FIVE",       "Five off", Decimal(), {{kEuro, Decimal(500, 2)}},
                               std::nullopt, {},         {}};
    return catalog;
}

}  // namespace

Shop::Shop(int subscriptions)
    : accounts_(static_cast<std::size_t>((subscriptions + kSubscriptionsOfARound - 1) /
                                         kSubscriptionsOfARound * kShapes)),
      catalog_(std::make_shared<const Catalog>(MakeCatalog())) {
    taxes::Tax vat;
    vat.code = "VAT", vat.name = "VAT", vat.rate = Decimal(19), vat.reverse_charge = true;
    rules_ = {"DE", false, {vat}};
}

int Shop::subscriptions() const {
    return static_cast<int>(accounts_) / kShapes * kSubscriptionsOfARound;
}

AccountId Shop::At(std::size_t account) const {
    return AccountId(MakeUuidV7(kFirstAccount + account, {}));
}

BillingProfile Shop::ProfileOf(std::size_t account) const {
    BillingProfile profile;
    const Shape shape = ShapeOf(account);
    profile.account = At(account);
    profile.name = fmt::format("Account {}", account);
    profile.customer_class = "consumer";
    profile.place.country = "DE";
    if (shape == Shape::kPartPeriod) profile.billing_day = 17;
    if (shape == Shape::kChild) profile.paid_by = At(account - 1);
    if (shape == Shape::kChildInArrear) profile.paid_by = At(account - 2);
    if (shape == Shape::kTaxesLater) {
        profile.place.country = "FR";
        profile.vat_id = "FR12345678901";
        if (now_ >= *ParseCivilTime("2026-03-01")) profile.vat_id_valid = true;
    }
    return profile;
}

Result<BillingProfile> Shop::Of(db::Transaction& tx, AccountId account) {
    const auto found = OfRange(tx, account, account);
    if (found.empty()) return NotFound("error.not_found");
    return found.front();
}

std::vector<BillingProfile> Shop::OfRange(db::Transaction&, AccountId first, AccountId last) {
    std::vector<BillingProfile> found;
    for (std::size_t account = 0; account < accounts_; ++account) {
        if (first <= At(account) && At(account) <= last) found.push_back(ProfileOf(account));
    }
    return found;
}

Result<billing::TaxAnswer> Shop::Calculate(const TenantId&, const billing::TaxQuestion& question) {
    return taxes::Calculate(rules_, catalog_->policies, question);
}

std::optional<invoices::ReportRate> Shop::RateOf(db::Transaction&, Currency currency) {
    if (currency == kEuro) return invoices::ReportRate{kEuro, Decimal(1)};
    return invoices::ReportRate{kEuro, Decimal(92, 2)};
}

std::vector<AccountDirectory::Entry> Shop::List(const TenantId&, std::int64_t after,
                                                std::size_t limit) {
    std::vector<Entry> page;
    for (auto i = static_cast<std::size_t>(after); i < accounts_ && page.size() < limit; ++i)
        page.push_back({At(i), static_cast<std::int64_t>(i + 1)});
    return page;
}

}  // namespace livery::kills
