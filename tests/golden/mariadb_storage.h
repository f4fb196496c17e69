#pragma once

#include <memory>

#include "storage.h"

namespace livery::golden {

// A private MariaDB with the plugins' own migrations. One for a whole run; every scenario is a
// tenant of its own in it.
class MariadbServer {
 public:
    MariadbServer();
    ~MariadbServer();
    std::unique_ptr<Storage> NewTenant();

 private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
    int tenants_ = 0;
};

}  // namespace livery::golden
