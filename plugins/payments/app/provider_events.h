#pragma once

#include "app/methods.h"
#include "app/refunds.h"
#include "storage/event_repository.h"

namespace livery::payments {

// What providers tell us. Stored once, acknowledged, then looked up: a message is only a hint, and
// what it says of amounts or states is read by nobody.
class ProviderEvents {
 public:
    ProviderEvents(PaymentDesk& desk, Refunds& refunds, Methods& methods)
        : desk_(desk), refunds_(refunds), methods_(methods) {}

    struct Answer {
        int status = 200;
        std::string body;
    };
    // Once this returns, the events are kept. kUnauthenticated, kNotFound, kUnavailable: none is
    // (Gateways::Receive).
    Result<Answer> Receive(const Tenant& tenant, const Gateways::Delivery& delivery);

    // Looks up what those that wait are about; how many were handled. One about something that is
    // not known (yet: the provider may be faster than our own commit) waits, for a day.
    int HandleWaiting(const Tenant& tenant);

 private:
    void OpenDispute(const Tenant& tenant, const Payment& payment);
    bool Handle(const Tenant& tenant, const ProviderEvent& event);
    PaymentDesk& desk_;
    Refunds& refunds_;
    Methods& methods_;
};

}  // namespace livery::payments
