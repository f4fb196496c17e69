#pragma once

#include <livery/ports/sellers.h>

namespace livery::invoices {

// Who sends the invoices, for other plugins that print documents.
class SellersOfSettings final : public Sellers {
 public:
    Seller Of(const Tenant& tenant) override;
};

}  // namespace livery::invoices
