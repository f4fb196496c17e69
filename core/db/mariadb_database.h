#pragma once

#include <functional>

#include <livery/db/database.h>

#include "db/pool.h"

namespace livery::db {

// Database on a pool. Thread: any.
class MariadbDatabase final : public Database {
 public:
    explicit MariadbDatabase(Pool& pool) : pool_(pool) {}
    void Transact(const TenantId& tenant, const std::function<void(Transaction&)>& work) override;
    Rows Query(const TenantId& tenant, const Statement& statement, Params params) override;

    // As Transact, but `work` only reads, and all that it reads is of one moment.
    void ReadSnapshot(const TenantId& tenant, const std::function<void(Transaction&)>& work);

    // The host's own work over all tenants, in one transaction each; core only.
    class CrossTenantWork {
     public:
        explicit CrossTenantWork(Connection& connection) : connection_(connection) {}
        Rows Query(const CrossTenantStatement& statement, Params params) {
            return connection_.Query(statement.name(), statement.sql(), "", params);
        }
        std::uint64_t Execute(const CrossTenantStatement& statement, Params params) {
            return connection_.Execute(statement.name(), statement.sql(), "", params);
        }

     private:
        Connection& connection_;
    };
    void TransactAcrossTenants(const std::function<void(CrossTenantWork&)>& work);

 private:
    void Retry(const std::function<void(Connection&)>& attempt);
    Pool& pool_;
};

}  // namespace livery::db
