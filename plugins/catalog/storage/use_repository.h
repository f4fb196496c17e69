#pragma once

#include "storage/use_store.h"

namespace livery::catalog {

// What was sold, on the database: a row for each version of a plan or add-on, not for each sale.
class UseRepository final : public UseStore {
 public:
    std::vector<UsedVersion> All(db::Transaction& tx) override;
    std::vector<UsedVersion> InTurn(db::Transaction& tx, UsedVersion::Kind kind,
                                    const std::string& id) override;
    void Save(db::Transaction& tx, const UsedVersion& used) override;
    // For a check that only reads: one round trip.
    static std::vector<UsedVersion> List(db::Database& database, const TenantId& tenant);
};

}  // namespace livery::catalog
