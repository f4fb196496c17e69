#include "domain/shares.h"

#include <algorithm>
#include <set>
#include <tuple>

#include <livery/check.h>

namespace livery::payments {

Shares ShareOut(const Money& paid, std::vector<OwedInvoice> owed) {
    std::sort(owed.begin(), owed.end(), [](const OwedInvoice& a, const OwedInvoice& b) {
        return std::tie(a.due_on, a.id) < std::tie(b.due_on, b.id);
    });
    Shares shares{{}, paid};
    for (const OwedInvoice& invoice : owed) {
        if (invoice.balance.currency() != paid.currency()) continue;
        const std::int64_t part =
            std::min(shares.rest.minor_units(), invoice.balance.minor_units());
        if (part <= 0) continue;
        shares.parts.push_back({invoice.id, Money(part, paid.currency()), invoice.number});
        shares.rest = shares.rest - shares.parts.back().amount;
    }
    return shares;
}

Result<std::vector<Share>> CheckChoice(const std::vector<Share>& chosen,
                                       const std::vector<OwedInvoice>& owed) {
    if (chosen.empty()) return InvalidField("invoices", "error.choose_invoices");
    std::set<InvoiceId> seen;
    std::vector<Share> checked;
    for (const Share& share : chosen) {
        const auto invoice = std::find_if(owed.begin(), owed.end(), [&](const OwedInvoice& one) {
            return one.id == share.invoice;
        });
        if (invoice == owed.end() || !seen.insert(share.invoice).second)
            return InvalidField("invoices", "error.not_owed");
        if (share.amount.currency() != invoice->balance.currency() ||
            share.amount.currency() != chosen.front().amount.currency())
            return InvalidField("invoices", "error.one_currency");
        if (share.amount.minor_units() <= 0) return InvalidField("amount", "error.amount");
        if (share.amount.minor_units() > invoice->balance.minor_units())
            return InvalidField("amount", "error.more_than_owed");
        checked.push_back({share.invoice, share.amount, invoice->number});
    }
    return checked;
}

Money SumOf(const std::vector<Share>& shares) {
    LIVERY_CHECK(!shares.empty(), "the sum of nothing has no currency");
    Money sum(0, shares.front().amount.currency());
    for (const Share& share : shares) sum = sum + share.amount;
    return sum;
}

}  // namespace livery::payments
