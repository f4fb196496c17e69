#include "web/security_pages.h"

#include <livery/http/form_again.h>
#include <livery/http/page_routes.h>
#include <livery/view/form_page.h>

#include "web/profile_forms.h"

namespace livery::accounts {

namespace {

constexpr int kActivityRows = 25;

// "Firefox on Linux" is what people recognise; nothing else of the header is of use to them.
std::string DeviceOf(const std::string& agent) {
    const auto named = [&](std::initializer_list<const char*> names) -> std::string {
        for (const char* name : names) {
            if (agent.find(name) != std::string::npos) return name;
        }
        return "";
    };
    const std::string browser = named({"Edg", "Firefox", "Chrome", "Safari", "curl"});
    const std::string system =
        named({"Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux"});
    return browser.empty() && system.empty()
               ? "—"
               : browser + (browser.empty() || system.empty() ? "" : " · ") + system;
}

// What went wrong stands out: a person looks for what they did not do themselves.
bool IsWarning(std::string_view action) {
    return action.ends_with(".wrong") || action.ends_with(".locked") ||
           action.ends_with(".turned_off") || action == "sign_in.by_recovery_code";
}

}  // namespace

Result<Reply> SecurityPages::Show(const RequestContext& r) const {
    const Formatter& t = r.format();
    View view{"security", t.Text("security.title"), {}, 200, {}};
    const auto sessions = identity_.ListSessions(r.tenant().id, r.visitor().user);
    const auto second_factor = second_factor_.StatusOf(r.tenant().id, r.visitor().user);
    view.model.Flag("two_step_on", second_factor.on)
        .Flag("has_profile", !door_.IsConsole())
        .Set("security_href", door_.security)
        .Set("password_href", door_.password);
    auto& rows =
        view.model.Flag("has_others", sessions.size() > 1).Rows("sessions", sessions.size());
    for (const Identity::Session& session : sessions) {
        rows.emplace_back()
            .Set("device", DeviceOf(session.user_agent))
            .Set("address", session.address)
            .Set("last_seen", t.Moment(session.last_seen_at))
            .Set("end_href", door_.security + "/sessions/" + session.id.ToString() + "/end")
            .Flag("current", session.id == r.visitor().session);
    }
    return view;
}

Result<Reply> SecurityPages::EndSession(const RequestContext& r) const {
    const SessionId session = LIVERY_TRY(r.PathId<SessionId>("id"));
    LIVERY_TRY(identity_.EndSession(r.tenant().id, r.visitor().user, session));
    return Redirect{door_.security, "notice.session_ended"};
}

Result<Reply> SecurityPages::EndOthers(const RequestContext& r) const {
    identity_.EndOtherSessions(r.tenant().id, r.visitor().user, r.visitor().session);
    return Redirect{door_.security, "notice.sessions_ended"};
}

Result<Reply> SecurityPages::ShowActivity(const RequestContext& r) const {
    const Formatter& t = r.format();
    Uuid before;
    if (!r.Query("before").empty()) {
        const auto id = UuidFromBase58(r.Query("before"));
        if (!id) return NotFound("malformed id in the query");
        before = *id;
    }
    auto entries = audit_.ListOf(r.tenant().id, r.visitor().user, before, kActivityRows + 1);
    const bool more = entries.size() > kActivityRows;
    if (more) entries.resize(kActivityRows);
    View view{"activity", t.Text("activity.title"), {}, 200, {}};
    view.model.Flag("has_entries", !entries.empty())
        .Flag("has_more", more)
        .Set("security_href", door_.security)
        .Set("more_href",
             more ? door_.security + "/activity?before=" + ToBase58(entries.back().id) : "");
    auto& rows = view.model.Rows("entries", entries.size());
    for (const Audit::Recorded& entry : entries) {
        rows.emplace_back()
            .Set("what", t.Text("audit." + entry.action))
            .Set("when", t.Moment(entry.at))
            .Set("address", entry.address)
            .Flag("has_address", !entry.address.empty())
            .Flag("warning", IsWarning(entry.action));
    }
    return view;
}

Result<Reply> SecurityPages::ShowPassword(const RequestContext& r) const {
    return ToView(PasswordForm(r, door_));
}

Result<Reply> SecurityPages::SavePassword(const RequestContext& r) const {
    const Visitor& visitor = r.visitor();
    const auto done = identity_.ChangePassword(
        r.tenant().id, {visitor.user, visitor.session, r.request().client_address,
                        std::string(r.Form("current")), std::string(r.Form("password"))});
    if (done) return Redirect{door_.security, "notice.password_set", *done};
    return FormAgain(r, PasswordForm(r, door_), done.error());
}

void SecurityPages::AddTo(Registrar& registrar) {
    using P = SecurityPages;
    PageRoutes<P> routes(registrar, *this);
    routes.Get(Access::kSignedIn, door_.security, &P::Show, "Where somebody is signed in");
    routes.Post(Access::kSignedIn, door_.security + "/sessions/:id/end", &P::EndSession,
                "Sign out there", RateClass::kForm);
    routes.Post(Access::kSignedIn, door_.security + "/end-others", &P::EndOthers,
                "Sign out everywhere else", RateClass::kForm);
    routes.Get(Access::kSignedIn, door_.security + "/activity", &P::ShowActivity,
               "What happened with the login");
    routes.Get(Access::kSignedIn, door_.password, &P::ShowPassword, "Form to change the password");
    routes.Post(Access::kSignedIn, door_.password, &P::SavePassword, "Change the password",
                RateClass::kCredential);
}

}  // namespace livery::accounts
