#pragma once

#include <string>
#include <string_view>

#include <livery/http/request_context.h>

#include "app/tickets.h"
#include "domain/ticket.h"

namespace livery::service_desk {

// As people read it.
std::string StateName(TicketState state, const Formatter& format);
// The same to its customer: "Your answer is needed".
std::string StateForCustomer(TicketState state, const Formatter& format);
// The colour of its badge, by the states that the themes know.
std::string_view BadgeOf(TicketState state);
std::string PriorityName(int priority, const Formatter& format);
std::string QueueName(const Desk& desk, const std::string& queue, const Formatter& format);
std::string CategoryName(const Desk& desk, const std::string& category, const Formatter& format);

Writer WriterOf(const RequestContext& request);
// Who reads the messages of a ticket, and where its page is.
struct Reading {
    Party reader = Party::kCustomer;
    std::string ticket_href;
};
// One row for each message: whose, when, what, with which files.
void AddTalk(const RequestContext& request, const std::vector<Message>& messages,
             const Reading& reading, ViewModel& model);

}  // namespace livery::service_desk
