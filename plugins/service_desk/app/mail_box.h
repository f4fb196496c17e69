#pragma once

#include <livery/ports/mailbox.h>
#include <livery/ports/operator_log.h>

#include "app/incoming_mail.h"

namespace livery::service_desk {

// Empties the inbox of a tenant: each mail is taken, and then moved to the folder of those that
// were. Killed between, it is taken again, which changes nothing. One that cannot be read goes to a
// folder of its own and holds up no other; while the database or the server is away they wait.
// Thread: any.
class MailBoxRound {
 public:
    struct Parts {
        Mailboxes& boxes;
        const MailIn& mails;
        OperatorLog& log;
    };
    explicit MailBoxRound(const Parts& parts) : parts_(parts) {}
    void Run(const Tenant& tenant, Instant now) const;

 private:
    struct Visit;
    // False: later; nothing more is to be had now.
    bool TakeOne(Visit& visit, const Mailbox::Waiting& mail) const;

    Parts parts_;
};

// Mails that became nothing are known for a month: long enough for any second delivery. A daily
// job's; its report.
std::string ForgetMails(db::Database& database, const Tenant& tenant, Instant now);

}  // namespace livery::service_desk
