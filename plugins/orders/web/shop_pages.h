#pragma once

#include <livery/late_port.h>
#include <livery/ports/invoice_payment.h>
#include <livery/registrar.h>

#include "app/checkout.h"

namespace livery::orders {

// What a subscriber can buy: the shop, and the way from a plan to its order. One address per plan:
// asked for (GET), shown with its price (POST), confirmed (POST with the token that was shown).
class ShopPages {
 public:
    struct Parts {
        db::Database& database;
        CatalogSource& catalogs;
        BillingProfiles& profiles;
        Checkout& checkout;
        LatePort<InvoicePayment> paying = {};  // the way to paying, where there is one
    };
    explicit ShopPages(const Parts& parts) : parts_(parts) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> Shop(const RequestContext& request) const;
    Result<Reply> Ask(const RequestContext& request) const;
    Result<Reply> Buy(const RequestContext& request) const;
    BillingProfile ProfileOf(const RequestContext& request) const;

    Parts parts_;
};

}  // namespace livery::orders
