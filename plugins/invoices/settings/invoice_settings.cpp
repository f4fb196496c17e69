#include "settings/invoice_settings.h"

#include <livery/billing/tax.h>

namespace livery::invoices {

namespace {

std::optional<std::string> CheckCountry(const std::string& text) {
    if (billing::IsCountryCode(text)) return std::nullopt;
    return "`" + text + "` is no ISO 3166 country; write two capitals such as DE";
}

std::optional<std::string> CheckFilled(const std::string& text) {
    if (!text.empty()) return std::nullopt;
    return "write what stands on the invoice";
}

// As a member of what the schema is of.
std::string InvoiceSettings::SellerFile::*Of(std::string Seller::*member) { return member; }

}  // namespace

const config::ObjectSchema<InvoiceSettings::SellerFile>& InvoiceSettings::SellerFile::Schema() {
    static const config::ObjectSchema<SellerFile> schema =
        config::ObjectSchema<SellerFile>("The business as its invoices name it")
            .Required("name", Of(&Seller::name), "With its legal form", {.check = CheckFilled})
            .Required("line1", Of(&Seller::line1), "Street", {.check = CheckFilled})
            .Optional("line2", Of(&Seller::line2), "More of the address")
            .Required("postcode", Of(&Seller::postcode), "Postcode", {.check = CheckFilled})
            .Required("city", Of(&Seller::city), "City", {.check = CheckFilled})
            .Optional("region", Of(&Seller::region), "ISO 3166-2 without the country")
            .Required("country", Of(&Seller::country), "ISO 3166-1, two capitals",
                      {.check = CheckCountry})
            .Optional("vat_id", Of(&Seller::vat_id), "With its country's prefix")
            .Optional("tax_registration", Of(&Seller::tax_registration),
                      "Another tax number, where there is no VAT id")
            .Optional("legal_id", Of(&Seller::legal_id), "Of the register of companies")
            .Optional("email", Of(&Seller::email), "For questions about invoices")
            .Optional("iban", Of(&Seller::iban), "Where transfers go")
            .Optional("bic", Of(&Seller::bic), "Of that bank");
    return schema;
}

const config::ObjectSchema<InvoiceSettings>& InvoiceSettings::Schema() {
    static const config::ObjectSchema<InvoiceSettings> schema =
        config::ObjectSchema<InvoiceSettings>("Invoices and credit notes")
            .Required("seller", &InvoiceSettings::seller, "Who sends them")
            .Optional("e_invoice", &InvoiceSettings::e_invoice,
                      "EN 16931: no XML, XML beside the PDF, or also inside of it",
                      {.one_of = {"none", "en16931", "factur_x"}});
    return schema;
}

}  // namespace livery::invoices
