#pragma once

#include <map>
#include <string>
#include <vector>

#include <livery/config/object_schema.h>

#include "domain/tax_rules.h"

namespace livery::taxes {

// `tenants/<tenant>/taxes.yaml`, as written.

struct JurisdictionFile {
    std::string country;
    std::string region;
    std::string postcode_from;
    std::string postcode_to;
    static const config::ObjectSchema<JurisdictionFile>& Schema();
};

struct TaxFile {
    std::string code;
    std::string name;
    std::string category = "S";
    std::string rate = "0";
    std::map<std::string, std::string> per_unit;
    std::map<std::string, std::string> cap;
    std::vector<JurisdictionFile> places;
    std::vector<std::string> product_classes;
    std::vector<std::string> customer_classes;
    std::string from;
    std::string until;
    bool compound = false;
    bool reverse_charge = false;
    std::string note;
    static const config::ObjectSchema<TaxFile>& Schema();
};

struct TaxesFile {
    std::string seller_country;
    bool prices_include_tax = false;
    std::vector<TaxFile> taxes;
    static const config::ObjectSchema<TaxesFile>& Schema();
};

// Reads and checks the rules; every problem is reported where it stands, and the value is usable
// only when there was none.
TaxRules ReadTaxRules(const config::Node& node, const config::Reader& reader);

}  // namespace livery::taxes
