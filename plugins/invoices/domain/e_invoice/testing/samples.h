#pragma once

#include <string>
#include <vector>

#include "domain/e_invoice/semantic_model.h"

// Invoices for tests: valid ones, and the parts to make others of.
namespace livery::invoices::e_invoice {

Money Euro(std::int64_t cents);
Decimal Number(const char* text);

VatRate Rate(VatCategory category);  // with the rate that goes with it: S has 19 %
Line LineOf(int number, std::int64_t cents, const VatRate& vat);
AllowanceCharge AdjustmentOf(Adjustment kind, std::int64_t cents, const VatRate& vat);

// Head and parties, with nothing sold. Its parties have the identifiers that `categories` need.
EInvoice Draft(const std::vector<VatCategory>& categories);
// Fills in the VAT breakdown and the totals from lines and allowances, by exact arithmetic.
EInvoice Settled(EInvoice invoice);
// One line of each category.
EInvoice Sample(const std::vector<VatCategory>& categories);
// Everything that the model has, filled in.
EInvoice FullSample();

}  // namespace livery::invoices::e_invoice
