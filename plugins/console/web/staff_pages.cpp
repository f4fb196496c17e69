#include "web/staff_pages.h"

#include <algorithm>
#include <map>

#include <livery/http/form_again.h>
#include <livery/http/page_routes.h>

#include "app/role_names.h"
#include "domain/role_grants.h"
#include "web/staff_forms.h"
#include "web/staff_list.h"

namespace livery::console {

namespace {

constexpr std::size_t kActivityRows = 12;

std::string PathOf(UserId user) { return "/console/staff/" + user.ToString(); }

Chief ChiefOf(const RequestContext& r) {
    return {{r.visitor().user, r.request().client_address}, r.visitor().roles};
}

std::string LanguageIn(const RequestContext& r) {
    std::string locale(r.Form("language"));
    const auto& locales = r.tenant().locales;
    if (std::find(locales.begin(), locales.end(), locale) == locales.end())
        locale = locales.front();
    return locale.substr(0, locale.find('-'));
}

// What can be done with somebody, by whoever looks at the page.
void AddActions(const RequestContext& r, const Staff::Member& member, ViewModel& model) {
    const bool own = member.id == r.visitor().user;
    const bool may = r.May("staff.manage") &&
                     MayChange(r.tenant().roles, r.visitor().roles, member.roles, member.roles);
    const bool closed = member.state == Staff::State::kClosed;
    model.Flag("may_change", may)
        .Flag("may_set_roles", may && !closed)
        .Flag("may_invite_again", may && member.state == Staff::State::kInvited)
        .Flag("may_close", may && !own && !closed)
        .Flag("may_reopen", may && closed)
        .Flag("may_reset", may && !own && member.second_factor_on)
        .Flag("is_own", own)
        .Set("page_href", PathOf(member.id));
}

// What they did, and what others did to them: the newest, each once.
std::vector<Audit::Recorded> Both(std::vector<Audit::Recorded> entries,
                                  const std::vector<Audit::Recorded>& more) {
    entries.insert(entries.end(), more.begin(), more.end());
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return b.id < a.id; });
    const auto same = [](const auto& a, const auto& b) { return a.id == b.id; };
    entries.erase(std::unique(entries.begin(), entries.end(), same), entries.end());
    if (entries.size() > kActivityRows) entries.resize(kActivityRows);
    return entries;
}

using Names = std::map<UserId, std::string>;

void AddActivity(const RequestContext& r, const std::vector<Audit::Recorded>& entries,
                 const Names& names, ViewModel& model) {
    const auto words = r.FormatterOf("accounts");
    const auto who = [&](const Audit::Recorded& entry) {
        const auto found = entry.user ? names.find(*entry.user) : names.end();
        return found == names.end() ? r.format().Text("staff.operator") : found->second;
    };
    model.Flag("has_entries", !entries.empty()).Flag("may_see_activity", true);
    auto& rows = model.Rows("entries", entries.size());
    for (const Audit::Recorded& entry : entries) {
        rows.emplace_back()
            .Set("who", who(entry))
            .Set("what", words->Text("audit." + entry.action))
            .Set("detail", entry.detail)
            .Set("when", r.format().Moment(entry.at))
            .Set("address", entry.address)
            .Flag("has_address", !entry.address.empty());
    }
}

}  // namespace

Result<Staff::Member> StaffPages::Named(const RequestContext& r) const {
    const UserId user = LIVERY_TRY(r.PathId<UserId>("id"));
    std::optional<Staff::Member> member;
    database_.Transact(r.tenant().id,
                       [&](db::Transaction& tx) { member = desk_.staff().Find(tx, user); });
    if (!member) return NotFound("nobody of the staff");
    return *std::move(member);
}

Result<Reply> StaffPages::List(const RequestContext& r) const {
    return Answer(StaffList(r, desk_.staff().List(r.tenant().id)));
}

Result<Reply> StaffPages::Show(const RequestContext& r) const {
    const Staff::Member member = LIVERY_TRY(Named(r));
    const Formatter& t = r.format();
    View view{"staff_member", member.display_name, {}, 200, {}};
    auto& names = view.model.Rows("roles", member.roles.size());
    for (const std::string& role : member.roles)
        names.emplace_back().Set("name", RoleName(r.tenant(), role, t));
    view.model.Set("name", member.display_name)
        .Set("email", member.email)
        .Set("state", StateName(member.state, t))
        .Set("badge", BadgeOf(member.state))
        .Set("since", t.Moment(member.created_at))
        .Flag("second_factor_on", member.second_factor_on);
    AddActions(r, member, view.model);
    view.model.Flag("may_see_activity", false).Flag("has_entries", false).Rows("entries", 0);
    if (r.May("staff.manage")) ShowActivity(r, member, view.model);
    return view;
}

void StaffPages::ShowActivity(const RequestContext& r, const Staff::Member& member,
                              ViewModel& model) const {
    const TenantId& tenant = r.tenant().id;
    const int most = static_cast<int>(kActivityRows);
    Names names;
    for (const Staff::Member& one : desk_.staff().List(tenant)) names[one.id] = one.display_name;
    AddActivity(r,
                Both(audit_.ListOf(tenant, member.id, Uuid(), most),
                     audit_.ListAbout(tenant, SubjectId(member.id.uuid()), Uuid(), most)),
                names, model);
}

