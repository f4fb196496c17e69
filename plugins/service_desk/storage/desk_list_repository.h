#pragma once

#include <optional>
#include <string>
#include <vector>

#include "storage/ticket_repository.h"

namespace livery::service_desk {

// What of a tenant's tickets the staff look at; what is not said is anything.
struct TicketWish {
    // Only what is unsolved, and that first which is due first; else what moved last. Of one
    // account always what moved last.
    bool unsolved = true;
    std::optional<AccountId> account;
    std::string queue;
    std::optional<TicketState> state;
    std::optional<UserId> assignee;
    bool unassigned = false;
    std::string number;  // exactly
    std::optional<TicketPlace> after;
    std::size_t most = 50;
};

// The lists of the staff, each along an index of its own, whatever is wished: a page of a tenant
// with 10^5 tickets reads as many rows as one of a tenant with ten.
class DeskListRepository {
 public:
    static std::vector<Ticket> List(db::Database& database, const TenantId& tenant,
                                    const TicketWish& wish);
    // Where the list of that wish goes on after this ticket.
    static TicketPlace PlaceOf(const Ticket& ticket, const TicketWish& wish);
    // Tickets that wait for the staff.
    static std::int64_t CountWaiting(db::Database& database, const TenantId& tenant);

    // Ids of what is due by then and was not raised yet, and of what was solved by then; for jobs,
    // which look at each under its lock.
    static std::vector<TicketId> DueBy(db::Database& database, const TenantId& tenant, Instant then,
                                       std::size_t most);
    static std::vector<TicketId> SolvedBy(db::Database& database, const TenantId& tenant,
                                          Instant then, std::size_t most);
};

}  // namespace livery::service_desk
