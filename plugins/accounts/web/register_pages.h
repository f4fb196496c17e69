#pragma once

#include <livery/http/route.h>
#include <livery/registrar.h>

#include "app/registration.h"

namespace livery::accounts {

// How a subscriber begins: a login, and the link that proves its address.
class RegisterPages {
 public:
    explicit RegisterPages(Registration& registration) : registration_(registration) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> ShowRegister(const RequestContext& request) const;
    Result<Reply> Register(const RequestContext& request) const;
    Result<Reply> CheckMail(const RequestContext& request) const;
    Result<Reply> VerifyEmail(const RequestContext& request) const;

    Registration& registration_;
};

}  // namespace livery::accounts
