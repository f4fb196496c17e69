#include "web/second_step_page.h"

#include <livery/view/form_page.h>

#include "web/next_page.h"

namespace livery::accounts {

namespace {

FormPage CodeForm(const RequestContext& r) {
    const Formatter& t = r.format();
    const bool recovery = r.Query("with") == "recovery-code";
    const std::string next = NextOf(r);
    const std::string key = recovery ? "second_step.recovery" : "second_step.app";
    const std::string query = next == "/" ? "" : "next=" + next;
    const std::string other = recovery ? "/sign-in/code" : "/sign-in/code?with=recovery-code";
    FormPage form{t.Text(key + ".title"),
                  t.Text(key + ".intro"),
                  recovery ? "/sign-in/code?with=recovery-code" : "/sign-in/code",
                  t.Text("second_step.submit"),
                  {}};
    const auto hand_on = [&](std::string path) {
        if (!query.empty()) path += (path.find('?') == std::string::npos ? "?" : "&") + query;
        return path;
    };
    form.action = hand_on(form.action);
    form.fields = {{"code", t.Text(key + ".label"), "",
                    recovery ? FormField::Kind::kText : FormField::Kind::kDigits,
                    t.Text(key + ".hint"), recovery ? "off" : "one-time-code"}};
    form.links = {{t.Text(key + ".other"), hand_on(other)},
                  {t.Text("second_step.again"), WithNext("/sign-in", next)}};
    form.narrow = true;
    return form;
}

}  // namespace

Result<Reply> SecondStepPage::Show(const RequestContext& r) const { return ToView(CodeForm(r)); }

Result<Reply> SecondStepPage::Enter(const RequestContext& r) const {
    const auto passed = two_step_.Pass(
        r.tenant(), {r.visitor().user, r.visitor().session, r.request().client_address},
        std::string(r.Form("code")));
    if (passed && passed->by_recovery_code)
        return Redirect{"/profile/security/two-step", "notice.recovery_code_used", passed->session};
    if (passed) return Redirect{NextOf(r), "", passed->session};
    if (passed.error().code == ErrorCode::kUnauthenticated)
        return Redirect{"/sign-in", "notice.sign_in_again", SessionCookie{}};
    if (passed.error().code != ErrorCode::kInvalidArgument) return passed.error();
    FormPage form = CodeForm(r);
    ShowErrors(form, passed.error(), r.format());
    return ToView(form);
}

void SecondStepPage::AddTo(Registrar& registrar) {
    registrar.Add(Route{Method::kGet, "/sign-in/code", Access::kSecondFactor,
                        [this](const RequestContext& r) { return Show(r); },
                        "Form for the second step"});
    registrar.Add(Route{Method::kPost, "/sign-in/code", Access::kSecondFactor,
                        [this](const RequestContext& r) { return Enter(r); },
                        "Take the second step", RateClass::kCredential});
}

}  // namespace livery::accounts
