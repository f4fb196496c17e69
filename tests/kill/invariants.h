#pragma once

#include <string>

#include "db/mariadb_database.h"

namespace livery::kills {

// What `livery verify` asks of the tables of invoices and the ledger. "" when all of it holds, else
// the first rows that break something.
std::string BrokenInvariants(db::MariadbDatabase& database, const TenantId& tenant);

}  // namespace livery::kills
