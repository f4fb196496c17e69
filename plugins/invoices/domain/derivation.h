#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/line.h"

namespace livery::invoices {

// How a line's amount came about, from the price to the total with tax: what the page "why this
// amount?" and the API tell. Everything is as stored; nothing is calculated anew but the product
// before its rounding.
struct Derivation {
    // unit price × quantity × share = product, rounded half up to `amount`.
    Decimal unit_price;
    Decimal quantity;
    std::optional<Date> price_since;  // effective_from of the plan's version
    std::optional<int> phase;         // its place in the plan, from 1
    Ratio share;
    Span covers{};
    Span period{};
    std::string product;  // cut to six decimals; "" when the amount is no product
    Money amount;
    Money discount;
    // The price includes its taxes: net = amount − discount − taxes. Else they come on top.
    bool tax_included = false;
    Money net;
    std::vector<billing::LineTax> taxes;
    Money total;
    std::optional<InvoiceLineId> corrects;
};
Derivation DerivationOf(const Line& line);

}  // namespace livery::invoices
