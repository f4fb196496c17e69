#pragma once

#include <cstdint>
#include <vector>

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

    // Looks up what those that are due are about, each thing once however many tell of it; how many
    // messages are done with. One about something that is not known (yet: the provider may be
    // faster than our own commit) is followed again, ever more seldom, for a day. Where the
    // provider does not say what became of it that goes on for two weeks.
    int HandleDue(const Tenant& tenant);

 private:
    // Messages about one thing.
    using Telling = std::vector<ProviderEvent>;
    enum class Followed : std::uint8_t { kToTheEnd, kNotNow, kNothingOfOurs };
    void OpenDispute(const Tenant& tenant, const Payment& payment);
    Followed Follow(const Tenant& tenant, const ProviderEvent& event);
    Followed FollowPayment(const Tenant& tenant, const ProviderEvent& event);
    Followed FollowRefund(const Tenant& tenant, const ProviderEvent& event);
    bool IsTooEarly(const Tenant& tenant, const ProviderEvent& event) const;
    bool Handle(const Tenant& tenant, const Telling& telling);
    bool Leave(const Tenant& tenant, const ProviderEvent& event, Followed followed);
    void Postpone(const Tenant& tenant, const ProviderEvent& event, int looks, Instant until);
    PaymentDesk& desk_;
    Refunds& refunds_;
    Methods& methods_;
};

}  // namespace livery::payments
