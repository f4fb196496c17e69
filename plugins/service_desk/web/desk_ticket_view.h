#pragma once

#include <livery/http/request_context.h>
#include <livery/ports/account_names.h>
#include <livery/ports/staff.h>
#include <livery/view/view.h>

#include "app/tickets.h"

namespace livery::service_desk {

// What the page of a ticket is made from, beside the ticket.
struct DeskViewParts {
    const Tickets& tickets;
    db::Database& database;
    Staff& staff;
    AccountNames& names;
};

// What was typed and not sent, and why.
struct DeskDraft {
    std::string body;
    std::string body_error;    // ready to read; empty: none
    std::string others_words;  // somebody wrote meanwhile: ready to read
    std::string merge_error;
};

// A ticket as the staff see it: its talk, where it stands, what may be done.
View DeskTicketView(const RequestContext& request, const DeskViewParts& parts, const Ticket& ticket,
                    const DeskDraft& draft);
// Whose ticket it is, by name.
std::string CustomerOf(const RequestContext& request, AccountNames& names, AccountId account);

}  // namespace livery::service_desk
