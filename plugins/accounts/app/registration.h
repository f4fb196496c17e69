#pragma once

#include <string>

#include <livery/db/database.h>
#include <livery/ports/identity.h>
#include <livery/ports/mailer.h>
#include <livery/time/clock.h>

#include "app/door.h"

namespace livery::accounts {

// How a person becomes a subscriber and gets back in. Whether an address is known is never said on
// a page: it is said by mail, to the address itself. Thread: any.
class Registration {
 public:
    Registration(db::Database& database, Identity& identity, Mailer& mailer, const Clock& clock,
                 IdSource& ids)
        : database_(database), identity_(identity), mailer_(mailer), clock_(clock), ids_(ids) {}

    struct Form {
        std::string name;
        std::string email;
        std::string password;
        std::string language;
    };
    // Makes account and login, and mails a link that proves the address; a known address gets a
    // mail that says so, and the same answer. kInvalidArgument: the form is wrong.
    Result<void> Register(const Tenant& tenant, const Form& form);
    // The same without the mail, the address taken as proved: for the demo generator.
    Result<AccountId> CreateVerified(const Tenant& tenant, const Form& form,
                                     const std::string& password_hash);

    Result<void> VerifyEmail(const Tenant& tenant, const std::string& token);
    void ResendVerification(const Tenant& tenant, UserId user);
    // Mails a link to set a new password. kInvalidArgument: no address. An address without a login
    // gets a mail that says so: it helps who registered with another one, and both kinds take the
    // same time. `language` is the asker's.
    Result<void> RequestReset(const Tenant& tenant, const Door& door, const std::string& email,
                              const std::string& language);
    Result<void> ResetPassword(const Tenant& tenant, const Door& door, const std::string& token,
                               const std::string& password);

 private:
    struct Created {
        AccountId account;
        UserId user;
    };
    Result<Created> Create(db::Transaction& tx, const Form& form, const std::string& password_hash);
    void MailVerification(db::Transaction& tx, const Tenant& tenant, const Identity::User& user);

    db::Database& database_;
    Identity& identity_;
    Mailer& mailer_;
    const Clock& clock_;
    IdSource& ids_;
};

}  // namespace livery::accounts
