#pragma once

#include <livery/registrar.h>
#include <livery/view/form_page.h>

#include "app/two_step_verification.h"

namespace livery::accounts {

// Between password and home: the code of the authenticator app, or a recovery code.
class SecondStepPage {
 public:
    SecondStepPage(TwoStepVerification& two_step, const Door& door)
        : two_step_(two_step), door_(door) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> Enter(const RequestContext& request) const;

    FormPage CodeForm(const RequestContext& request) const;

    TwoStepVerification& two_step_;
    const Door& door_;
};

}  // namespace livery::accounts
