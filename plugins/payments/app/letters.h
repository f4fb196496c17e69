#pragma once

#include <livery/db/database.h>
#include <livery/tenancy/tenant.h>

#include "domain/payment.h"

namespace livery::payments {

// What is written to the one who pays, in the transaction of what it is about.
class Letters {
 public:
    virtual ~Letters() = default;
    virtual void Received(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                          const Money& paid) = 0;
};

}  // namespace livery::payments
