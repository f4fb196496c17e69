#include "domain/terms.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace livery::catalog {

using billing::BillingAlignment;
using billing::BillingMode;
using billing::Phase;
using billing::Plan;
using billing::PlanVersion;
using billing::Price;

namespace {

std::string_view NameOf(BillingAlignment alignment) {
    switch (alignment) {
        case BillingAlignment::kSubscription:
            return "subscription";
        case BillingAlignment::kBundle:
            return "bundle";
        case BillingAlignment::kAccount:
            return "account";
        case BillingAlignment::kCalendar:
            return "calendar";
    }
    return "";
}

void AddPrice(Terms& terms, const std::string& key, const Price& price) {
    for (const auto& [currency, amount] : price)
        terms[fmt::format("{}.{}", key, currency.code())] = amount.ToString();
}

// The key of a price ends with its currency.
bool IsPrice(std::string_view key) {
    const auto dot = key.rfind('.');
    return dot != std::string_view::npos && Currency::Parse(key.substr(dot + 1)).has_value();
}
std::string_view CurrencyIn(std::string_view key) { return key.substr(key.rfind('.') + 1); }

bool Quotes(const Terms& terms, std::string_view currency) {
    return std::any_of(terms.begin(), terms.end(), [&](const auto& term) {
        return IsPrice(term.first) && CurrencyIn(term.first) == currency;
    });
}

}  // namespace

Terms TermsOf(const Plan& plan, const PlanVersion& version) {
    Terms terms{{"product", plan.product},
                {"align", std::string(NameOf(version.alignment.value_or(plan.billing_alignment)))},
                {"frequency", version.frequency.ToString()},
                {"billing", version.mode == BillingMode::kInArrear ? "in_arrear" : "in_advance"},
                {"migrate_existing", version.migrate_existing ? "true" : "false"},
                {"phases", std::to_string(version.phases.size())}};
    for (std::size_t i = 0; i < version.phases.size(); ++i) {
        const Phase& phase = version.phases[i];
        // The one phase of a plan is written as the plan itself.
        const std::string at = version.phases.size() == 1 ? "" : fmt::format("phases[{}].", i);
        if (phase.length) terms[at + "length"] = phase.length->ToString();
        AddPrice(terms, at + "recurring", phase.recurring);
        AddPrice(terms, at + "one_time", phase.one_time);
        for (const billing::UsagePrice& usage : phase.usage)
            AddPrice(terms, fmt::format("{}usage.{}", at, usage.meter), usage.unit_price);
    }
    return terms;
}

Terms InCurrency(Terms terms, Currency currency) {
    std::erase_if(terms, [&](const auto& term) {
        return IsPrice(term.first) && CurrencyIn(term.first) != currency.code();
    });
    return terms;
}

Terms TermsOf(const std::vector<std::string>& addon_to) {
    std::vector<std::string> sorted = addon_to;
    std::sort(sorted.begin(), sorted.end());
    return {{"addon_to", fmt::format("{}", fmt::join(sorted, ", "))}};
}

std::string ToText(const Terms& terms) {
    std::string text;
    for (const auto& [key, value] : terms) text += fmt::format("{}: {}\n", key, value);
    return text;
}

Terms TermsFrom(std::string_view text) {
    Terms terms;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        // A meter may hold a colon; no value does.
        if (const auto colon = line.rfind(": "); colon != std::string_view::npos)
            terms.emplace(line.substr(0, colon), line.substr(colon + 2));
    }
    return terms;
}

std::vector<TermChange> ChangesOf(const Terms& sold, const Terms& now) {
    std::vector<TermChange> changes;
    for (const auto& [key, was] : sold) {
        const auto found = now.find(key);
        const std::string is = found == now.end() ? "" : found->second;
        if (is != was) changes.push_back({key, was, is});
    }
    for (const auto& [key, is] : now) {
        if (sold.contains(key)) continue;
        if (IsPrice(key) && !Quotes(sold, CurrencyIn(key))) continue;
        changes.push_back({key, "", is});
    }
    return changes;
}

}  // namespace livery::catalog
