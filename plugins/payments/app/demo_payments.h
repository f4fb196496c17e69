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
    // Nobody is written to: `ports` are those of the plugin but for its letters.
    DemoPayments(const PaymentPorts& ports, AccountDirectory& accounts);
    void Generate(DemoContext& demo);

 private:
    Result<Payment> Pay(const Tenant& tenant, AccountId account, const Share& part,
                        const std::string& token);

    class NoLetters final : public Letters {
     public:
        void Received(db::Transaction&, const Tenant&, const Payment&, const Money&) override {}
        void Refused(db::Transaction&, const Tenant&, const Payment&, DeclineClass) override {}
        void NotPaid(db::Transaction&, const Tenant&, const Payment&) override {}
        void CameBack(db::Transaction&, const Tenant&, const Payment&, const Money&) override {}
        void PaidBack(db::Transaction&, const Tenant&, const Payment&, const Refund&) override {}
        void Reminder(db::Transaction&, const Tenant&, AccountId, const Overdue&) override {}
        void Upcoming(db::Transaction&, const Tenant&, AccountId, const Overdue&) override {}
        void WillBeTaken(db::Transaction&, const Tenant&, AccountId, const Overdue&) override {}
        void Step(db::Transaction&, const Tenant&, AccountId, const DunningStep&,
                  const Overdue&) override {}
        void Expires(db::Transaction&, const Tenant&, const PaymentMethod&) override {}
    };
    NoLetters letters_;
    PaymentPorts ports_;
    AccountDirectory& accounts_;
    PaymentDesk desk_{ports_};
    StartPayment start_{desk_};
    Refunds refunds_{desk_};
};

}  // namespace livery::payments
