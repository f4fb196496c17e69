#include "web/sign_in_pages.h"

#include <livery/http/form_again.h>
#include <livery/http/page_routes.h>
#include <livery/view/form_page.h>

#include "web/message.h"
#include "web/next_page.h"

namespace livery::accounts {

namespace {

using Kind = FormField::Kind;

FormField EmailField(const RequestContext& r) {
    return {
        "email",   r.format().Text("field.email"), std::string(r.Form("email")), Kind::kEmail, "",
        "username"};
}

FormField NewPasswordField(const RequestContext& r) {
    return {"password",      r.format().Text("field.new_password"),  "",
            Kind::kPassword, r.format().Text("field.password_hint"), "new-password"};
}

FormPage RegisterForm(const RequestContext& r) {
    const Formatter& t = r.format();
    FormPage form{t.Text("register.title"),
                  t.Text("register.intro", {{"brand", r.tenant().name}}),
                  "/register",
                  t.Text("register.submit"),
                  {}};
    form.fields = {
        {"name", t.Text("field.name"), std::string(r.Form("name")), Kind::kText, "", "name"},
        EmailField(r),
        NewPasswordField(r)};
    form.links = {{t.Text("register.have_login"), "/sign-in"}};
    form.narrow = true;
    return form;
}

FormPage SignInForm(const RequestContext& r) {
    const Formatter& t = r.format();
    const std::string next = NextOf(r);
    FormPage form{t.Text("sign_in.title"),
                  t.Text("sign_in.intro", {{"brand", r.tenant().name}}),
                  WithNext("/sign-in", next),
                  t.Text("sign_in.submit"),
                  {}};
    form.fields = {
        EmailField(r),
        {"password", t.Text("field.password"), "", Kind::kPassword, "", "current-password"},
        {"remember",
         t.Text("sign_in.remember"),
         std::string(r.Form("remember")),
         Kind::kCheckbox,
         "",
         "",
         {},
         false}};
    form.links = {{t.Text("sign_in.forgot"), "/forgot-password"},
                  {t.Text("sign_in.register"), "/register"}};
    form.narrow = true;
    return form;
}

FormPage ForgotForm(const RequestContext& r) {
    const Formatter& t = r.format();
    FormPage form{t.Text("forgot.title"),
                  t.Text("forgot.intro"),
                  "/forgot-password",
                  t.Text("forgot.submit"),
                  {EmailField(r)}};
    form.links = {{t.Text("forgot.back"), "/sign-in"}};
    form.narrow = true;
    return form;
}

FormPage ResetForm(const RequestContext& r) {
    const Formatter& t = r.format();
    FormPage form{t.Text("reset.title"),
                  t.Text("reset.intro"),
                  "/reset-password?token=" + std::string(r.Query("token")),
                  t.Text("reset.submit"),
                  {NewPasswordField(r)}};
    form.narrow = true;
    return form;
}

}  // namespace

Result<Reply> SignInPages::ShowRegister(const RequestContext& r) const {
    return ToView(RegisterForm(r));
}

Result<Reply> SignInPages::Register(const RequestContext& r) const {
    const auto done = registration_.Register(
        r.tenant(), {std::string(r.Form("name")), std::string(r.Form("email")),
                     std::string(r.Form("password")), std::string(r.format().language())});
    if (done) return Redirect{"/register/check-mail"};
    return FormAgain(r, RegisterForm(r), done.error());
}

Result<Reply> SignInPages::CheckMail(const RequestContext& r) const {
    return Message(r, "check_mail", "mail", "/sign-in");
}

Result<Reply> SignInPages::VerifyEmail(const RequestContext& r) const {
    const auto done = registration_.VerifyEmail(r.tenant(), std::string(r.Query("token")));
    if (!done) return Message(r, "bad_link", "circle-alert", "/sign-in");
    return Message(r, "verified", "circle-check", "/sign-in");
}

Result<Reply> SignInPages::ShowSignIn(const RequestContext& r) const {
    return ToView(SignInForm(r));
}

Result<Reply> SignInPages::SignIn(const RequestContext& r) const {
    const auto& request = r.request();
    const auto outcome = identity_.SignIn(
        {r.tenant().id, std::string(r.Form("email")), std::string(r.Form("password")),
         request.client_address, std::string(request.headers.Find("User-Agent").value_or("")),
         !r.Form("remember").empty()});
    if (outcome && outcome->verified) {
        const std::string next = NextOf(r);
        return Redirect{outcome->second_factor_due ? WithNext("/sign-in/code", next) : next, "",
                        outcome->session};
    }
    if (outcome) {
        registration_.ResendVerification(r.tenant(), outcome->user);
        return Redirect{"/register/check-mail"};
    }
    if (outcome.error().code != ErrorCode::kUnauthenticated) return outcome.error();
    FormPage form = SignInForm(r);
    form.alert = r.format().Text("sign_in.wrong");
    return ToView(form);
}

Result<Reply> SignInPages::SignOut(const RequestContext& r) const {
    identity_.SignOut(r.tenant().id, r.visitor().user, r.visitor().session,
                      r.request().client_address);
    return Redirect{"/sign-in", "notice.signed_out", SessionCookie{}};
}

Result<Reply> SignInPages::ShowForgot(const RequestContext& r) const {
    return ToView(ForgotForm(r));
}

Result<Reply> SignInPages::Forgot(const RequestContext& r) const {
    const auto asked = registration_.RequestReset(r.tenant(), std::string(r.Form("email")),
                                                  std::string(r.format().language()));
    if (!asked) return FormAgain(r, ForgotForm(r), asked.error());
    return Message(r, "reset_sent", "mail", "/sign-in");
}

Result<Reply> SignInPages::ShowReset(const RequestContext& r) const { return ToView(ResetForm(r)); }

Result<Reply> SignInPages::Reset(const RequestContext& r) const {
    const auto done = registration_.ResetPassword(r.tenant(), std::string(r.Query("token")),
                                                  std::string(r.Form("password")));
    if (done) return Redirect{"/sign-in", "notice.password_set"};
    if (done.error().code == ErrorCode::kNotFound)
        return Message(r, "bad_link", "circle-alert", "/forgot-password");
    return FormAgain(r, ResetForm(r), done.error());
}

void SignInPages::AddTo(Registrar& registrar) {
    using P = SignInPages;
    PageRoutes<P> routes(registrar, *this);
    routes.Get(Access::kAnonymous, "/register", &P::ShowRegister, "Form to register");
    routes.Post(Access::kAnonymous, "/register", &P::Register, "Register", RateClass::kCredential);
    routes.Get(Access::kAnonymous, "/register/check-mail", &P::CheckMail, "A link is on its way");
    routes.Get(Access::kPublic, "/verify-email", &P::VerifyEmail, "Prove an address",
               RateClass::kCredential);
    routes.Get(Access::kAnonymous, "/sign-in", &P::ShowSignIn, "Form to sign in");
    routes.Post(Access::kAnonymous, "/sign-in", &P::SignIn, "Sign in", RateClass::kCredential);
    routes.Post(Access::kSignedIn, "/sign-out", &P::SignOut, "Sign out", RateClass::kPage);
    routes.Get(Access::kAnonymous, "/forgot-password", &P::ShowForgot,
               "Form for a forgotten password");
    routes.Post(Access::kAnonymous, "/forgot-password", &P::Forgot, "Mail a reset link",
                RateClass::kCredential);
    routes.Get(Access::kPublic, "/reset-password", &P::ShowReset, "Form for a new password");
    routes.Post(Access::kPublic, "/reset-password", &P::Reset, "Set a new password",
                RateClass::kCredential);
}

}  // namespace livery::accounts
