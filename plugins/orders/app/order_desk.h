#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/ports/billing.h>

#include "storage/order_store.h"

namespace livery::orders {

struct OrderPorts {
    CatalogSource& catalogs;
    BillingProfiles& profiles;
    TaxEngine& taxes;
    SubscriptionSales& sales;
    OrderStore& orders;
    IdSource& ids;
};

struct OrderRequest {
    std::string name;
    OrderCreator created_by;
    Currency currency;
    CivilTime activate_at;
    std::vector<OrderLineRequest> lines;
};

// Places orders and makes their lines active: each becomes a subscription. Every call is a part of
// the caller's transaction. Thread: any.
class OrderDesk {
 public:
    explicit OrderDesk(const OrderPorts& ports) : ports_(ports) {}

    Result<OrderId> Place(db::Transaction& tx, AccountId account, const OrderRequest& request,
                          CivilTime now);
    // One line, or all that are not active yet. Add-ons of the order join its first line that they
    // fit. Returns whose order it is.
    Result<AccountId> Activate(db::Transaction& tx, OrderId id, std::optional<std::size_t> line,
                               CivilTime now);
    // Everything whose time has come.
    Result<void> ActivateDue(db::Transaction& tx, CivilTime now);
    Result<void> Cancel(db::Transaction& tx, OrderId id);

 private:
    Result<Order> ActivateOne(db::Transaction& tx, Order order, std::size_t line, CivilTime now);

    OrderPorts ports_;
};

}  // namespace livery::orders
