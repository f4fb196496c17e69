#pragma once

#include <livery/demo/demo.h>
#include <livery/ports/identity.h>
#include <livery/ports/mailer.h>

#include "app/tickets.h"

namespace livery::service_desk {

// What people asked and what they were answered: `tickets` of demo.yaml, minutes before now, by
// the addresses of its `subscribers` and `staff`. Nobody is written to.
class DemoTickets {
 public:
    struct Parts {
        db::Database& database;
        Identity& identity;
        Staff& staff;
        const LetterThreads& threads;
        Tickets::Parts tickets;
    };
    explicit DemoTickets(const Parts& parts);
    void Generate(DemoContext& demo) const;

 private:
    void Tell(DemoContext& demo, const config::Node& story) const;
    void Say(DemoContext& demo, Ticket& ticket, const config::Node& words) const;
    void Rate(DemoContext& demo, const Ticket& ticket, const config::Node& rating) const;
    // Throws BrokenInvariant when nobody signs in there with that address.
    Identity::User Named(const DemoContext& demo, Realm realm, const std::string& email) const;

    class NoMailer final : public Mailer {
     public:
        void Enqueue(db::Transaction&, const Tenant&, const Mail&) override {}
        void MakeFilesOf(const std::string&, std::shared_ptr<MailFiles>) override {}
    };
    NoMailer mailer_;
    db::Database& database_;
    Identity& identity_;
    TicketLetters letters_;
    Tickets tickets_;
};

}  // namespace livery::service_desk
