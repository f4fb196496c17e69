#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/late_port.h>
#include <livery/ports/billing.h>
#include <livery/ports/payment_standing.h>

#include "storage/order_store.h"

namespace livery::orders {

struct OrderPorts {
    CatalogSource& catalogs;
    BillingProfiles& profiles;
    TaxEngine& taxes;
    SubscriptionSales& sales;
    OrderStore& orders;
    IdSource& ids;
    LatePort<PaymentStanding> standing = {};  // without one nobody is blocked
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
    // All of it, as its day has come. kConflict `error.account_blocked`: it waits until its account
    // has paid what is overdue (DU-01).
    Result<AccountId> ActivateWaiting(db::Transaction& tx, OrderId id, CivilTime now);
    // What would stand in the way of lines that begin on a later day, as far as it is known now.
    Result<void> CheckActivation(db::Transaction& tx, AccountId account,
                                 const OrderRequest& request);
    // The order as it stands in this transaction, which has placed it.
    Order Placed(db::Transaction& tx, OrderId id);
    // Those whose time has come, as OrderStore has them.
    std::vector<DueOrder> Due(db::Transaction& tx, CivilTime now,
                              const std::optional<DueOrder>& after, std::size_t most) {
        return ports_.orders.Due(tx, now, after, most);
    }
    // Before anything of it is active; returns the order as it is then.
    Result<Order> Cancel(db::Transaction& tx, OrderId id);
    // The name is the subscriber's own; it can be changed until everything is active.
    Result<void> RenameOrder(db::Transaction& tx, AccountId account, OrderId id,
                             const std::string& name);
    // The same for who acts for the tenant; returns the order as it is now.
    Result<Order> RenameOfTenant(db::Transaction& tx, OrderId id, const std::string& name);
    // A change of plan or quantity that was made: recorded as an order of a whole period's price.
    struct ChangeRecord {
        std::string name;
        OrderCreator created_by;
        SubscriptionId subscription;
        std::string plan;
        Decimal quantity;
        std::string site;
        Currency currency;
        CivilTime effective_at;
        std::string plan_before = {};  // of a change of plan
    };
    Result<OrderId> RecordChange(db::Transaction& tx, AccountId account, const ChangeRecord& change,
                                 CivilTime now);

 private:
    // On top of its prices, or within them, as they stand on that day.
    Result<void> SetTax(db::Transaction& tx, const BillingProfile& profile, Order& order,
                        CivilTime now);
    Result<Order> ActivateOne(db::Transaction& tx, Order order, std::size_t line, CivilTime now);

    OrderPorts ports_;
};

}  // namespace livery::orders
