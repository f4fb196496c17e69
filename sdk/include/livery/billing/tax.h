#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <livery/billing/policies.h>
#include <livery/money/decimal.h>
#include <livery/money/money.h>
#include <livery/money/rounding.h>
#include <livery/time/instant.h>

namespace livery::billing {

// What a tax calculation is asked and answers. A document is taxed as a whole, because rounding may
// be per document.

struct Place {
    std::string country;  // ISO 3166-1 alpha-2
    std::string region;   // ISO 3166-2 without the country, "" = none
    std::string postcode;
    bool operator==(const Place&) const = default;
};

// ISO 3166-1 alpha-2 as it is written: two capitals. Says nothing about which exist.
constexpr bool IsCountryCode(std::string_view text) {
    const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    return text.size() == 2 && capital(text[0]) && capital(text[1]);
}

struct TaxableLine {
    Money amount;           // after discounts; gross when the prices include tax
    Place place;            // of supply: the site, or the account's address
    std::string tax_class;  // of the product
    // Not empty: these taxes by their codes, instead of what the rules say.
    std::optional<std::vector<std::string>> taxes;
    Decimal quantity{1};  // for taxes per unit
    // The part of a period that a recurring price is for: a tax per unit is that part of it, so
    // that what is given back of a line and charged again costs the same.
    Ratio share{1, 1};
};

// One tax on one line.
struct LineTax {
    std::string code;
    std::string name;
    std::string category;  // UNCL 5305: S, Z, E, AE, K, G, O
    Decimal rate;          // percent; 0 for a tax per unit
    Money base;
    Money amount;
    std::string note;  // what must be printed: "Reverse charge", a certificate's number
    bool operator==(const LineTax&) const = default;
};

struct TaxQuestion {
    Currency currency;
    Date on;                     // the tax point
    std::string customer_class;  // "consumer", "business", or the tenant's own
    std::string vat_id;
    // Whether the id was found valid; none = nobody could be asked yet.
    std::optional<bool> vat_id_valid;
    // Certificates of exemption: the tax's code and until when (exclusive).
    struct Exemption {
        std::string tax;
        std::string certificate;
        Date until;
    };
    std::vector<Exemption> exemptions;
    std::vector<TaxableLine> lines;
    // The taxes of what the document gives back (negative): they stand, being parts of what was
    // charged, and a tax that is rounded once for the document is rounded with them.
    std::vector<LineTax> given_back = {};
};

struct TaxedLine {
    Money net;
    std::vector<LineTax> taxes;
};

// The answer: a line for each line asked, in order. Amounts add up as they are printed.
struct TaxAnswer {
    std::vector<TaxedLine> lines;
};

}  // namespace livery::billing
