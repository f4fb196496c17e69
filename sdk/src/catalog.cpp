#include <algorithm>

#include <livery/billing/catalog.h>
#include <livery/check.h>
#include <livery/money/rounding.h>

namespace livery::billing {

namespace {

// What the plan costs in the end, for a year, exactly comparable: price × periods of 365 days or
// 12 months in a year, scaled to avoid fractions.
std::optional<Decimal> LastPrice(const PlanVersion& version, Currency currency) {
    for (auto phase = version.phases.rbegin(); phase != version.phases.rend(); ++phase) {
        const auto found = phase->recurring.find(currency);
        if (found != phase->recurring.end()) return found->second;
    }
    return std::nullopt;
}

// True when a period of `a` at its price costs at least what the same time of `b` does.
bool CostsAtLeast(const PlanVersion& a, const Decimal& price_a, const PlanVersion& b,
                  const Decimal& price_b) {
    const auto days = [](const Length& length) {
        return std::int64_t{length.count} * (length.unit == Length::Unit::kMonth ? 30 : 1);
    };
    __extension__ using Wide = __int128;
    const auto scale = [](int decimals) {
        Wide power = 1;
        for (; decimals > 0; --decimals) power *= 10;
        return power;
    };
    return Wide(price_a.unscaled()) * scale(price_b.decimals()) * days(b.frequency) >=
           Wide(price_b.unscaled()) * scale(price_a.decimals()) * days(a.frequency);
}

bool Names(const std::string& pattern, const Plan& plan) {
    return pattern == "*" || pattern == plan.id || pattern == plan.product;
}

}  // namespace

Pricing PricingOf(const PlanVersion& version, Currency currency, std::size_t phase) {
    const auto later = [&](auto&& visit) {
        for (std::size_t i = phase; i < version.phases.size(); ++i) visit(version.phases[i]);
    };
    Pricing pricing;
    const auto take = [&](Pricing::By by, const Price& price) {
        const auto found = price.find(currency);
        if (pricing.by != Pricing::By::kNothing || found == price.end()) return;
        pricing = {by, by == Pricing::By::kUsage ? Decimal() : found->second};
    };
    later([&](const Phase& each) { take(Pricing::By::kPeriod, each.recurring); });
    later([&](const Phase& each) {
        for (const UsagePrice& usage : each.usage) take(Pricing::By::kUsage, usage.unit_price);
    });
    for (const Phase& each : version.phases) take(Pricing::By::kOnce, each.one_time);
    return pricing;
}

bool Plan::IsFor(const std::string& account_class) const {
    return account_classes.empty() || std::find(account_classes.begin(), account_classes.end(),
                                                account_class) != account_classes.end();
}

const PlanVersion& Plan::VersionOn(Date day) const {
    LIVERY_CHECK(!versions.empty(), "a plan without a version");
    const PlanVersion* current = &versions.front();
    for (const PlanVersion& version : versions) {
        if (version.effective_from <= day) current = &version;
    }
    return *current;
}

BillingAlignment Plan::AlignmentOn(Date day) const {
    return VersionOn(day).alignment.value_or(billing_alignment);
}

const std::vector<std::string>& Product::AddonToOn(Date day) const {
    const std::vector<std::string>* current = &addon_to;
    for (const Version& version : versions) {
        if (version.effective_from <= day) current = &version.addon_to;
    }
    return *current;
}

const Plan* Catalog::FindPlan(const std::string& id) const {
    const auto found = plans.find(id);
    return found == plans.end() ? nullptr : &found->second;
}

const Product& Catalog::ProductOf(const Plan& plan) const {
    const auto found = products.find(plan.product);
    LIVERY_CHECK(found != products.end(), "a plan of no product");
    return found->second;
}

ChangeRule Catalog::RuleFor(const Plan& from, const Plan& to, Currency currency, Date day) const {
    ChangeRule rule{.from = from.id, .to = to.id};
    const PlanVersion& before = from.VersionOn(day);
    const PlanVersion& after = to.VersionOn(day);
    const auto price_before = LastPrice(before, currency);
    const auto price_after = LastPrice(after, currency);
    const auto found = std::find_if(changes.begin(), changes.end(), [&](const ChangeRule& r) {
        return Names(r.from, from) && Names(r.to, to);
    });
    if (found != changes.end()) rule = *found;
    const auto has_price = [&](const Phase& phase) {
        const auto used = [&](const UsagePrice& usage) {
            return usage.unit_price.contains(currency);
        };
        return phase.recurring.contains(currency) || phase.one_time.contains(currency) ||
               std::any_of(phase.usage.begin(), phase.usage.end(), used);
    };
    const bool sold = std::any_of(after.phases.begin(), after.phases.end(), has_price);
    const bool kind_differs = ProductOf(from).IsAddon() != ProductOf(to).IsAddon();
    const bool unruled = found == changes.end();
    if (from.id == to.id || kind_differs || to.retired || !sold ||
        (unruled && from.product != to.product)) {
        rule.timing = ChangeRule::Timing::kIllegal;
    } else if (unruled && price_before && price_after &&
               !CostsAtLeast(after, *price_after, before, *price_before)) {
        rule.timing = ChangeRule::Timing::kEndOfTerm;
    }
    return rule;
}

}  // namespace livery::billing
