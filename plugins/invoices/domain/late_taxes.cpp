#include "domain/late_taxes.h"

namespace livery::invoices {

bool WaitsForTaxes(const AccountBook& book, InvoiceLineId line) {
    for (const Document& document : book.documents()) {
        if (document.status == Status::kPendingTax && document.Holds(line)) return true;
    }
    return false;
}

void BringTaxes(const AccountBook& book, Line& correction) {
    std::optional<BilledLine> billed;
    for (const Document& document : book.documents()) {
        for (const Line& line : document.lines) {
            if (line.id == correction.corrects) billed = BilledLine::Of(line);
        }
    }
    if (!billed) return;
    for (const Document& document : book.documents()) {
        for (const Line& line : document.lines) {
            if (&line == &correction) {
                const Money amount = Money(0, line.amount.currency()) - line.amount;
                const Line taxed = CorrectionOf(*billed, line.kind, amount);
                correction.net = taxed.net;
                correction.taxes = taxed.taxes;
                return;
            }
            if (line.corrects == correction.corrects) billed->Give(line);
        }
    }
}

}  // namespace livery::invoices
