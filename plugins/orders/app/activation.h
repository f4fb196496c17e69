#pragma once

#include <string>

#include <livery/ports/tenants.h>

#include "app/order_desk.h"

namespace livery::orders {

// Makes every order active whose day has come, each in a transaction of its own: one that is
// refused (its base is gone, the account may no longer have the plan) keeps no other from
// beginning. It goes on waiting, is tried again the next day, and is named in what this returns for
// the log of jobs: {"activated": 2, "refused": {"ord_…": "error.base_not_active"}}; of many that
// are refused the first, and `refused_besides`, how many more.
//
// A killed process: what was not committed waits, and is done by the next run.
// However many are refused, those that come after are reached: they are read `at_once` by at once.
std::string ActivateDue(db::Database& database, const Tenant& tenant, OrderDesk& desk,
                        CivilTime now, std::size_t at_once = 1000);

}  // namespace livery::orders
