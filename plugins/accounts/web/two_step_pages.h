#pragma once

#include <livery/ports/qr_code.h>
#include <livery/registrar.h>
#include <livery/view/form_page.h>

#include "app/two_step_verification.h"

namespace livery::accounts {

// Two-step verification at a door: what it is, turning it on and off, recovery codes.
class TwoStepPages {
 public:
    TwoStepPages(TwoStepVerification& two_step, QrCode& qr_code, const Door& door)
        : two_step_(two_step), qr_code_(qr_code), door_(door) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> ShowTurnOn(const RequestContext& request) const;
    Result<Reply> TurnOn(const RequestContext& request) const;
    Result<Reply> ShowTurnOff(const RequestContext& request) const;
    Result<Reply> TurnOff(const RequestContext& request) const;
    Result<Reply> ShowRenew(const RequestContext& request) const;
    Result<Reply> Renew(const RequestContext& request) const;
    // On the way in, for those who must have it: without the password, which was just typed.
    Result<Reply> ShowEnrolment(const RequestContext& request) const;
    Result<Reply> Enrol(const RequestContext& request) const;
    // The form with key and QR code; `error` of a first try, or none.
    Result<Reply> Setup(const RequestContext& request, FormPage form, const Error* error) const;
    // The codes, or the form again with what was wrong.
    Result<Reply> TurnedOn(const RequestContext& request,
                           const Result<SecondFactor::TurnedOn>& done, const FormPage& form,
                           const std::string& done_href) const;
    View CodesView(const RequestContext& request, const std::vector<std::string>& codes,
                   const std::string& done_href) const;
    FormPage ProofForm(const RequestContext& request, const std::string& key,
                       const std::string& below) const;
    FormPage SetupForm(const RequestContext& request) const;
    FormPage EnrolmentForm(const RequestContext& request) const;
    Result<Reply> Again(const RequestContext& request, FormPage form, const Error& error) const;

    TwoStepVerification& two_step_;
    QrCode& qr_code_;
    const Door& door_;
};

}  // namespace livery::accounts
