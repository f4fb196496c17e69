#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <livery/ids.h>

namespace livery {

// What invoices and credit notes are called, for the lists of staff. Provided by `invoices`.
// Thread: any.
class InvoiceNumbers {
 public:
    static constexpr std::string_view kPortId = "livery.invoice_numbers/1";
    virtual ~InvoiceNumbers();
    // One round trip, however many there are; of none there is nothing to ask. What is not the
    // tenant's, or has no number yet, is not in it.
    virtual std::map<InvoiceId, std::string> Of(const TenantId& tenant,
                                                const std::vector<InvoiceId>& invoices) = 0;
};

}  // namespace livery
