#pragma once

#include <livery/late_port.h>
#include <livery/ports/invoice_payment.h>
#include <livery/registrar.h>
#include <livery/view/form_page.h>

#include "app/checkout.h"

namespace livery::orders {

// What a subscriber does with a subscription: another plan or quantity, an add-on, a pause, an
// end, and each of them taken back. All go the same way, under /subscriptions/:id/<path>: the form
// (GET), exactly what it would charge (POST), and the confirmation (POST with the token).
class ChangePages {
 public:
    struct Parts {
        db::Database& database;
        SubscriptionChanges& changes;
        TenantTime& time;
        Checkout& checkout;
        OperatorLog& log;
        LatePort<InvoicePayment> paying = {};  // the way to paying, where there is one
    };
    explicit ChangePages(const Parts& parts) : parts_(parts) {}
    void AddTo(Registrar& registrar);

    // One of the things that can be done.
    struct Action {
        const char* path;  // also the name of its texts: `change.<path>.title`, …
        bool (*possible)(const SubscriptionChoices&);
        void (*add_fields)(const RequestContext&, const SubscriptionChoices&, FormPage&);
        Result<Wish> (*wish)(const RequestContext&, const SubscriptionChoices&);
    };

 private:
    Result<Reply> Ask(const RequestContext& request, const Action& action) const;
    Result<Reply> Do(const RequestContext& request, const Action& action) const;
    Result<SubscriptionChoices> ChoicesFor(const RequestContext& request) const;
    Result<Reply> Refused(const RequestContext& request, const Action& action,
                          const Error& error) const;

    Parts parts_;
};

const std::vector<ChangePages::Action>& ChangeActions();

}  // namespace livery::orders
