#pragma once

#include <string>

#include <livery/config/object_schema.h>

#include "domain/party.h"

namespace livery::invoices {

// `plugins: {invoices: …}` of tenant.yaml.
struct InvoiceSettings {
    struct SellerFile : Seller {
        static const config::ObjectSchema<SellerFile>& Schema();
    };
    SellerFile seller;
    // "none", "en16931" (XML beside the PDF), "factur_x" (and the CII inside of it).
    std::string e_invoice = "none";
    bool WritesEInvoices() const { return e_invoice != "none"; }
    bool EmbedsEInvoice() const { return e_invoice == "factur_x"; }
    static const config::ObjectSchema<InvoiceSettings>& Schema();
};

}  // namespace livery::invoices
