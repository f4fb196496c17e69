#pragma once

#include <string>

namespace livery::invoices {

// Who a document is made out to, as it stood on the day that it became final: an address that
// changes later changes no invoice.
struct Buyer {
    std::string name;
    std::string line1;
    std::string line2;
    std::string postcode;
    std::string city;
    std::string region;   // ISO 3166-2 without the country
    std::string country;  // ISO 3166-1 alpha-2
    std::string vat_id;
    bool operator==(const Buyer&) const = default;
};

// The business that sends it: `plugins: {invoices: {seller: …}}` of tenant.yaml.
struct Seller {
    std::string name;
    std::string line1;
    std::string line2;
    std::string postcode;
    std::string city;
    std::string region;
    std::string country;
    std::string vat_id;            // with its country prefix
    std::string tax_registration;  // where there is no VAT id
    std::string legal_id;          // of the register of companies
    std::string email;
    std::string iban;
    std::string bic;
};

}  // namespace livery::invoices
