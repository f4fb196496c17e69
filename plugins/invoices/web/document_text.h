#pragma once

#include <string>

#include <livery/error.h>
#include <livery/view/formatter.h>

#include "domain/tax_totals.h"
#include "storage/document_list_repository.h"
#include "storage/document_repository.h"

namespace livery::invoices {

// Words that several pages, the paper and the overview share. `today` is the tenant's.

// The word of the badge: the stored status, or "overdue".
std::string StateOf(const DocumentRow& row, Date today);
std::string StateOf(const Document& document, Date today);
std::string StateText(const std::string& state, const Formatter& t);
// "1 Nov 2026 – 30 Nov 2026", both days included; one day when it is one; "" when empty.
std::string SpanText(const Span& span, const Formatter& t);
// Whether its amount is a price times a quantity: a credit that was granted is an amount, and so is
// a child's invoice.
bool HasPrice(const Line& line);
// "—" without a price; "14 × 24.90 €", with the part of the period where it is one: "1 × 189.00 € ×
// 27/31".
std::string ProductText(const Line& line, const Formatter& t);
// What the line is for: "Guest Wi-Fi, Hotel 50 rooms"; what it gives back, in words.
std::string LineTitle(const Line& line, const Formatter& t);
// A tax of so much per unit has no rate to be said.
bool IsPerUnit(const Decimal& rate, const Money& amount);
// "VAT 19 % of 100.00 €"; of a tax per unit its name.
std::string TaxText(const TaxTotal& tax, const Formatter& t);
// Why there is no e-invoice: the error of DocumentFiles::EInvoice in words.
std::string NoEInvoiceText(const Error& why, const Formatter& t);
std::string KindText(DocumentKind kind, const Formatter& t);
std::string PathOf(InvoiceId id);

}  // namespace livery::invoices
