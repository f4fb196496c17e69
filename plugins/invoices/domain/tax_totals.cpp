#include "domain/tax_totals.h"

#include <map>

namespace livery::invoices {

std::vector<TaxTotal> TaxTotalsOf(const Document& document) {
    std::map<std::pair<std::string, std::string>, TaxTotal> sums;
    for (const Line& line : document.lines) {
        for (const billing::LineTax& tax : line.taxes) {
            const auto [sum, fresh] =
                sums.try_emplace({tax.name, tax.rate.ToString()},
                                 TaxTotal{tax.name, tax.rate, tax.base, tax.amount, tax.note});
            if (fresh) continue;
            sum->second.base = sum->second.base + tax.base;
            sum->second.amount = sum->second.amount + tax.amount;
        }
    }
    std::vector<TaxTotal> totals;
    for (auto& [key, total] : sums) totals.push_back(std::move(total));
    return totals;
}

}  // namespace livery::invoices
