#include "app/sellers_of_settings.h"

#include "settings/invoice_settings.h"

namespace livery::invoices {

namespace {

std::vector<std::string> Filled(const std::vector<std::string>& lines) {
    std::vector<std::string> filled;
    for (const std::string& line : lines) {
        if (!line.empty()) filled.push_back(line);
    }
    return filled;
}

}  // namespace

Sellers::Seller SellersOfSettings::Of(const Tenant& tenant) {
    const invoices::Seller& from = tenant.SettingsOf<InvoiceSettings>("invoices").seller;
    const std::string region = from.region.empty() ? "" : " " + from.region;
    const std::string city = from.postcode + " " + from.city + region;
    return {Filled({from.name, from.line1, from.line2, city, from.country}),
            Filled({from.legal_id, from.tax_registration}), from.vat_id,
            from.email.empty() ? tenant.support_email : from.email};
}

}  // namespace livery::invoices
