#pragma once

#include <optional>
#include <vector>

#include <livery/db/rows.h>

#include "domain/ticket.h"

// What every statement that reads tickets selects, in the order in which TicketOf reads it.
#define TICKET_COLUMNS                                                                         \
    "id, number, account_id, subject, category, queue, priority, language, state, "            \
    "assignee, about_kind, about_id, follows, merged_into, created_at, active_at, solved_at, " \
    "clocks, version, opened_by, due_at, escalated_at"

namespace livery::service_desk {

// In a column that orders: nothing is due.
inline constexpr Instant kNeverDue = std::chrono::sys_days(std::chrono::year(9000) / 1 / 1);

template <class TypedId>
std::optional<TypedId> MaybeId(const db::Row& row, std::size_t column) {
    if (row.IsNull(column)) return std::nullopt;
    return row.As<TypedId>(column);
}

Ticket TicketOf(const db::Row& row);
std::vector<Ticket> TicketsIn(const db::Rows& rows);

}  // namespace livery::service_desk
