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
    // Those of one plan or add-on, for who is going to write of it, one after the other: what
    // others wrote before is in it, also since this transaction began to read; who comes next waits
    // until it is over.
    virtual std::vector<UsedVersion> InTurn(db::Transaction& tx, UsedVersion::Kind kind,
                                            const std::string& id) = 0;
    // Of a version that is known the days only move on.
    virtual void Save(db::Transaction& tx, const UsedVersion& used) = 0;
};

}  // namespace livery::catalog
