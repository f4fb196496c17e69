#pragma once

#include "app/disputes.h"

namespace livery::service_desk {

// What was decided of objections that tickets have opened.
class DecisionsElsewhere final : public ObjectionFollower {
 public:
    DecisionsElsewhere(const Disputes& disputes, TenantTime& time)
        : disputes_(disputes), time_(time) {}
    void Decided(db::Transaction& tx, const Tenant& tenant, const Uuid& objection,
                 bool customer_is_right) override {
        disputes_.DecidedElsewhere(tx, tenant, objection, customer_is_right, time_.Now(tenant));
    }

 private:
    const Disputes& disputes_;
    TenantTime& time_;
};

}  // namespace livery::service_desk
