#pragma once

#include <livery/http/route.h>
#include <livery/ports/identity.h>
#include <livery/registrar.h>
#include <livery/view/form_page.h>

#include "app/registration.h"

namespace livery::accounts {

// Signing in and out at a door, and the forgotten password.
class SignInPages {
 public:
    SignInPages(Registration& registration, Identity& identity, const Door& door)
        : registration_(registration), identity_(identity), door_(door) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> ShowSignIn(const RequestContext& request) const;
    Result<Reply> SignIn(const RequestContext& request) const;
    Result<Reply> SignOut(const RequestContext& request) const;
    Result<Reply> ShowForgot(const RequestContext& request) const;
    Result<Reply> Forgot(const RequestContext& request) const;
    Result<Reply> ShowReset(const RequestContext& request) const;
    Result<Reply> Reset(const RequestContext& request) const;

    FormPage SignInForm(const RequestContext& request) const;
    FormPage ForgotForm(const RequestContext& request) const;
    FormPage ResetForm(const RequestContext& request) const;
    Redirect SignedIn(const RequestContext& request, const Identity::SignInOutcome& outcome) const;

    Registration& registration_;
    Identity& identity_;
    const Door& door_;
};

}  // namespace livery::accounts
