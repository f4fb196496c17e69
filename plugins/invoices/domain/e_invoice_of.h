#pragma once

#include <string>

#include <livery/result.h>

#include "domain/document.h"
#include "domain/e_invoice/semantic_model.h"
#include "domain/party.h"

namespace livery::invoices {

// A final document as an EN 16931 invoice, from its stored lines alone. Every line's net amount is
// the stored one; where unit price × quantity is not it (a part of a period, a price that includes
// tax, a correction), the line is one of that amount. What was paid since is not in it: the same
// document gives the same e-invoice for ever.
//
// kConflict: the model has no place for it. `error.e_invoice_taxes`: several taxes on one line;
// `error.e_invoice_tax_kind`: one that is no VAT; `error.e_invoice_child`: a parent's invoice of
// its children.
struct EInvoiceInput {
    const Document& document;
    const Seller& seller;
    std::string corrects_number;      // of what a note is about; "" = none
    std::optional<Date> corrects_on;  // its date
};
Result<e_invoice::EInvoice> EInvoiceOf(const EInvoiceInput& input);

}  // namespace livery::invoices
