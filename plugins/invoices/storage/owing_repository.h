#pragma once

#include <optional>
#include <vector>

#include <livery/db/database.h>
#include <livery/money/money.h>

namespace livery::invoices {

// Who owes something that is due. Nothing is locked.
class OwingRepository {
 public:
    // By their ids, after `after`.
    static std::vector<AccountId> Accounts(db::Transaction& tx, Date due_by, AccountId after,
                                           std::size_t most);
    // nullopt: nothing is owed of it.
    static std::optional<Money> BalanceOf(db::Transaction& tx, InvoiceId invoice);
};

}  // namespace livery::invoices
