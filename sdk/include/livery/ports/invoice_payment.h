#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <livery/ids.h>
#include <livery/tenancy/tenant.h>

namespace livery {

// Where a subscriber pays an invoice. Provided by a plugin that takes money; `invoices` puts the
// way there on its pages where something is owed. Thread: any worker, during a request.
class InvoicePayment {
 public:
    static constexpr std::string_view kPortId = "livery.invoice_payment/2";
    virtual ~InvoicePayment();
    struct Way {
        std::string path;  // of a page of the portal
        // A payment of it is not over yet: the page is that payment's, and another is not taken.
        bool is_under_way = false;
    };
    // nullopt: this tenant takes no money there.
    virtual std::optional<Way> WayFor(const Tenant& tenant, InvoiceId invoice) = 0;
    // Of all that is owed at once.
    virtual std::optional<std::string> PageForAll(const Tenant& tenant) = 0;
};

}  // namespace livery
