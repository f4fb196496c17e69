#pragma once

#include <livery/db/database.h>
#include <livery/ids.h>

#include "shop.h"

namespace livery::kills {

// Fills a tenant, through the use cases that people use, with all that a billing run may meet:
// subscriptions of every shape, begun in January 2026, some of them billed and paid before.
void BeginLives(db::Database& database, const TenantId& tenant, Shop& shop, IdSource& ids);

}  // namespace livery::kills
