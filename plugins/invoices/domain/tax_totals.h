#pragma once

#include <string>
#include <vector>

#include "domain/document.h"

namespace livery::invoices {

// What a document says of one tax at one rate below its lines.
struct TaxTotal {
    std::string name;
    Decimal rate;
    Money base;
    Money amount;
    std::string note;  // of the first such line: "Reverse charge"
};
// By name and rate.
std::vector<TaxTotal> TaxTotalsOf(const Document& document);

}  // namespace livery::invoices
