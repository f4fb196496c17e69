#pragma once

#include <livery/late_port.h>
#include <livery/ports/audit.h>
#include <livery/ports/line_objections.h>
#include <livery/view/formatter.h>

#include "app/tickets.h"
#include "domain/dispute.h"

namespace livery::service_desk {

// A ticket that says of an invoice's line that it is not owed. The ticket and the objection are
// opened, and decided, in one transaction of the caller: neither stands without the other. The
// account's invoices are locked before the ticket, as where objections are decided elsewhere.
// Errors besides what each says: those of Tickets and LineObjections. Thread: any.
class Disputes {
 public:
    struct Parts {
        const Tickets& tickets;
        LatePort<LineObjections> objections;
        TenantFormatters& words;
        Audit& audit;
    };
    explicit Disputes(const Parts& parts)
        : tickets_(parts.tickets),
          objections_(parts.objections),
          words_(parts.words),
          audit_(parts.audit) {}

    // Whether somebody of this tenant's takes objections.
    bool AreTaken(const Tenant& tenant) const;
    // What would be disputed. kNotFound: no such line of the account, or nobody takes objections.
    // kConflict `error.line_decided`: it was withdrawn or decided against the customer twice.
    Result<LineObjections::Disputed> Look(db::Transaction& tx, const Tenant& tenant,
                                          AccountId account, InvoiceLineId line) const;
    // `wish.about` is the line.
    Result<Ticket> Open(db::Transaction& tx, const Tenant& tenant, const Tickets::Wish& wish,
                        const Writer& writer, Instant now) const;
    // The answer is said in public and solves the ticket. kInvalidArgument on `answer`. kNotFound:
    // no such ticket. kConflict: nothing of it is undecided.
    struct Decision {
        TicketId ticket;
        bool customer_is_right = false;
        std::string answer;
    };
    Result<Ticket> Decide(db::Transaction& tx, const Tenant& tenant, const Decision& decision,
                          const Writer& agent, Instant now) const;
    // A customer solves the ticket: what it disputes, if anything, is owed as before.
    Result<Ticket> SolveOwned(db::Transaction& tx, const Tenant& tenant, AccountId account,
                              TicketId ticket, const Writer& writer, Instant now) const;
    // Somebody has decided it where objections are: the ticket says so, and is solved.
    void DecidedElsewhere(db::Transaction& tx, const Tenant& tenant, const Uuid& objection,
                          bool customer_is_right, Instant now) const;
    // Reports what is undecided of tickets that are over, and where the objection says another
    // thing.
    void Check(db::Transaction& tx, const std::function<void(TicketId, std::string)>& report) const;

 private:
    void Note(db::Transaction& tx, const Ticket& ticket, std::string_view action,
              const Writer& writer) const;

    const Tickets& tickets_;
    LatePort<LineObjections> objections_;
    TenantFormatters& words_;
    Audit& audit_;
};

}  // namespace livery::service_desk
