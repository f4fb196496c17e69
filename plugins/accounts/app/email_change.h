#pragma once

#include <string>

#include <livery/ports/identity.h>
#include <livery/ports/mailer.h>

namespace livery::accounts {

// A person gives their login another address. The new one is proved by a link that only they,
// signed in, can use: an address typed wrongly opens nothing to whoever has it. The old one is
// told. Thread: any.
class EmailChange {
 public:
    EmailChange(db::Database& database, Identity& identity, Mailer& mailer)
        : database_(database), identity_(identity), mailer_(mailer) {}

    struct Wish {
        UserId user;
        std::string email;
        std::string password;
        std::string client_address;
    };
    // Mails the link. An address that is taken gets a mail that says so, and the caller the same
    // answer. kInvalidArgument on `email` or `current`.
    Result<void> Ask(const Tenant& tenant, const Wish& wish);
    // kNotFound: the link is unknown, used, too old or another person's. kConflict: the address was
    // taken meanwhile.
    Result<void> Confirm(const Tenant& tenant, UserId user, const std::string& token);

 private:
    db::Database& database_;
    Identity& identity_;
    Mailer& mailer_;
};

}  // namespace livery::accounts
