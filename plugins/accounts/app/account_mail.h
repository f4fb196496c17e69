#pragma once

#include <string>

#include <livery/db/database.h>
#include <livery/ports/identity.h>
#include <livery/ports/mailer.h>

namespace livery::accounts {

struct Letter {
    std::string name;  // of its texts: `mail.<name>.…`
    std::string path;  // where its button leads
};

// A mail to a login about the login itself; goes out when the transaction is committed.
void MailTo(Mailer& mailer, db::Transaction& tx, const Tenant& tenant, const Identity::User& user,
            const Letter& letter);

}  // namespace livery::accounts
