#pragma once

#include <vector>

#include <livery/db/database.h>

#include "domain/catalog_use.h"

namespace livery::catalog {

// Where it is kept what was sold: MariaDB in the product, memory where a year is lived in
// milliseconds. Inside a transaction; what it does not commit did not happen.
class UseStore {
 public:
    virtual ~UseStore() = default;
    virtual std::vector<UsedVersion> All(db::Transaction& tx) = 0;
    // Of a version that is known the days only move on; its terms are those that hold beside what
    // was sold, with what came to them since (a currency).
    virtual void Save(db::Transaction& tx, const UsedVersion& used) = 0;
};

}  // namespace livery::catalog
