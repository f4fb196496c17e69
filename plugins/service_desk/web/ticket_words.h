#pragma once

#include <string>
#include <string_view>

#include <livery/http/request_context.h>

#include "app/tickets.h"
#include "domain/ticket.h"

namespace livery::service_desk {

// As people read it.
std::string StateName(TicketState state, const Formatter& format);
// The colour of its badge, by the states that the themes know.
std::string_view BadgeOf(TicketState state);
std::string PriorityName(int priority, const Formatter& format);
std::string QueueName(const Desk& desk, const std::string& queue, const Formatter& format);
std::string CategoryName(const Desk& desk, const std::string& category, const Formatter& format);

Writer WriterOf(const RequestContext& request);
// One row for each message: whose, when, what.
void AddTalk(const RequestContext& request, const std::vector<Message>& messages, Party reader,
             ViewModel& model);

}  // namespace livery::service_desk
