#pragma once

#include <livery/db/database.h>
#include <livery/ports/identity.h>
#include <livery/ports/mailer.h>
#include <livery/ports/staff.h>

#include "app/letter_threads.h"
#include "domain/ticket.h"

namespace livery::service_desk {

// Who is written to about a ticket, each in their language: who opened it and its watchers of what
// the staff say in public, and of what others on the customer's side say; the agent whose it is of
// what that side says. Never of one's own
// words.
class TicketLetters {
 public:
    TicketLetters(Mailer& mailer, Identity& identity, Staff& staff, const LetterThreads& threads)
        : mailer_(mailer), identity_(identity), staff_(staff), threads_(threads) {}

    // It is here, under this number: to who asked.
    void Opened(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket) const;
    // `from`: the address of whoever said it, who is not written to.
    void Said(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket,
              const Message& message, const std::string& from) const;
    // Without words of anybody's.
    void Solved(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket) const;
    // `by`: whoever gives it to themselves needs no letter.
    void Assigned(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket,
                  std::optional<UserId> by) const;
    // To whose it is, unless they did it themselves.
    void Escalated(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket,
                   std::optional<UserId> by) const;

 private:
    struct Reader {
        std::string email;
        std::string name;
        std::string language;
        AddressHolder holder = {};
    };
    void Send(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket,
              const std::string& name, const Reader& reader, const std::string& path,
              const std::string& body) const;
    void ToOpener(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket,
                  const std::string& name, const std::string& body) const;
    void ToWatchers(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket,
                    const std::string& name, const std::string& body,
                    const std::string& from) const;
    void ToAssignee(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket,
                    const std::string& name, const std::string& body) const;

    Mailer& mailer_;
    Identity& identity_;
    Staff& staff_;
    const LetterThreads& threads_;
};

}  // namespace livery::service_desk
