#pragma once

#include <livery/registrar.h>

#include "app/order_desk.h"

namespace livery::orders {

// The orders of an account: list, one order, and its name.
class OrderPages {
 public:
    OrderPages(db::Database& database, OrderDesk& desk) : database_(database), desk_(desk) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> List(const RequestContext& request) const;
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> Rename(const RequestContext& request) const;

    db::Database& database_;
    OrderDesk& desk_;
};

}  // namespace livery::orders
