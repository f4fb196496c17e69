#pragma once

#include <livery/gateway/gateway.hpp>

namespace livery::gocardless {

// GoCardless's objects in the words of the contract. A status that is not known is pending.

// `events`: those of the payment, newest first; asked for only where NeedsEvents.
gw::PaymentResult PaymentOf(const gw::Json& payment, const gw::Json& events);
bool NeedsEvents(const gw::Json& payment);
gw::RefundResult RefundOf(const gw::Json& refund);
// Of a billing request that is fulfilled, with its mandate and bank account.
gw::StoredMethod MandateOf(const gw::Json& mandate, const gw::Json& bank_account);
gw::Transaction TransactionOf(gw::Transaction::Kind kind, const gw::Json& object);
// Of an event of a payment that went back as a whole, or came again.
gw::Transaction DisputeOf(gw::Transaction::Kind kind, const gw::Json& event,
                          const gw::Json& payment);
gw::Event EventOf(const gw::Json& event);

// Of "2014-01-01T12:00:00.000Z"; throws BadMessage for anything else.
std::int64_t SecondsOf(const std::string& time);
std::string TimeOf(std::int64_t seconds);

}  // namespace livery::gocardless
