#include "web/email_pages.h"

#include <livery/http/form_again.h>
#include <livery/http/message_view.h>
#include <livery/http/page_routes.h>
#include <livery/view/form_page.h>

#include "web/profile_forms.h"

namespace livery::accounts {

Result<Reply> EmailPages::Show(const RequestContext& r) const { return ToView(EmailForm(r)); }

Result<Reply> EmailPages::Ask(const RequestContext& r) const {
    const auto asked =
        change_.Ask(r.tenant(), {r.visitor().user, std::string(r.Form("email")),
                                 std::string(r.Form("current")), r.request().client_address});
    if (asked) return Redirect{"/profile", "notice.email_link_sent"};
    return FormAgain(r, EmailForm(r), asked.error());
}

// Whoever was not signed in comes back from signing in without the token: it is not passed along.
Result<Reply> EmailPages::Confirm(const RequestContext& r) const {
    const std::string token(r.Query("token"));
    if (token.empty()) return Message(r, "email_again", "mail", "/profile");
    const auto done = change_.Confirm(r.tenant(), r.visitor().user, token);
    if (done) return Redirect{"/profile", "notice.email_changed"};
    if (done.error().code == ErrorCode::kNotFound)
        return Message(r, "bad_link", "circle-alert", "/profile/email");
    if (done.error().code == ErrorCode::kConflict)
        return Message(r, "email_taken", "circle-alert", "/profile/email");
    return done.error();
}

void EmailPages::AddTo(Registrar& registrar) {
    using P = EmailPages;
    PageRoutes<P> routes(registrar, *this);
    routes.Get(Access::kSignedIn, "/profile/email", &P::Show, "Form for another e-mail address");
    routes.Post(Access::kSignedIn, "/profile/email", &P::Ask, "Mail a link to the new address",
                RateClass::kCredential);
    routes.Get(Access::kSignedIn, "/profile/email/confirm", &P::Confirm, "Take the new address",
               RateClass::kCredential);
}

}  // namespace livery::accounts
