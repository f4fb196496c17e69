#pragma once

#include <livery/ports/identity.h>
#include <livery/ports/mailer.h>
#include <livery/ports/second_factor.h>

#include "app/door.h"

namespace livery::accounts {

// A person puts a second step before their login, and takes it away again. Every change asks for
// the password, so that a borrowed session cannot make it, and tells the person by mail.
class TwoStepVerification {
 public:
    using Caller = SecondFactor::Caller;

    TwoStepVerification(db::Database& database, Identity& identity, SecondFactor& second_factor,
                        Mailer& mailer, const Door& door)
        : database_(database),
          identity_(identity),
          second_factor_(second_factor),
          mailer_(mailer),
          door_(door) {}

    SecondFactor::Status StatusOf(const Tenant& tenant, UserId user) {
        return second_factor_.StatusOf(tenant.id, user);
    }
    Result<SecondFactor::Enrolment> Begin(const Tenant& tenant, UserId user, SessionId session) {
        return second_factor_.Begin(tenant, user, session);
    }
    // kInvalidArgument on `current` or `code`.
    Result<SecondFactor::TurnedOn> TurnOn(const Tenant& tenant, const Caller& caller,
                                          const std::string& password, const std::string& code);
    // The same of somebody whose password was proved a moment ago, on the way in.
    Result<SecondFactor::TurnedOn> Enrol(const Tenant& tenant, const Caller& caller,
                                         const std::string& code);
    // kInvalidArgument on `current`.
    Result<void> TurnOff(const Tenant& tenant, const Caller& caller, const std::string& password);
    Result<std::vector<std::string>> RenewRecoveryCodes(const Tenant& tenant, const Caller& caller,
                                                        const std::string& password);
    // The second step itself. Errors as SecondFactor::Pass.
    Result<SecondFactor::Passed> Pass(const Tenant& tenant, const Caller& caller,
                                      const std::string& code);

 private:
    // Runs `change` and mails `name` in one transaction.
    template <class Change>
    auto Changed(const Tenant& tenant, UserId user, const std::string& name, const Change& change);
    // The same, once the password is proved.
    template <class Change>
    auto WithPassword(const Tenant& tenant, const Caller& caller, const std::string& password,
                      const std::string& name, const Change& change);
    void Tell(db::Transaction& tx, const Tenant& tenant, UserId user, const std::string& name);

    db::Database& database_;
    Identity& identity_;
    SecondFactor& second_factor_;
    Mailer& mailer_;
    const Door& door_;
};

}  // namespace livery::accounts
