#pragma once

#include <map>
#include <string>
#include <string_view>

#include <livery/billing/catalog.h>

namespace livery::catalog {

// What of a catalog is read again for time that has passed, as keys and values in the words of
// catalog.yaml: `recurring.EUR` → `9.9`, `phases[1].length` → `month`. Names, classes and what only
// holds for who comes next (`listed`, `phases_from`) are not among them.
using Terms = std::map<std::string, std::string>;

// Of a version of a plan, with what the plan says for all its versions.
Terms TermsOf(const billing::Plan& plan, const billing::PlanVersion& version);
// Of them, what holds for who pays in `currency`: no other's prices.
Terms InCurrency(Terms terms, Currency currency);
// Of an add-on: what it may be added to.
Terms TermsOf(const std::vector<std::string>& addon_to);

// A line for each; equal terms are equal texts.
std::string ToText(const Terms& terms);
Terms TermsFrom(std::string_view text);

// One key on which they differ, with "" for a side that has none.
struct TermChange {
    std::string key;
    std::string was;
    std::string is;
    bool operator==(const TermChange&) const = default;
};
// What `now` says otherwise than `sold`. Prices in a currency in which nothing was sold are new,
// not changed.
std::vector<TermChange> ChangesOf(const Terms& sold, const Terms& now);

}  // namespace livery::catalog
