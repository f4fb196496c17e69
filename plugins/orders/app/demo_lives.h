#pragma once

#include <livery/demo/demo.h>
#include <livery/late_port.h>
#include <livery/ports/account_directory.h>
#include <livery/ports/past_payments.h>

#include "app/checkout.h"

namespace livery::orders {

// Gives demo subscribers a past: orders, add-ons, changes, pauses, ends, invoices on their days and
// payments after them, all by the use cases at the times at which they would have happened, in
// order over all accounts. What is sold stands in demo.yaml (`plans`).
class DemoLives {
 public:
    struct Parts {
        db::Database& database;
        AccountDirectory& accounts;
        CatalogSource& catalogs;
        BillingProfiles& profiles;
        SubscriptionChanges& changes;
        Invoicing& invoicing;
        TenantTime& time;
        Checkout& checkout;
        LatePort<PastPayments> payments;  // where the tenant keeps payments
    };
    explicit DemoLives(const Parts& parts) : parts_(parts) {}
    void Generate(DemoContext& demo);

 private:
    Parts parts_;
};

}  // namespace livery::orders
