#pragma once

#include <vector>

#include <livery/db/database.h>
#include <livery/ids.h>

#include "domain/billing_facts.h"

namespace livery::accounts {

// The SQL behind billing profiles: one query a table, for one account as for a range of them.
class ProfileRepository {
 public:
    // By id; both ends of the range are included.
    static std::vector<BillingFacts> List(db::Transaction& tx, AccountId first, AccountId last);
    // Everything but the addresses, which are saved one by one. False: there is no such account.
    static bool Save(db::Transaction& tx, const BillingFacts& facts);
};

}  // namespace livery::accounts
