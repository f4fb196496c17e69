#pragma once

#include <livery/db/database.h>
#include <livery/tenancy/tenant.h>

#include "domain/dunning.h"
#include "domain/method.h"
#include "domain/refund.h"

namespace livery::payments {

// What is written to the one who pays, in the transaction of what it is about.
class Letters {
 public:
    virtual ~Letters() = default;
    virtual void Received(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                          const Money& paid) = 0;
    // An automatic payment came to nothing, and what to do.
    virtual void Refused(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                         DeclineClass decline) = 0;
    // What somebody paid himself, and waited for, came to nothing after all.
    virtual void NotPaid(db::Transaction& tx, const Tenant& tenant, const Payment& payment) = 0;
    // A bank took back what had been paid: its invoices are owed again.
    virtual void CameBack(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                          const Money& amount) = 0;
    // We gave something back.
    virtual void PaidBack(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                          const Refund& refund) = 0;
    virtual void Reminder(db::Transaction& tx, const Tenant& tenant, AccountId account,
                          const Overdue& overdue) = 0;
    // Something falls due on that day (`oldest_due`), and what its owner must do for it; or that it
    // is taken then by itself.
    virtual void Upcoming(db::Transaction& tx, const Tenant& tenant, AccountId account,
                          const Overdue& due) = 0;
    virtual void WillBeTaken(db::Transaction& tx, const Tenant& tenant, AccountId account,
                             const Overdue& due) = 0;
    virtual void Step(db::Transaction& tx, const Tenant& tenant, AccountId account,
                      const DunningStep& step, const Overdue& overdue) = 0;
    virtual void Expires(db::Transaction& tx, const Tenant& tenant,
                         const PaymentMethod& method) = 0;
};

}  // namespace livery::payments
