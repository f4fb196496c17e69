#pragma once

#include <livery/registrar.h>

#include "app/two_step_verification.h"

namespace livery::accounts {

// Between password and portal: the code of the authenticator app, or a recovery code.
class SecondStepPage {
 public:
    explicit SecondStepPage(TwoStepVerification& two_step) : two_step_(two_step) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> Enter(const RequestContext& request) const;

    TwoStepVerification& two_step_;
};

}  // namespace livery::accounts
