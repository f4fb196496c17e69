#pragma once

#include <string>
#include <string_view>

#include <livery/db/database.h>
#include <livery/ids.h>
#include <livery/money/money.h>
#include <livery/result.h>
#include <livery/tenancy/tenant.h>
#include <livery/time/frequency.h>

namespace livery {

// Payments that were made before, and not through a gateway: of a demo's past, or brought over from
// another system. Provided by the plugin that keeps payments. Called inside a transaction of the
// caller. Thread: any.
class PastPayments {
 public:
    static constexpr std::string_view kPortId = "livery.past_payments/1";
    virtual ~PastPayments();

    struct Past {
        AccountId account;
        std::string reference;  // the payer's; unique in the tenant
        Money amount;
        InvoiceId invoice;
    };
    // Books as much of it as is owed of the invoice, as of `now`, with a receipt of that day; nobody
    // is written to. kConflict: the reference is known, or nothing is owed. kInvalidArgument: no
    // reference.
    virtual Result<void> Record(db::Transaction& tx, const Tenant& tenant, const Past& past,
                                CivilTime now) = 0;
};

}  // namespace livery
