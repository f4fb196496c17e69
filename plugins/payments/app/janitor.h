#pragma once

#include <functional>
#include <vector>

#include "app/start_payment.h"

namespace livery::payments {

// Looks up what became of payments that nobody heard the end of, and lets go of those that wait for
// their payer while nobody owes them any more: a page that stays open takes the money twice. Run it
// every few seconds; on several nodes at once it only asks more often than it must.
class Janitor {
 public:
    // How a payment is started once more (StartPayment::Wish::payer).
    using PayerOf = std::function<Payer(const Tenant&, const Payment&)>;
    Janitor(PaymentDesk& desk, PayerOf payer_of) : desk_(desk), payer_of_(std::move(payer_of)) {}

    struct Report {
        int looked_up = 0;
        int resolved = 0;  // not under way any more
        int let_go = 0;    // that nobody owes any more
    };
    // All that is due now (look_at_due.h).
    Report Run(const Tenant& tenant);

 private:
    bool Resolves(const Tenant& tenant, const Payment& due);
    // Those of them that ask for more than is left of their invoices.
    std::vector<Payment> NotOwed(const Tenant& tenant, std::vector<Payment> waiting);
    // Not yet let go, though nobody owes them.
    std::vector<Payment> Settled(const Tenant& tenant, std::size_t most);
    Payment LetGo(const Tenant& tenant, Payment settled);
    PaymentDesk& desk_;
    PayerOf payer_of_;
};

}  // namespace livery::payments
