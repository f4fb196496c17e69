#pragma once

#include <string>

#include "db/connection.h"

namespace livery::db {

// Drops the database with all that is in it and makes an empty one of that name. For demo data that
// is known to be half-made; never for anything else.
void RecreateDatabase(Connection& connection, const std::string& name);

}  // namespace livery::db
