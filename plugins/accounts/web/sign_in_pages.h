#pragma once

#include <livery/http/route.h>
#include <livery/ports/identity.h>
#include <livery/registrar.h>

#include "app/registration.h"

namespace livery::accounts {

// Pages of people who are not signed in: register, verify, sign in, forgotten password.
class SignInPages {
 public:
    SignInPages(Registration& registration, Identity& identity)
        : registration_(registration), identity_(identity) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> ShowRegister(const RequestContext& request) const;
    Result<Reply> Register(const RequestContext& request) const;
    Result<Reply> CheckMail(const RequestContext& request) const;
    Result<Reply> VerifyEmail(const RequestContext& request) const;
    Result<Reply> ShowSignIn(const RequestContext& request) const;
    Result<Reply> SignIn(const RequestContext& request) const;
    Result<Reply> SignOut(const RequestContext& request) const;
    Result<Reply> ShowForgot(const RequestContext& request) const;
    Result<Reply> Forgot(const RequestContext& request) const;
    Result<Reply> ShowReset(const RequestContext& request) const;
    Result<Reply> Reset(const RequestContext& request) const;

    Registration& registration_;
    Identity& identity_;
};

}  // namespace livery::accounts
