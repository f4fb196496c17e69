#pragma once

#include "storage/book_store.h"

namespace livery::invoices {

// Account books on the database. Loading one locks it by its row in invoices_account, so two use
// cases on one account come after each other; saving writes what differs from what was loaded.
class BookRepository final : public BookStore {
 public:
    AccountBook Load(db::Transaction& tx, AccountId account) override;
    void Save(db::Transaction& tx, const AccountBook& book) override;
    std::vector<BilledLine> ChargesOf(db::Transaction& tx, SubscriptionId subscription,
                                      const Span& span) override;
};

}  // namespace livery::invoices