Result<Reply> StaffPages::ShowInvite(const RequestContext& r) const {
    return ToView(InviteForm(r));
}

Result<Reply> StaffPages::Invite(const RequestContext& r) const {
    const Staff::Invitation invitation{std::string(r.Form("email")), std::string(r.Form("name")),
                                       LanguageIn(r), RolesIn(r)};
    Result<StaffDesk::Invited> invited = NotFound("not run");
    database_.Transact(r.tenant().id, [&](db::Transaction& tx) {
        invited = desk_.Invite(tx, r.tenant(), invitation, ChiefOf(r));
    });
    if (invited) return Redirect{PathOf(invited->user), "notice.invited"};
    return FormAgain(r, InviteForm(r), invited.error());
}

Result<Reply> StaffPages::ShowRoles(const RequestContext& r) const {
    const Staff::Member member = LIVERY_TRY(Named(r));
    return ToView(RolesForm(r, member, member.roles));
}

Result<Reply> StaffPages::SetRoles(const RequestContext& r) const {
    const Staff::Member member = LIVERY_TRY(Named(r));
    const auto wanted = RolesIn(r);
    Result<void> done;
    database_.Transact(r.tenant().id, [&](db::Transaction& tx) {
        done = desk_.SetRoles(tx, r.tenant(), member.id, wanted, ChiefOf(r));
    });
    if (done) return Redirect{PathOf(member.id), "notice.roles_set"};
    FormPage form = RolesForm(r, member, wanted);
    if (done.error().code != ErrorCode::kConflict)
        return FormAgain(r, std::move(form), done.error());
    form.alert = r.format().Text("error.last_owner");
    return ToView(form);
}

template <class Action>
Result<Reply> StaffPages::Act(const RequestContext& r, const char* notice,
                              const Action& action) const {
    const UserId user = LIVERY_TRY(r.PathId<UserId>("id"));
    Result<void> done;
    database_.Transact(r.tenant().id, [&](db::Transaction& tx) { done = action(tx, user); });
    if (done) return Redirect{PathOf(user), notice};
    if (done.error().code == ErrorCode::kConflict)
        return Redirect{PathOf(user), "notice.not_possible"};
    return done.error();
}

Result<Reply> StaffPages::InviteAgain(const RequestContext& r) const {
    return Act(r, "notice.invited", [&](db::Transaction& tx, UserId user) -> Result<void> {
        LIVERY_TRY(desk_.InviteAgain(tx, r.tenant(), user, ChiefOf(r)));
        return {};
    });
}

Result<Reply> StaffPages::Close(const RequestContext& r) const {
    return Act(r, "notice.closed", [&](db::Transaction& tx, UserId user) {
        return desk_.Close(tx, r.tenant(), user, ChiefOf(r));
    });
}

Result<Reply> StaffPages::Reopen(const RequestContext& r) const {
    return Act(r, "notice.reopened", [&](db::Transaction& tx, UserId user) {
        return desk_.Reopen(tx, r.tenant(), user, ChiefOf(r));
    });
}

Result<Reply> StaffPages::RemoveSecondFactor(const RequestContext& r) const {
    return Act(r, "notice.second_factor_removed", [&](db::Transaction& tx, UserId user) {
        return desk_.RemoveSecondFactor(tx, r.tenant(), user, ChiefOf(r));
    });
}

void StaffPages::AddTo(Registrar& registrar) {
    using P = StaffPages;
    registrar.Add(NavItem{"nav.staff", "/console/staff", "users", 90, "", "staff.read"});
    PageRoutes<P> reading(registrar, *this, "staff.read");
    reading.Get(Access::kSignedIn, "/console/staff", &P::List, "Who works here");
    reading.Get(Access::kSignedIn, "/console/staff/:id", &P::Show, "Somebody who works here");
    PageRoutes<P> managing(registrar, *this, "staff.manage");
    const auto form = [&](const char* path, auto show, auto save, const char* what) {
        managing.Get(Access::kSignedIn, path, show, std::string("Form: ") + what);
        managing.Post(Access::kSignedIn, path, save, what, RateClass::kForm);
    };
    const auto act = [&](const char* path, auto action, const char* what) {
        managing.Post(Access::kSignedIn, path, action, what, RateClass::kForm);
    };
    form("/console/staff/invite", &P::ShowInvite, &P::Invite, "Invite somebody");
    form("/console/staff/:id/roles", &P::ShowRoles, &P::SetRoles, "Set somebody's roles");
    act("/console/staff/:id/invite-again", &P::InviteAgain, "Send an invitation again");
    act("/console/staff/:id/close", &P::Close, "Close a login");
    act("/console/staff/:id/reopen", &P::Reopen, "Open a login again");
    act("/console/staff/:id/remove-second-factor", &P::RemoveSecondFactor,
        "Let somebody set up the second step anew");
}

}  // namespace livery::console
