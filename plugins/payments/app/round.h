#pragma once

#include <string>

#include "app/janitor.h"
#include "app/methods.h"
#include "app/provider_events.h"

namespace livery::payments {

// What looks after everything that is still open: messages of providers, payments, refunds and
// methods of which nobody heard the end. Idempotent, and safe to be run by several at once.
class Round {
 public:
    struct Parts {
        Janitor& janitor;
        Refunds& refunds;
        Methods& methods;
        ProviderEvents& events;
    };
    explicit Round(Parts parts) : parts_(parts) {}
    struct Report {
        int events = 0;
        int payments = 0;
        int resolved = 0;  // of the payments
        int refunds = 0;
        int methods = 0;
    };
    Report Run(const Tenant& tenant) {
        Report report;
        report.events = parts_.events.HandleDue(tenant);
        const Janitor::Report looked = parts_.janitor.Run(tenant);
        report.payments = looked.looked_up;
        report.resolved = looked.resolved;
        report.refunds = parts_.refunds.LookUpDue(tenant);
        report.methods = parts_.methods.LookUpDue(tenant);
        return report;
    }

 private:
    Parts parts_;
};

}  // namespace livery::payments
