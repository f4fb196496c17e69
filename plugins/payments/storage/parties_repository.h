#pragma once

#include <string>

#include <livery/db/database.h>
#include <livery/tenancy/tenant.h>

namespace livery::payments {

// Who a receipt is from and for (app/receipt_parties.h), as it was first printed.
class PartiesRepository {
 public:
    // "" of one that was not printed yet.
    static std::string Find(db::Database& database, const TenantId& tenant,
                            const std::string& receipt);
    // Of one that has some already nothing is changed.
    static void Keep(db::Transaction& tx, const std::string& receipt, const std::string& parties);
};

}  // namespace livery::payments
