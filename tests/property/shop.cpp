#include "shop.h"

namespace livery::property {

using billing::BillingMode;
using billing::ChangeRule;
using billing::Phase;
using billing::PhaseKind;
using billing::Plan;
using billing::PlanVersion;
using billing::Policies;
using billing::Price;

namespace {

Price Euro(std::int64_t cents) { return {{*Currency::Parse("EUR"), Decimal(cents, 2)}}; }

void Sell(billing::Catalog& catalog, const std::string& id, const std::string& product,
          PlanVersion version) {
    Plan plan{id, product, "Plan " + id, {std::move(version)}, {}, {}, {}};
    if (product == "extra" && id != "own")
        plan.billing_alignment = billing::BillingAlignment::kBundle;
    catalog.plans[id] = std::move(plan);
}

PlanVersion Every(const char* frequency, std::int64_t cents) {
    PlanVersion version;
    version.frequency = *Length::Parse(frequency);
    version.phases.push_back({PhaseKind::kEvergreen, std::nullopt, Euro(cents), {}, {}});
    return version;
}

}  // namespace

const std::vector<std::string>& BasePlans() {
    static const std::vector<std::string> plans{"basic",  "pro",  "quarter", "year", "arrear",
                                                "trying", "term", "week",    "film"};
    return plans;
}

const std::vector<std::string>& AddonPlans() {
    static const std::vector<std::string> plans{"addon", "more", "long", "own"};
    return plans;
}

billing::Catalog ShopWith(int policies) {
    billing::Catalog catalog;
    catalog.products["net"] = {"net", "Net", "standard", {}};
    catalog.products["tv"] = {"tv", "TV", "standard", {}};
    catalog.products["extra"] = {"extra", "Extra", "standard", {"net"}};
    Sell(catalog, "basic", "net", Every("month", 1995));
    Sell(catalog, "pro", "net", Every("month", 4999));
    Sell(catalog, "quarter", "net", Every("quarter", 9997));
    Sell(catalog, "year", "net", Every("year", 24995));
    Sell(catalog, "week", "net", Every("week", 333));
    Sell(catalog, "film", "tv", Every("month", 1250));
    PlanVersion arrear = Every("month", 999);
    arrear.mode = BillingMode::kInArrear;
    Sell(catalog, "arrear", "net", arrear);
    PlanVersion trying = Every("month", 1499);
    trying.phases.front().one_time = Euro(500);
    trying.phases.insert(trying.phases.begin(),
                         {PhaseKind::kTrial, Length::Parse("14 days"), {}, {}, {}});
    Sell(catalog, "trying", "net", trying);
    PlanVersion term = Every("month", 2999);
    term.phases.front().kind = PhaseKind::kFixedTerm;
    term.phases.front().length = Length::Parse("6 months");
    Sell(catalog, "term", "net", term);
    Sell(catalog, "addon", "extra", Every("month", 301));
    Sell(catalog, "more", "extra", Every("month", 703));
    Sell(catalog, "long", "extra", Every("quarter", 1999));
    Sell(catalog, "own", "extra", Every("month", 499));
    catalog.changes.push_back({"*", "year", ChangeRule::Timing::kImmediate,
                               ChangeRule::Phases::kRestart, ChangeRule::Anchor::kRestart});
    for (const auto& [from, to] : {std::pair("net", "film"), std::pair("film", "net")}) {
        ChangeRule& rule = catalog.changes.emplace_back();
        rule.from = from;
        rule.to = to;
        if (rule.to == "net") rule.timing = ChangeRule::Timing::kEndOfTerm;
    }
    Policies& chosen = catalog.policies;
    chosen.proration = static_cast<Policies::Proration>(policies % 3);
    chosen.last_day = static_cast<Policies::LastDay>(policies / 3 % 2);
    chosen.day_of_change = static_cast<Policies::DayOfChange>(policies / 6 % 2);
    chosen.pause_credit = static_cast<Policies::PauseCredit>(policies / 12 % 2);
    chosen.tax_rounding = static_cast<Policies::TaxRounding>(policies / 24 % 2);
    chosen.credit_one_time_on_cancel = policies / 48 % 2 == 1;
    return catalog;
}

taxes::TaxRules ShopTaxes() {
    taxes::Tax vat;
    vat.code = "VAT", vat.name = "VAT", vat.rate = Decimal(19);
    return {"DE", false, {vat}};
}

}  // namespace livery::property
