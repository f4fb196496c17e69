#pragma once

#include <string>

#include <livery/ports/identity.h>

#include "app/tickets.h"

namespace livery::service_desk {

// Who else is told what is said about a ticket, and what its customer thought of it in the end. In
// the caller's transaction; kNotFound: no such ticket of that account.
class Watchers {
 public:
    Watchers(const Tickets& tickets, Identity& identity) : tickets_(tickets), identity_(identity) {}

    // An address is mailed by whoever adds it: so many at most.
    static constexpr std::size_t kMost = 10;

    // No account: the staff's. kInvalidArgument on `email`: it is none, or there are kMost.
    Result<void> Add(db::Transaction& tx, std::optional<AccountId> account, TicketId ticket,
                     const std::string& email, const Writer& writer) const;
    // kNotFound also: it does not watch.
    Result<void> Remove(db::Transaction& tx, std::optional<AccountId> account, TicketId ticket,
                        const std::string& email, const Writer& writer) const;

    // kInvalidArgument on `rating` (1 to 5) or `comment` (at most 1,000 characters); kConflict: it
    // is not solved.
    Result<void> Rate(db::Transaction& tx, AccountId account, TicketId ticket, int rating,
                      const std::string& comment, const Writer& writer, Instant now) const;

 private:
    const Tickets& tickets_;
    Identity& identity_;
};

}  // namespace livery::service_desk
