#pragma once

#include <functional>

#include <livery/db/database.h>
#include <livery/ids.h>

namespace livery::invoices {

// Calls with ranges of accounts (after `after`, up to `last`) that together hold every account
// there can be, some thousand books in each: so that memory does not grow with the tenant.
void ForEachRange(db::Transaction& tx,
                  const std::function<void(AccountId after, AccountId last)>& each);

}  // namespace livery::invoices
