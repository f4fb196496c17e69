#pragma once

#include <livery/ports/help_links.h>
#include <livery/registrar.h>

#include "app/order_desk.h"

namespace livery::orders {

// The orders of an account: list, one order, and its name.
class OrderPages {
 public:
    OrderPages(db::Database& database, OrderDesk& desk, LatePort<HelpLinks> help)
        : database_(database), desk_(desk), help_(std::move(help)) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> List(const RequestContext& request) const;
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> Rename(const RequestContext& request) const;

    View Page(const RequestContext& request, const Order& order) const;

    db::Database& database_;
    OrderDesk& desk_;
    LatePort<HelpLinks> help_;
};

}  // namespace livery::orders
