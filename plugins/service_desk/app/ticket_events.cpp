#include "app/ticket_events.h"

#include <livery/json.h>

namespace livery::service_desk {

namespace {

const char* NameOf(Party party) {
    switch (party) {
        case Party::kCustomer:
            return "customer";
        case Party::kAgent:
            return "staff";
        case Party::kRule:
            break;
    }
    return "rule";
}

}  // namespace

void TicketEvents::Publish(db::Transaction& tx, const char* name, const Ticket& ticket,
                           Party by) const {
    const nlohmann::ordered_json facts{{"number", ticket.number},
                                       {"account", ticket.account.ToString()},
                                       {"state", ToString(ticket.state)},
                                       {"queue", ticket.queue},
                                       {"by", NameOf(by)}};
    events_.Publish(tx, {name, ticket.id.ToString(), facts.dump()});
}

}  // namespace livery::service_desk
