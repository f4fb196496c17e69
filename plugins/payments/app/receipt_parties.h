#pragma once

#include <string>
#include <vector>

#include <livery/db/database.h>
#include <livery/ports/billing.h>
#include <livery/ports/sellers.h>
#include <livery/tenancy/tenant.h>

namespace livery::payments {

// Who a receipt is from and for, as it stood when it was first printed: a name or an address that
// changes later changes no receipt.
struct Parties {
    std::string brand;                    // what the tenant was called
    std::vector<std::string> seller;      // name and address, line by line
    std::vector<std::string> registered;  // where it is registered, and by which numbers
    std::string vat_id;
    std::string contact;
    std::vector<std::string> payer;  // name and address
};
std::string ToText(const Parties& parties);
Parties PartiesIn(const std::string& text);

class ReceiptParties {
 public:
    ReceiptParties(Sellers& sellers, BillingProfiles& profiles)
        : sellers_(sellers), profiles_(profiles) {}
    // As they are now.
    Parties Of(db::Transaction& tx, const Tenant& tenant, AccountId account) const;

 private:
    Sellers& sellers_;
    BillingProfiles& profiles_;
};

}  // namespace livery::payments
