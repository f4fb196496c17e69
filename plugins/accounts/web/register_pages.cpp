#include "web/register_pages.h"

#include <livery/http/form_again.h>
#include <livery/http/message_view.h>
#include <livery/http/page_routes.h>

#include "web/login_fields.h"

namespace livery::accounts {

namespace {

using Kind = FormField::Kind;

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

}  // namespace

Result<Reply> RegisterPages::ShowRegister(const RequestContext& r) const {
    return ToView(RegisterForm(r));
}

Result<Reply> RegisterPages::Register(const RequestContext& r) const {
    const auto done = registration_.Register(
        r.tenant(), {std::string(r.Form("name")), std::string(r.Form("email")),
                     std::string(r.Form("password")), std::string(r.format().language())});
    if (done) return Redirect{"/register/check-mail"};
    return FormAgain(r, RegisterForm(r), done.error());
}

Result<Reply> RegisterPages::CheckMail(const RequestContext& r) const {
    return Message(r, "check_mail", "mail", "/sign-in");
}

Result<Reply> RegisterPages::VerifyEmail(const RequestContext& r) const {
    const auto done = registration_.VerifyEmail(r.tenant(), std::string(r.Query("token")));
    if (!done) return Message(r, "bad_link", "circle-alert", "/sign-in");
    return Message(r, "verified", "circle-check", "/sign-in");
}

void RegisterPages::AddTo(Registrar& registrar) {
    using P = RegisterPages;
    PageRoutes<P> routes(registrar, *this);
    routes.Get(Access::kAnonymous, "/register", &P::ShowRegister, "Form to register");
    routes.Post(Access::kAnonymous, "/register", &P::Register, "Register", RateClass::kCredential);
    routes.Get(Access::kAnonymous, "/register/check-mail", &P::CheckMail, "A link is on its way");
    routes.Get(Access::kPublic, "/verify-email", &P::VerifyEmail, "Prove an address",
               RateClass::kCredential);
}

}  // namespace livery::accounts
