#pragma once

#include <vector>

#include <livery/db/database.h>

namespace livery::invoices {

// Who owes something that is due. Nothing is locked.
class OwingRepository {
 public:
    // By their ids, after `after`.
    static std::vector<AccountId> Accounts(db::Transaction& tx, Date due_by, AccountId after,
                                           std::size_t most);
};

}  // namespace livery::invoices
