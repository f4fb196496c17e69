#pragma once

#include "app/two_step_verification.h"
#include "web/second_step_page.h"
#include "web/security_pages.h"
#include "web/sign_in_pages.h"
#include "web/two_step_pages.h"

namespace livery::accounts {

// All pages of a login at one door.
class LoginPages {
 public:
    // `door` and `registration` live as long as the registrar's host.
    LoginPages(Registrar& r, Registration& registration, const Door& door)
        : two_step_(r.database(), r.Need<Identity>(), r.Need<SecondFactor>(), r.Need<Mailer>(),
                    door),
          sign_in_(registration, r.Need<Identity>(), door),
          second_step_(two_step_, door),
          two_step_pages_(two_step_, r.Need<QrCode>(), door),
          security_(r.Need<Identity>(), r.Need<SecondFactor>(), r.Need<Audit>(), door) {}

    void AddTo(Registrar& registrar) {
        sign_in_.AddTo(registrar);
        second_step_.AddTo(registrar);
        two_step_pages_.AddTo(registrar);
        security_.AddTo(registrar);
    }

 private:
    TwoStepVerification two_step_;
    SignInPages sign_in_;
    SecondStepPage second_step_;
    TwoStepPages two_step_pages_;
    SecurityPages security_;
};

}  // namespace livery::accounts
