#pragma once

#include <livery/db/database.h>

#include "gateways/key_value_store.h"

namespace livery::gateways {

// In the tenant's database.
class KeyValueRepository final : public KeyValueStore {
 public:
    explicit KeyValueRepository(db::Database& database) : database_(database) {}
    std::string Get(const TenantId& tenant, const std::string& instance,
                    const std::string& key) override;
    void Put(const TenantId& tenant, const std::string& instance, const std::string& key,
             const std::string& value) override;

 private:
    db::Database& database_;
};

}  // namespace livery::gateways
