#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/db/database.h>
#include <livery/ids.h>
#include <livery/ports/audit.h>
#include <livery/ports/staff.h>
#include <livery/ports/tenant_time.h>
#include <livery/result.h>
#include <livery/tenancy/tenant.h>

#include "app/ticket_events.h"
#include "app/ticket_letters.h"
#include "domain/desk.h"
#include "domain/ticket.h"

namespace livery::service_desk {

// Who writes: a subscriber or one of the staff, as the page knows them; or a program, which has no
// login and gives a name.
struct Writer {
    std::optional<UserId> user;
    std::string name;
    std::string email;
    std::string language;
    std::string address;  // of the client, for the audit log
};

// Who may be given a ticket, and answer it.
bool MayAnswer(const Tenant& tenant, const Staff::Member& member);

// What is done with tickets, by subscribers and by the staff alike: one transaction for each, in
// which the ticket's row is locked, its clocks follow, those whom it concerns are written to, and
// the audit log has it. `now`: the tenant's, asked for before the transaction. Errors besides what
// each says: kNotFound, no such ticket of that account. Thread: any.
class Tickets {
 public:
    struct Parts {
        TenantTime& time;
        IdSource& ids;
        Audit& audit;
        TicketLetters& letters;
        TicketEvents& events;
        Staff& staff;
    };
    explicit Tickets(const Parts& parts) : parts_(parts) {}

    struct Wish {
        AccountId account;
        std::string subject;
        std::string category;
        std::optional<int> priority;  // none: the category's
        std::string body;
        About about;
        std::optional<TicketId> follows = {};
        std::vector<Attachment> attachments = {};  // kept already
        std::optional<UserId> opened_by = {};      // where somebody writes for him
    };
    // kInvalidArgument on `subject`, `category`, `priority` or `body`.
    Result<Ticket> Open(db::Transaction& tx, const Tenant& tenant, const Wish& wish,
                        const Writer& writer, Instant now) const;
    // What Open would say of it.
    static Result<void> CheckWish(const Tenant& tenant, const Wish& wish);

    struct Reply {
        TicketId ticket;
        std::string body;
        std::optional<TicketState> wanted = {};  // an answer and a new state in one step
        bool is_note = false;                    // of the staff's own
        std::vector<Attachment> attachments = {};
        // The last message that whoever writes has read. Where somebody wrote since, the words are
        // not sent: kInvalidArgument on `seen`.
        std::optional<MessageId> seen = {};
    };
    // A subscriber's words. What was closed, or solved too long ago, goes on in a new ticket that
    // follows it, what was merged in the one where it goes on; that is what is returned.
    // kInvalidArgument on `body`.
    Result<Ticket> ReplyOwned(db::Transaction& tx, const Tenant& tenant, AccountId account,
                              const Reply& reply, const Writer& writer, Instant now) const;
    // A subscriber says that it is solved, or that it is not after all. kConflict: it cannot be
    // from where it is.
    Result<Ticket> MoveOwned(db::Transaction& tx, const Tenant& tenant, AccountId account,
                             TicketId id, TicketState wanted, const Writer& writer,
                             Instant now) const;

    // The staff's answer or note. kInvalidArgument on `body`; kConflict: closed, or merged;
    // `error.dispute_undecided`: it would be over before what it disputes is decided.
    Result<Ticket> Answer(db::Transaction& tx, const Tenant& tenant, const Reply& reply,
                          const Writer& agent, Instant now) const;
    // Without words. kConflict as above.
    Result<Ticket> Move(db::Transaction& tx, const Tenant& tenant, TicketId id, TicketState wanted,
                        const Writer& agent, Instant now) const;
    // nullopt: nobody's any more. kInvalidArgument on `assignee`: it is nobody who may answer.
    Result<Ticket> Assign(db::Transaction& tx, const Tenant& tenant, TicketId id,
                          std::optional<UserId> assignee, const Writer& agent) const;

    static const Desk& DeskOf(const Tenant& tenant) {
        return tenant.SettingsOf<Desk>("service_desk");
    }

    // Of the tenant's walls; `tenant` outlives it.
    WallClock ClockOf(const Tenant& tenant) const;

    // A ticket of the same customer and place as another one, without words yet. kInvalidArgument
    // on `subject`.
    Result<Ticket> Begin(db::Transaction& tx, const Tenant& tenant, const Ticket& like,
                         const std::string& subject, Instant now) const;
    // The ticket after the step, kept; nullopt: its state does not allow it, or what it disputes
    // is undecided. `active_at`: of what is no news, the moment that stays its last.
    std::optional<Ticket> Take(db::Transaction& tx, const Tenant& tenant, Ticket ticket,
                               const Step& step,
                               std::optional<Instant> active_at = std::nullopt) const;
    // In the audit log, with the ticket's number; what its customer sees is made anew.
    void WriteDown(db::Transaction& tx, const Ticket& ticket, std::string_view action,
                   const Writer& writer) const;

    // kInvalidArgument on `body`.
    static Result<void> CheckBody(const std::string& body);

 private:
    // A new ticket that follows one that is over.
    Result<Ticket> GoOn(db::Transaction& tx, const Tenant& tenant, const Ticket& old,
                        const Reply& reply, const Writer& writer, Instant now) const;
    // With a number and clocks.
    void Number(db::Transaction& tx, const Tenant& tenant, Ticket& ticket, Instant now) const;
    Message MessageOf(const Reply& reply, Party by, const Writer& writer, Instant now) const;

    Parts parts_;
};

}  // namespace livery::service_desk
