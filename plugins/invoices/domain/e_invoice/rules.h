#pragma once

#include <string>
#include <vector>

#include "domain/e_invoice/semantic_model.h"

namespace livery::invoices::e_invoice {

struct RuleViolation {
    std::string rule;     // "BR-CO-10"
    std::string message;  // what the rule asks, in English: for logs and operators
    std::string where;    // "line 3", "VAT breakdown 1", counted from one; empty: the document
    bool operator==(const RuleViolation&) const = default;
};

// The rules of EN 16931-1 (section 6.4) that the model can break; empty when it breaks none.
// Groups that the model has no place for (payee, tax representative, card, attachments) have no
// rules here. One rule is ours: LIVERY-01, one currency for every amount; where it is broken, or
// there is no currency, sums are not looked at.
// Throws BrokenInvariant when a sum is past 64 bits.
std::vector<RuleViolation> Check(const EInvoice& invoice);

}  // namespace livery::invoices::e_invoice
