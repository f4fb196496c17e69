#pragma once

#include <livery/ports/events.h>

#include "domain/ticket.h"

namespace livery::service_desk {

// `ticket.created`, `ticket.replied` (not of notes) and `ticket.solved`, with {number, account,
// state, queue, by}; `by`: customer, staff or rule. In the transaction of the ticket.
class TicketEvents {
 public:
    explicit TicketEvents(Events& events) : events_(events) {}
    void Publish(db::Transaction& tx, const char* name, const Ticket& ticket, Party by) const;

 private:
    Events& events_;
};

}  // namespace livery::service_desk
