#pragma once

#include <livery/demo/demo.h>
#include <livery/ports/account_directory.h>

#include "app/refunds.h"
#include "app/start_payment.h"

namespace livery::payments {

// What the first demo subscriber has paid through the gateway: a card that was refused, another
// that paid the oldest invoice, and a part of that given back. All of it at the provider that
// `livery demo` brings, by tokens that stand for its test cards; other gateways have no such
// tokens.
class DemoPayments {
 public:
    struct Parts {
        const PaymentPorts& ports;
        AccountDirectory& accounts;
        StartPayment& start;
        Refunds& refunds;
    };
    explicit DemoPayments(const Parts& parts) : parts_(parts) {}
    void Generate(DemoContext& demo);

 private:
    std::vector<Invoicing::Owed> OwedBy(const TenantId& tenant, AccountId account) const;
    Result<Payment> Pay(const Tenant& tenant, AccountId account, const Share& part,
                        const std::string& token);
    Parts parts_;
};

}  // namespace livery::payments
