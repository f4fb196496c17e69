#include "web/invitation_pages.h"

#include <livery/http/form_again.h>
#include <livery/http/message_view.h>
#include <livery/http/page_routes.h>

#include "app/role_names.h"

namespace livery::console {

namespace {

constexpr const char* kPath = "/console/invitation";

std::string TokenOf(const RequestContext& r) { return std::string(r.Query("token")); }

FormPage PasswordForm(const RequestContext& r, const Staff::Member& member) {
    const Formatter& t = r.format();
    FormPage form{t.Text("invitation.title", {{"brand", r.tenant().name}}),
                  t.Text("invitation.intro", {{"name", member.display_name},
                                              {"email", member.email},
                                              {"roles", RoleNames(r.tenant(), member.roles, t)}}),
                  std::string(kPath) + "?token=" + TokenOf(r),
                  t.Text("invitation.submit"),
                  {{"password", t.Text("field.new_password"), "", FormField::Kind::kPassword,
                    t.Text("field.password_hint"), "new-password"}}};
    form.narrow = true;
    return form;
}

Reply BadLink(const RequestContext& r) {
    return Message(r, "bad_invitation", "circle-alert", "/console/sign-in");
}

}  // namespace

Result<Staff::Member> InvitationPages::Invited(const RequestContext& r) const {
    Result<Staff::Member> member = NotFound("not run");
    database_.Transact(r.tenant().id, [&](db::Transaction& tx) {
        member = desk_.staff().FindInvited(tx, TokenOf(r));
    });
    return member;
}

Result<Reply> InvitationPages::Show(const RequestContext& r) const {
    const auto member = Invited(r);
    if (!member) return BadLink(r);
    return ToView(PasswordForm(r, *member));
}

Result<Reply> InvitationPages::Accept(const RequestContext& r) const {
    const auto member = Invited(r);
    if (!member) return BadLink(r);
    const std::string password(r.Form("password"));
    if (auto wrong = identity_.CheckPassword(password, member->email))
        return FormAgain(r, PasswordForm(r, *member), InvalidField("password", *wrong));
    // Hashing takes long: no row stays locked meanwhile, and the link is looked at again.
    const std::string hash = LIVERY_TRY(identity_.HashPassword(password));
    Result<UserId> accepted = NotFound("not run");
    database_.Transact(r.tenant().id, [&](db::Transaction& tx) {
        accepted = desk_.Accept(tx, TokenOf(r), hash, r.request().client_address);
    });
    if (!accepted) return BadLink(r);
    return Redirect{"/console/sign-in", "notice.joined"};
}

void InvitationPages::AddTo(Registrar& registrar) {
    using P = InvitationPages;
    PageRoutes<P> routes(registrar, *this);
    routes.Get(Access::kPublic, kPath, &P::Show, "Form for the first password",
               RateClass::kCredential);
    routes.Post(Access::kPublic, kPath, &P::Accept, "Take an invitation", RateClass::kCredential);
}

}  // namespace livery::console
