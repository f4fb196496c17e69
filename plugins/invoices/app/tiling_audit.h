#pragma once

#include <functional>

#include <livery/invariant.h>

#include "app/account_work.h"

namespace livery::invoices {

// I7: what was charged of each subscription's time tiles the time that it was in use. Reports each
// stretch that was due at the last billing run and that nobody charged, and each that two lines
// charge. Of an account that the last run could not bill it says that, and why.
void CheckTiling(db::Transaction& tx, const BillingPorts& ports,
                 const std::function<void(Violation)>& report);

}  // namespace livery::invoices
