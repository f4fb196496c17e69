#include "app/single_lines.h"

#include <algorithm>

namespace livery::invoices {

namespace {

// What of the line a credit note could still give back, with tax: nothing of what nobody claims any
// more, and nothing of a child's invoice, which is lowered itself.
Money CreditableOf(const AccountBook& book, const Document& document, InvoiceLineId line) {
    const Money nothing(0, document.currency);
    if (document.status == Status::kWrittenOff || document.status == Status::kVoid ||
        GathersChildren(document))
        return nothing;
    const auto billed = book.Billed(std::nullopt);
    const auto found = std::find_if(billed.begin(), billed.end(),
                                    [&](const BilledLine& one) { return one.line.id == line; });
    if (found == billed.end() || found->left.minor_units() <= 0) return nothing;
    return Least(found->LeftWithTax(), document.Charged());
}

}  // namespace

std::optional<InvoiceLines::Found> SingleLines::Lock(db::Transaction& tx, AccountId account,
                                                     InvoiceLineId id) {
    const AccountBook book = ports_.books.Load(tx, account);
    for (const Document& document : book.documents()) {
        if (!document.IsFinal() || document.kind != DocumentKind::kInvoice) continue;
        for (const Line& line : document.lines) {
            if (line.id != id) continue;
            return Found{document.id, document.number,
                         line.plan.empty() ? line.text : line.text + ", " + line.plan,
                         CreditableOf(book, document, id)};
        }
    }
    return std::nullopt;
}

}  // namespace livery::invoices
