#include "domain/objection.h"

namespace livery::payments {

std::vector<OwedInvoice> Undisputed(std::vector<OwedInvoice> owed,
                                    const std::map<InvoiceId, Money>& objected) {
    for (OwedInvoice& invoice : owed) {
        const auto found = objected.find(invoice.id);
        if (found != objected.end()) invoice.balance = invoice.balance - found->second;
    }
    std::erase_if(owed,
                  [](const OwedInvoice& invoice) { return invoice.balance.minor_units() <= 0; });
    return owed;
}

}  // namespace livery::payments
