#include "settings/tax_file.h"

#include <set>

#include <fmt/format.h>

#include <livery/money/rounding.h>

namespace livery::taxes {

using config::Node;
using config::ObjectSchema;
using config::Reader;

namespace {

std::optional<std::string> CheckDate(const std::string& text) {
    if (text.empty() || ParseDate(text)) return std::nullopt;
    return "`" + text + "` is no date; write 2026-03-31";
}

std::optional<std::string> CheckRate(const std::string& text) {
    const auto rate = Decimal::Parse(text);
    if (rate && !rate->IsNegative() && *rate <= Decimal(1000) && rate->decimals() <= 6)
        return std::nullopt;
    return "`" + text + "` is no rate; write a percentage such as 19 or 9.975";
}

std::optional<std::string> CheckCountry(const std::string& text) {
    if (text.empty() || billing::IsCountryCode(text)) return std::nullopt;
    return "`" + text + "` is no ISO 3166 country; write two capitals such as DE";
}

billing::Price PriceOf(const std::map<std::string, std::string>& amounts, const Node& at,
                       const Reader& reader) {
    billing::Price price;
    for (const auto& [code, text] : amounts) {
        const auto currency = Currency::Parse(code);
        const auto amount = Decimal::Parse(text);
        if (!currency || !amount || amount->IsNegative()) {
            reader.Report(at.at,
                          fmt::format("`{}: {}` is no amount; write EUR: \"0.50\"", code, text));
        } else {
            price[*currency] = *amount;
        }
    }
    return price;
}

void ReportKey(const std::string& key, const std::string& message, const Node& tax,
               const Reader& reader) {
    const Node* found = tax.Find(key);
    reader.Below(key).Report(found == nullptr ? tax.at : found->at, message);
}

// Only what is charged at the standard category has a rate (EN 16931, BR-Z-05 and its like): all
// the others say why nothing is.
void CheckCategory(const Tax& rule, const Node& at, const Reader& reader) {
    if (rule.category == "S") return;
    const auto refuse = [&](const char* key) {
        ReportKey(key,
                  fmt::format("the category `{}` means that nothing is charged; leave out `{}`, or "
                              "write `category: S`",
                              rule.category, key),
                  at, reader);
    };
    if (rule.rate > Decimal(0)) refuse("rate");
    if (!rule.per_unit.empty()) refuse("per_unit");
}

}  // namespace

const ObjectSchema<JurisdictionFile>& JurisdictionFile::Schema() {
    static const ObjectSchema<JurisdictionFile> schema =
        ObjectSchema<JurisdictionFile>("Where a tax is due; what is left out matches everything")
            .Optional("country", &JurisdictionFile::country, "ISO 3166-1, two capitals",
                      {.check = CheckCountry})
            .Optional("region", &JurisdictionFile::region, "ISO 3166-2 without the country")
            .Optional("postcode_from", &JurisdictionFile::postcode_from, "The first postcode")
            .Optional("postcode_to", &JurisdictionFile::postcode_to, "The last postcode");
    return schema;
}

const ObjectSchema<TaxFile>& TaxFile::Schema() {
    static const ObjectSchema<TaxFile> schema =
        ObjectSchema<TaxFile>("One tax")
            .Required("code", &TaxFile::code, "Its id")
            .Optional("name", &TaxFile::name, "As it is printed; the code when empty")
            .Optional("category", &TaxFile::category, "UNCL 5305, for e-invoices",
                      {.one_of = {"S", "Z", "E", "AE", "K", "G", "O"}})
            .Optional("rate", &TaxFile::rate, "Percent", {.check = CheckRate})
            .Optional("per_unit", &TaxFile::per_unit, "An amount per unit, by currency")
            .Optional("cap", &TaxFile::cap, "At most so much on a line, by currency")
            .Optional("places", &TaxFile::places, "Where it is due; everywhere when empty")
            .Optional("product_classes", &TaxFile::product_classes, "All when empty")
            .Optional("customer_classes", &TaxFile::customer_classes, "All when empty")
            .Optional("from", &TaxFile::from, "The first day", {.check = CheckDate})
            .Optional("until", &TaxFile::until, "The day on which it is no longer due",
                      {.check = CheckDate})
            .Optional("compound", &TaxFile::compound, "Taken on the taxes before it, too")
            .Optional("reverse_charge", &TaxFile::reverse_charge,
                      "Not charged to a business abroad with a valid VAT id")
            .Optional("note", &TaxFile::note, "Printed where it applies");
    return schema;
}

const ObjectSchema<TaxesFile>& TaxesFile::Schema() {
    static const ObjectSchema<TaxesFile> schema =
        ObjectSchema<TaxesFile>("Which taxes a tenant charges")
            .Optional("seller_country", &TaxesFile::seller_country, "Where the tenant is at home",
                      {.check = CheckCountry})
            .Optional("prices_include_tax", &TaxesFile::prices_include_tax,
                      "Whether the catalog's prices are gross")
            .Optional("taxes", &TaxesFile::taxes, "In the order in which they apply");
    return schema;
}

TaxRules ReadTaxRules(const Node& node, const Reader& reader) {
    const TaxesFile file = TaxesFile::Schema().Read(node, reader);
    TaxRules rules{file.seller_country, file.prices_include_tax, {}};
    const Node* list = node.Find("taxes");
    std::set<std::string> codes;
    for (std::size_t i = 0; i < file.taxes.size(); ++i) {
        const TaxFile& tax = file.taxes[i];
        const Node& at = list != nullptr && i < list->items.size() ? list->items[i] : node;
        const Reader below = reader.Below("taxes").Item(i);
        if (!codes.insert(tax.code).second)
            below.Report(at.at, fmt::format("the tax `{}` is there twice", tax.code));
        if (tax.reverse_charge && file.seller_country.empty())
            below.Report(at.at, "a reverse charge needs to know `seller_country`");
        Tax rule{tax.code, tax.name.empty() ? tax.code : tax.name, tax.category};
        rule.rate = Decimal::Parse(tax.rate).value_or(Decimal());
        rule.per_unit = PriceOf(tax.per_unit, at, below.Below("per_unit"));
        rule.cap = PriceOf(tax.cap, at, below.Below("cap"));
        for (const JurisdictionFile& place : tax.places)
            rule.places.push_back(
                {place.country, place.region, place.postcode_from, place.postcode_to});
        rule.product_classes = tax.product_classes;
        rule.customer_classes = tax.customer_classes;
        if (!tax.from.empty()) rule.from = ParseDate(tax.from);
        if (!tax.until.empty()) rule.until = ParseDate(tax.until);
        rule.compound = tax.compound;
        rule.reverse_charge = tax.reverse_charge;
        rule.note = tax.note;
        CheckCategory(rule, at, below);
        rules.taxes.push_back(std::move(rule));
    }
    return rules;
}

}  // namespace livery::taxes
