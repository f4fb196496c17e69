#pragma once

#include <livery/http/request_context.h>
#include <livery/ports/account_names.h>
#include <livery/ports/staff.h>
#include <livery/view/view.h>

#include "app/attachments.h"
#include "app/disputes.h"
#include "app/subjects.h"
#include "app/tickets.h"

namespace livery::service_desk {

// What the page of a ticket is made from, beside the ticket.
struct DeskViewParts {
    const Tickets& tickets;
    const Attachments& attachments;
    db::Database& database;
    Staff& staff;
    AccountNames& names;
    const Subjects& subjects;
    const Disputes& disputes;
};

// What was typed and not sent, and why.
struct DeskDraft {
    std::string body;
    const Error* error = nullptr;  // of the words or the files
    std::string others_words;      // somebody wrote meanwhile: ready to read
    std::string merge_error;
};

// A ticket as the staff see it: its talk, where it stands, what may be done.
View DeskTicketView(const RequestContext& request, const DeskViewParts& parts, const Ticket& ticket,
                    const DeskDraft& draft);
// Whether they may decide what a ticket disputes.
bool MayDecide(const RequestContext& request);
// Whose ticket it is, by name.
std::string CustomerOf(const RequestContext& request, AccountNames& names, AccountId account);

}  // namespace livery::service_desk
