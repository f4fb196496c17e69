#pragma once

#include <livery/api/operation.h>
#include <livery/registrar.h>

#include "api/wish_of.h"
#include "app/checkout.h"

namespace livery::orders {

// Buying and changing subscriptions for the tenant's own programs. Each can be previewed: the
// preview's `quote`, given with the order within fifteen minutes, charges exactly what was shown
// or is refused; without a quote what it costs at the moment is charged.
class SaleApi {
 public:
    SaleApi(Checkout& checkout, TenantTime& time) : checkout_(checkout), time_(time) {}
    void AddTo(Registrar& registrar) const;

 private:
    using Reader = Result<Asked> (*)(const api::Call&);
    Result<api::Json> Preview(const api::Call& call, Reader read) const;
    Result<api::Json> Carry(db::Transaction& tx, const api::Call& call, Reader read) const;

    Checkout& checkout_;
    TenantTime& time_;
};

void AddSaleSchemas(Registrar& registrar);
api::Json JsonOf(const Quote& quote);

}  // namespace livery::orders
