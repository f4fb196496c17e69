#pragma once

#include <string>

#include <livery/db/database.h>
#include <livery/ports/identity.h>
#include <livery/ports/mailer.h>

namespace livery::accounts {

// A mail to a login about the login itself; goes out when the transaction is committed. `name` is
// the template, `path` is where its button leads.
void MailTo(Mailer& mailer, db::Transaction& tx, const Tenant& tenant, const Identity::User& user,
            const std::string& name, const std::string& path);

}  // namespace livery::accounts
