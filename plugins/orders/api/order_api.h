#pragma once

#include <livery/api/operation.h>
#include <livery/registrar.h>

#include "app/order_desk.h"

namespace livery::orders {

// Orders for the tenant's own programs: lists, one, its name, and taking back what waits. Orders
// are placed by buying or changing a subscription (sale_api.h).
class OrderApi {
 public:
    OrderApi(db::Database& database, OrderDesk& desk) : database_(database), desk_(desk) {}
    void AddTo(Registrar& registrar) const;

 private:
    Result<api::Json> List(const api::Call& call) const;
    Result<api::Json> Show(const api::Call& call) const;
    Result<api::Json> Rename(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> Cancel(db::Transaction& tx, const api::Call& call) const;

    db::Database& database_;
    OrderDesk& desk_;
};

void AddOrderSchemas(Registrar& registrar);
api::Json JsonOf(const Order& order);

}  // namespace livery::orders
