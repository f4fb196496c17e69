#include "domain/wording.h"

#include <fmt/format.h>

namespace livery::invoices {

std::string WordingOf(const std::vector<Document>& documents) {
    std::string text;
    for (const Document& document : documents) {
        text += fmt::format("{} {}\n", ToString(document.KindByTotal()), document.currency.code());
        for (const Line& line : document.lines) {
            text += fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}\n", ToString(line.kind),
                                line.text, line.plan, line.site, ToIso(line.covers.from),
                                ToIso(line.covers.to), line.unit_price.ToString(),
                                line.quantity.ToString(), line.amount.ToDecimal(),
                                line.discount.ToDecimal(), line.net.ToDecimal());
            for (const billing::LineTax& tax : line.taxes) {
                text += fmt::format("  {}|{}|{}|{}\n", tax.code, tax.category, tax.rate.ToString(),
                                    tax.amount.ToDecimal());
            }
        }
    }
    return text;
}

}  // namespace livery::invoices
