#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/e_invoice/rules.h"

namespace livery::invoices::e_invoice {

// Collects what the families of rules find.
class RuleReport {
 public:
    void Require(bool kept, std::string_view rule, std::string_view message,
                 const std::string& where = {}) {
        if (!kept) violations_.push_back({std::string(rule), std::string(message), where});
    }
    std::vector<RuleViolation> Take() { return std::move(violations_); }

 private:
    std::vector<RuleViolation> violations_;
};

// "line 1" for index 0.
inline std::string At(std::string_view group, std::size_t index) {
    return std::string(group) + ' ' + std::to_string(index + 1);
}
bool IsBlank(std::string_view text);  // nothing but white space

// The families; each looks at the whole invoice. The last two add amounts up, and ask that all
// are of the invoice's currency.
void CheckDocument(const EInvoice& invoice, RuleReport& report);
void CheckLines(const EInvoice& invoice, RuleReport& report);
void CheckAdjustments(const EInvoice& invoice, RuleReport& report);
void CheckDecimals(const EInvoice& invoice, RuleReport& report);
bool HasOneCurrency(const EInvoice& invoice);
void CheckTotals(const EInvoice& invoice, RuleReport& report);
void CheckVat(const EInvoice& invoice, RuleReport& report);

}  // namespace livery::invoices::e_invoice
