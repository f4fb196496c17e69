#include "app/owed.h"

#include "storage/objection_repository.h"

namespace livery::payments {

std::vector<OwedInvoice> OwedBy(db::Transaction& tx, Invoicing& invoicing, AccountId account) {
    std::vector<OwedInvoice> owed;
    for (const Invoicing::Owed& invoice : invoicing.LockOwed(tx, account))
        owed.push_back({invoice.id, invoice.due_on, invoice.balance, invoice.number});
    return owed;
}

std::vector<OwedInvoice> UndisputedOf(db::Transaction& tx, Invoicing& invoicing,
                                      AccountId account) {
    std::vector<OwedInvoice> owed = OwedBy(tx, invoicing, account);
    if (owed.empty()) return owed;
    return Undisputed(std::move(owed), ObjectionRepository::OpenOf(tx, account));
}

}  // namespace livery::payments
