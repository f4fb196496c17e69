#pragma once

#include <livery/ports/audit.h>
#include <livery/ports/identity.h>
#include <livery/ports/second_factor.h>
#include <livery/registrar.h>

#include "app/door.h"

namespace livery::accounts {

// Where somebody is signed in, what happened with the login, and the password.
class SecurityPages {
 public:
    SecurityPages(Identity& identity, SecondFactor& second_factor, Audit& audit, const Door& door)
        : identity_(identity), second_factor_(second_factor), audit_(audit), door_(door) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> EndSession(const RequestContext& request) const;
    Result<Reply> EndOthers(const RequestContext& request) const;
    Result<Reply> ShowActivity(const RequestContext& request) const;
    Result<Reply> ShowPassword(const RequestContext& request) const;
    Result<Reply> SavePassword(const RequestContext& request) const;

    Identity& identity_;
    SecondFactor& second_factor_;
    Audit& audit_;
    const Door& door_;
};

}  // namespace livery::accounts
