#include "web/offer.h"

#include "domain/order.h"
#include "web/order_model.h"

namespace livery::orders {

namespace {

// What is paid once beside the first price that recurs; "" = nothing.
std::string OnceText(const billing::Plan& plan, const Shopper& shopper, const Formatter& t) {
    for (const billing::Phase& phase : plan.VersionOn(shopper.today).phases) {
        if (phase.recurring.empty()) continue;
        const auto once = phase.one_time.find(shopper.currency);
        if (once == phase.one_time.end()) return "";
        return t.Text("offer.once", {{"amount", t.UnitPrice(once->second, shopper.currency)}});
    }
    return "";
}

// What holds besides the regular price: a trial, an introductory price, what is paid once.
std::string ConditionsOf(const billing::Plan& plan, const Shopper& shopper, const Formatter& t) {
    std::string text;
    for (const billing::Phase& phase : plan.VersionOn(shopper.today).phases) {
        if (!phase.length) break;
        const std::string length = FrequencyText(phase.length->ToString(), t);
        const auto price = phase.recurring.find(shopper.currency);
        const std::string amount =
            price == phase.recurring.end() ? "" : t.UnitPrice(price->second, shopper.currency);
        const char* key = phase.kind == billing::PhaseKind::kTrial       ? "offer.trial"
                          : phase.kind == billing::PhaseKind::kFixedTerm ? "offer.fixed_term"
                                                                         : "offer.discount";
        text += (text.empty() ? "" : ". ") + t.Text(key, {{"length", length}, {"amount", amount}});
    }
    if (const std::string once = OnceText(plan, shopper, t); !once.empty())
        text += (text.empty() ? "" : ". ") + once;
    return text;
}

}  // namespace

bool CanBuy(const billing::Catalog& catalog, const billing::Plan& plan, const Shopper& shopper) {
    return plan.IsOfferedTo(shopper.account_class) &&
           PriceLine(catalog, {plan.id, Decimal(1), ""}, shopper.currency, shopper.today)
               .has_value();
}

std::string PriceText(const billing::Pricing& pricing, Currency currency, const Length& every,
                      const Formatter& t) {
    using By = billing::Pricing::By;
    if (pricing.by == By::kUsage) return t.Text("offer.usage");
    if (pricing.unit_price.IsZero()) return t.Text("offer.free");
    const std::string price = t.UnitPrice(pricing.unit_price, currency);
    const std::string once = pricing.by == By::kOnce ? "once" : every.ToString();
    const std::string frequency = FrequencyText(once, t);
    return t.Text("offer.price", {{"price", price}, {"frequency", frequency}});
}

std::string PriceText(const billing::Plan& plan, const Shopper& shopper, const Formatter& t) {
    const billing::PlanVersion& version = plan.VersionOn(shopper.today);
    return PriceText(billing::PricingOf(version, shopper.currency), shopper.currency,
                     version.frequency, t);
}

std::vector<Shelf> ShelvesOf(const billing::Catalog& catalog, const Shopper& shopper,
                             const Formatter& t) {
    std::vector<Shelf> shelves;
    for (const auto& [id, product] : catalog.products) {
        if (product.IsAddon()) continue;
        Shelf shelf{product.name, {}};
        for (const auto& [plan_id, plan] : catalog.plans) {
            if (plan.product != id || !CanBuy(catalog, plan, shopper)) continue;
            shelf.offers.push_back(
                {plan_id, plan.name, PriceText(plan, shopper, t), ConditionsOf(plan, shopper, t)});
        }
        if (!shelf.offers.empty()) shelves.push_back(std::move(shelf));
    }
    return shelves;
}

}  // namespace livery::orders
