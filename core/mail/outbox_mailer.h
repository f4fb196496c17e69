#pragma once

#include <livery/ports/mailer.h>
#include <livery/time/clock.h>

#include "tenancy/house.h"

namespace livery::mail {

// Renders a mail in its tenant's brand and language and puts it into the outbox, in the caller's
// transaction.
class OutboxMailer final : public Mailer {
 public:
    using CurrentHouse = std::function<std::shared_ptr<const tenancy::House>()>;
    OutboxMailer(CurrentHouse house, const Clock& clock, IdSource& ids)
        : house_(std::move(house)), clock_(clock), ids_(ids) {}
    void Enqueue(db::Transaction& tx, const Tenant& tenant, const Mail& mail) override;

 private:
    CurrentHouse house_;
    const Clock& clock_;
    IdSource& ids_;
};

}  // namespace livery::mail
