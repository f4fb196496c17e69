#include "web/second_step_page.h"

#include <livery/http/form_again.h>
#include <livery/http/page_routes.h>
#include <livery/view/form_page.h>

#include "web/next_page.h"

namespace livery::accounts {

FormPage SecondStepPage::CodeForm(const RequestContext& r) const {
    const Formatter& t = r.format();
    const bool recovery = r.Query("with") == "recovery-code";
    const std::string app_path = door_.Path("/sign-in/code");
    const std::string recovery_path = app_path + "?with=recovery-code";
    const std::string next = NextOf(r, door_);
    const std::string key = recovery ? "second_step.recovery" : "second_step.app";
    FormPage form{t.Text(key + ".title"),
                  t.Text(key + ".intro"),
                  WithNext(recovery ? recovery_path : app_path, next, door_),
                  t.Text("second_step.submit"),
                  {}};
    form.fields = {{"code", t.Text(key + ".label"), "",
                    recovery ? FormField::Kind::kText : FormField::Kind::kDigits,
                    t.Text(key + ".hint"), recovery ? "off" : "one-time-code"}};
    form.links = {
        {t.Text(key + ".other"), WithNext(recovery ? app_path : recovery_path, next, door_)},
        {t.Text("second_step.again"), WithNext(door_.Path("/sign-in"), next, door_)}};
    form.narrow = true;
    return form;
}

Result<Reply> SecondStepPage::Show(const RequestContext& r) const { return ToView(CodeForm(r)); }

Result<Reply> SecondStepPage::Enter(const RequestContext& r) const {
    const auto passed = two_step_.Pass(
        r.tenant(), {r.visitor().user, r.visitor().session, r.request().client_address},
        std::string(r.Form("code")));
    if (passed && passed->by_recovery_code)
        return Redirect{door_.TwoStep(), "notice.recovery_code_used", passed->session};
    if (passed) return Redirect{NextOf(r, door_), "", passed->session};
    if (passed.error().code == ErrorCode::kUnauthenticated)
        return Redirect{door_.Path("/sign-in"), "notice.sign_in_again", SessionCookie{}};
    return FormAgain(r, CodeForm(r), passed.error());
}

void SecondStepPage::AddTo(Registrar& registrar) {
    using P = SecondStepPage;
    PageRoutes<P> routes(registrar, *this);
    routes.Get(Access::kSecondFactor, door_.Path("/sign-in/code"), &P::Show,
               "Form for the second step");
    routes.Post(Access::kSecondFactor, door_.Path("/sign-in/code"), &P::Enter,
                "Take the second step", RateClass::kCredential);
}

}  // namespace livery::accounts
