#pragma once

#include <string>
#include <vector>

#include <livery/billing/catalog.h>
#include <livery/view/formatter.h>

namespace livery::orders {

// A plan as a shop shows it, in one currency on one day.
struct Offer {
    std::string plan;  // its id
    std::string plan_name;
    std::string price;       // "189.00 € a month"
    std::string conditions;  // "14 days free, then …"; "" = none
};

// The plans of base products that an account of this class can buy in the currency, by product in
// the order of the catalog.
struct Shelf {
    std::string product;
    std::vector<Offer> offers;
};
struct Shopper {
    Currency currency;
    std::string account_class;
    Date today{};
};
std::vector<Shelf> ShelvesOf(const billing::Catalog& catalog, const Shopper& shopper,
                             const Formatter& format);
bool CanBuy(const billing::Catalog& catalog, const billing::Plan& plan, const Shopper& shopper);
std::string PriceText(const billing::Plan& plan, const Shopper& shopper, const Formatter& format);
// "189.00 € a month", "5.00 € once", "By usage".
std::string PriceText(const billing::Pricing& pricing, Currency currency, const Length& every,
                      const Formatter& format);

}  // namespace livery::orders
