#pragma once

#include <optional>
#include <string>

#include <livery/ports/billing.h>

#include "app/tickets.h"

namespace livery::service_desk {

// What the staff do with tickets beside answering them. As Tickets says: each in the caller's
// transaction, under the ticket's lock, written down with who did it. Errors besides what each
// says: kNotFound, no such ticket; kConflict, it is closed, or goes on in another one.
class DeskWork {
 public:
    DeskWork(const Tickets& tickets, const Tickets::Parts& parts, BillingProfiles& profiles)
        : tickets_(tickets), parts_(parts), profiles_(profiles) {}

    struct Change {
        std::optional<std::string> queue;
        std::optional<std::string> category;  // its queue and priority stay
        std::optional<int> priority;          // the targets follow, what is used stays used
    };
    // kInvalidArgument on `queue`, `category` or `priority`.
    Result<Ticket> Set(db::Transaction& tx, const Tenant& tenant, TicketId id, const Change& change,
                       const Writer& agent) const;

    // Raises it: more priority, another queue, as the desk's file says. `by`: nobody, where its
    // clock does. Once, until it is solved.
    Result<Ticket> Escalate(db::Transaction& tx, const Tenant& tenant, TicketId id,
                            const Writer& by, Instant now) const;

    // The same by the clock: only what is due by `then` still, by the hours that count now. Where
    // the hours were changed since, it is written down when it is due in truth.
    Result<Ticket> EscalateDue(db::Transaction& tx, const Tenant& tenant, TicketId id, Instant then,
                               Instant now) const;

    // Several steps in one. kNotFound also: no such macro.
    Result<Ticket> Apply(db::Transaction& tx, const Tenant& tenant, TicketId id,
                         const std::string& macro, const Writer& agent, Instant now) const;

    // All of `from` goes on in `into`: its words, files and watchers; who asks for it is led there.
    // kConflict also: they are not of one customer, or one and the same.
    Result<Ticket> Merge(db::Transaction& tx, const Tenant& tenant, TicketId from, TicketId into,
                         const Writer& agent, Instant now) const;

    // Some of its messages become a ticket of their own, which follows it; the clocks of that begin
    // now. kInvalidArgument on `subject`, or on `messages`: none, one that is not there, all, or
    // notes alone.
    Result<Ticket> Split(db::Transaction& tx, const Tenant& tenant, TicketId from,
                         const std::vector<MessageId>& messages, const std::string& subject,
                         const Writer& agent, Instant now) const;

    // Only time closes: what was solved for as long as the desk's file says.
    Result<Ticket> Close(db::Transaction& tx, const Tenant& tenant, TicketId id, Instant now) const;

    // The words of a canned reply, for this ticket. kNotFound: there is no such reply.
    Result<std::string> Words(const Tenant& tenant, const Ticket& ticket, const std::string& reply,
                              const std::string& customer, const Writer& agent) const;

 private:
    // Under its lock. kNotFound, kConflict as above.
    static Result<Ticket> Open(db::Transaction& tx, TicketId id);
    Result<Ticket> Keep(db::Transaction& tx, const Tenant& tenant, Ticket ticket,
                        std::string_view action, const Writer& by) const;

    const Tickets& tickets_;
    Tickets::Parts parts_;
    BillingProfiles& profiles_;
};

}  // namespace livery::service_desk
