#include "web/sign_in_pages.h"

#include <livery/http/form_again.h>
#include <livery/http/message_view.h>
#include <livery/http/page_routes.h>

#include "web/login_fields.h"
#include "web/next_page.h"

namespace livery::accounts {

using Kind = FormField::Kind;

FormPage SignInPages::SignInForm(const RequestContext& r) const {
    const Formatter& t = r.format();
    const std::string key = door_.IsConsole() ? "sign_in.staff" : "sign_in";
    FormPage form{t.Text(key + ".title"),
                  t.Text(key + ".intro", {{"brand", r.tenant().name}}),
                  WithNext(door_.Path("/sign-in"), NextOf(r, door_), door_),
                  t.Text("sign_in.submit"),
                  {}};
    form.fields = {
        EmailField(r),
        {"password", t.Text("field.password"), "", Kind::kPassword, "", "current-password"}};
    form.links = {{t.Text("sign_in.forgot"), door_.Path("/forgot-password")}};
    if (!door_.IsConsole()) {
        form.fields.push_back({"remember",
                               t.Text("sign_in.remember"),
                               std::string(r.Form("remember")),
                               Kind::kCheckbox,
                               "",
                               "",
                               {},
                               false});
        form.links.push_back({t.Text("sign_in.register"), "/register"});
    }
    form.narrow = true;
    return form;
}

FormPage SignInPages::ForgotForm(const RequestContext& r) const {
    const Formatter& t = r.format();
    FormPage form{t.Text("forgot.title"),
                  t.Text("forgot.intro"),
                  door_.Path("/forgot-password"),
                  t.Text("forgot.submit"),
                  {EmailField(r)}};
    form.links = {{t.Text("forgot.back"), door_.Path("/sign-in")}};
    form.narrow = true;
    return form;
}

FormPage SignInPages::ResetForm(const RequestContext& r) const {
    const Formatter& t = r.format();
    FormPage form{t.Text("reset.title"),
                  t.Text("reset.intro"),
                  door_.Path("/reset-password?token=" + std::string(r.Query("token"))),
                  t.Text("reset.submit"),
                  {NewPasswordField(r)}};
    form.narrow = true;
    return form;
}

Result<Reply> SignInPages::ShowSignIn(const RequestContext& r) const {
    return ToView(SignInForm(r));
}

Result<Reply> SignInPages::SignIn(const RequestContext& r) const {
    const auto& request = r.request();
    const bool remember = !door_.IsConsole() && !r.Form("remember").empty();
    const auto outcome = identity_.SignIn(
        {r.tenant().id, std::string(r.Form("email")), std::string(r.Form("password")),
         request.client_address, std::string(request.headers.Find("User-Agent").value_or("")),
         remember, door_.realm});
    if (outcome && outcome->verified) return SignedIn(r, *outcome);
    if (outcome) {
        registration_.ResendVerification(r.tenant(), outcome->user);
        return Redirect{"/register/check-mail"};
    }
    if (outcome.error().code != ErrorCode::kUnauthenticated) return outcome.error();
    FormPage form = SignInForm(r);
    form.alert = r.format().Text("sign_in.wrong");
    return ToView(form);
}

// On to the next step, or to where they wanted to go.
Redirect SignInPages::SignedIn(const RequestContext& r,
                               const Identity::SignInOutcome& outcome) const {
    const std::string next = NextOf(r, door_);
    std::string to = next;
    if (outcome.second_factor_due) to = WithNext(door_.Path("/sign-in/code"), next, door_);
    if (outcome.enrolment_due) to = WithNext(door_.Path("/sign-in/set-up"), next, door_);
    return Redirect{to, "", outcome.session};
}

Result<Reply> SignInPages::SignOut(const RequestContext& r) const {
    identity_.SignOut(r.tenant().id, r.visitor().user, r.visitor().session,
                      r.request().client_address);
    return Redirect{door_.Path("/sign-in"), "notice.signed_out", SessionCookie{}};
}

Result<Reply> SignInPages::ShowForgot(const RequestContext& r) const {
    return ToView(ForgotForm(r));
}

Result<Reply> SignInPages::Forgot(const RequestContext& r) const {
    const auto asked = registration_.RequestReset(r.tenant(), door_, std::string(r.Form("email")),
                                                  std::string(r.format().language()));
    if (!asked) return FormAgain(r, ForgotForm(r), asked.error());
    return Message(r, "reset_sent", "mail", door_.Path("/sign-in"));
}

Result<Reply> SignInPages::ShowReset(const RequestContext& r) const { return ToView(ResetForm(r)); }

Result<Reply> SignInPages::Reset(const RequestContext& r) const {
    const auto done = registration_.ResetPassword(r.tenant(), door_, std::string(r.Query("token")),
                                                  std::string(r.Form("password")));
    if (done) return Redirect{door_.Path("/sign-in"), "notice.password_set"};
    if (done.error().code == ErrorCode::kNotFound)
        return Message(r, "bad_link", "circle-alert", door_.Path("/forgot-password"));
    return FormAgain(r, ResetForm(r), done.error());
}

void SignInPages::AddTo(Registrar& registrar) {
    using P = SignInPages;
    PageRoutes<P> routes(registrar, *this);
    routes.Get(Access::kAnonymous, door_.Path("/sign-in"), &P::ShowSignIn, "Form to sign in");
    routes.Post(Access::kAnonymous, door_.Path("/sign-in"), &P::SignIn, "Sign in",
                RateClass::kCredential);
    routes.Post(Access::kSignedIn, door_.Path("/sign-out"), &P::SignOut, "Sign out",
                RateClass::kPage);
    routes.Get(Access::kAnonymous, door_.Path("/forgot-password"), &P::ShowForgot,
               "Form for a forgotten password");
    routes.Post(Access::kAnonymous, door_.Path("/forgot-password"), &P::Forgot, "Mail a reset link",
                RateClass::kCredential);
    routes.Get(Access::kPublic, door_.Path("/reset-password"), &P::ShowReset,
               "Form for a new password");
    routes.Post(Access::kPublic, door_.Path("/reset-password"), &P::Reset, "Set a new password",
                RateClass::kCredential);
}

}  // namespace livery::accounts
