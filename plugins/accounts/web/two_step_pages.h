#pragma once

#include <livery/ports/qr_code.h>
#include <livery/registrar.h>
#include <livery/view/form_page.h>

#include "app/two_step_verification.h"

namespace livery::accounts {

// Two-step verification in the profile: what it is, turning it on and off, recovery codes.
class TwoStepPages {
 public:
    TwoStepPages(TwoStepVerification& two_step, QrCode& qr_code)
        : two_step_(two_step), qr_code_(qr_code) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> ShowTurnOn(const RequestContext& request) const;
    Result<Reply> TurnOn(const RequestContext& request) const;
    Result<Reply> ShowTurnOff(const RequestContext& request) const;
    Result<Reply> TurnOff(const RequestContext& request) const;
    Result<Reply> ShowRenew(const RequestContext& request) const;
    Result<Reply> Renew(const RequestContext& request) const;
    // The form with key and QR code; `error` of a first try, or none.
    Result<Reply> Setup(const RequestContext& request, const Error* error) const;

    TwoStepVerification& two_step_;
    QrCode& qr_code_;
};

}  // namespace livery::accounts
