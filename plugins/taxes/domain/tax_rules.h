#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <livery/billing/catalog.h>
#include <livery/billing/tax.h>
#include <livery/result.h>

namespace livery::taxes {

// Tax law as data: what a tenant's taxes.yaml says. Immutable once loaded.

// Where a tax is due. Empty fields match everything; postcodes are compared as texts.
struct Jurisdiction {
    std::string country;
    std::string region;
    std::string postcode_from;
    std::string postcode_to;
    bool Holds(const billing::Place& place) const;
};

struct Tax {
    std::string code;
    std::string name;
    std::string category = "S";        // UNCL 5305
    Decimal rate;                      // percent of the base
    billing::Price per_unit;           // besides, or instead: an amount per unit of the line
    std::vector<Jurisdiction> places;  // empty = everywhere
    std::vector<std::string> product_classes;   // empty = all
    std::vector<std::string> customer_classes;  // empty = all
    std::optional<Date> from;
    std::optional<Date> until;  // exclusive
    bool compound = false;      // its base holds the taxes before it (TX-12)
    billing::Price cap;         // at most so much on a line
    // Not charged to a buyer in another country than the seller's who has a valid VAT id (TX-11).
    bool reverse_charge = false;
    std::string note;  // printed where it applies
};

struct TaxRules {
    std::string seller_country;
    bool prices_include_tax = false;
    std::vector<Tax> taxes;  // in the order in which they apply
};

// The taxes of a document. kUnavailable: a VAT id decides and could not be checked yet, so nothing
// is guessed. kInvalidArgument: a line names a tax that there is not.
// Rounding: per line, or per document with the cents given to the largest remainders (TX-09);
// half away from zero either way.
Result<billing::TaxAnswer> Calculate(const TaxRules& rules, const billing::Policies& policies,
                                     const billing::TaxQuestion& question);

}  // namespace livery::taxes
