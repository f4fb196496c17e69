#include "storage/ticket_rows.h"

#include <livery/check.h>

#include "storage/clocks_text.h"

namespace livery::service_desk {

Ticket TicketOf(const db::Row& row) {
    Ticket ticket;
    ticket.id = row.As<TicketId>(0);
    ticket.number = row.Text(1);
    ticket.account = row.As<AccountId>(2);
    ticket.subject = row.Text(3);
    ticket.category = row.Text(4);
    ticket.queue = row.Text(5);
    ticket.priority = row.Int(6);
    ticket.language = row.Text(7);
    const auto state = TicketStateFrom(row.Text(8));
    LIVERY_CHECK(state.has_value(), "a ticket's state that nobody knows");
    ticket.state = *state;
    ticket.assignee = MaybeId<UserId>(row, 9);
    ticket.about.kind = row.Text(10);
    if (!row.IsNull(11)) ticket.about.id = row.Id(11);
    ticket.follows = MaybeId<TicketId>(row, 12);
    ticket.merged_into = MaybeId<TicketId>(row, 13);
    ticket.created_at = row.Time(14);
    ticket.active_at = row.Time(15);
    ticket.solved_at = row.MaybeTime(16);
    ticket.clocks = ClocksFrom(row.Text(17));
    ticket.version = row.Int(18);
    ticket.opened_by = MaybeId<UserId>(row, 19);
    if (row.Time(20) != kNeverDue) ticket.due_at = row.Time(20);
    ticket.escalated_at = row.MaybeTime(21);
    return ticket;
}

std::vector<Ticket> TicketsIn(const db::Rows& rows) {
    std::vector<Ticket> tickets;
    for (const db::Row row : rows) tickets.push_back(TicketOf(row));
    return tickets;
}

}  // namespace livery::service_desk
