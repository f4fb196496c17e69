#include "app/staff_desk.h"

#include <algorithm>

#include <livery/utf8.h>

#include "domain/role_grants.h"

namespace livery::console {

namespace {

constexpr std::size_t kLongestName = 120;

Error Above() { return {ErrorCode::kForbidden, "above the chief's own permissions", {}}; }

// What people type around a name or an address.
std::string Trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string::npos) return "";
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// On one line, and no longer than its column.
bool IsName(const std::string& text) {
    const bool one_line = std::none_of(text.begin(), text.end(),
                                       [](unsigned char c) { return c < 0x20 || c == 0x7F; });
    return !text.empty() && one_line && IsUtf8(text) && Characters(text) <= kLongestName;
}

bool Speaks(const Tenant& tenant, const std::string& language) {
    return std::any_of(tenant.locales.begin(), tenant.locales.end(), [&](const auto& locale) {
        return locale.substr(0, locale.find('-')) == language;
    });
}

}  // namespace

Result<StaffDesk::Invited> StaffDesk::Invite(db::Transaction& tx, const Tenant& tenant,
                                             const Staff::Invitation& asked, const Chief& chief) {
    Staff::Invitation invitation = asked;
    invitation.email = Trimmed(asked.email);
    invitation.display_name = Trimmed(asked.display_name);
    std::vector<FieldError> wrong;
    if (!IsName(invitation.display_name)) wrong.push_back({"name", "error.name"});
    if (!Speaks(tenant, invitation.language)) wrong.push_back({"language", "error.language"});
    if (!identity_.IsEmail(invitation.email)) wrong.push_back({"email", "error.email"});
    const auto roles = CheckRoles(tenant, invitation.roles);
    if (!roles) wrong.insert(wrong.end(), roles.error().fields.begin(), roles.error().fields.end());
    if (!wrong.empty()) return Invalid(std::move(wrong));
    const auto known = identity_.FindByEmail(tx, Realm::kConsole, invitation.email);
    if (chief.roles && !Covers(tenant.roles, *chief.roles, invitation.roles)) return Above();
    if (known) LIVERY_TRY(Reach(tx, tenant, known->id, chief));
    return Send(tx, tenant, invitation, chief);
}

Result<StaffDesk::Invited> StaffDesk::InviteAgain(db::Transaction& tx, const Tenant& tenant,
                                                  UserId user, const Chief& chief) {
    const Staff::Member member = LIVERY_TRY(Reach(tx, tenant, user, chief));
    if (member.state != Staff::State::kInvited) return Conflict("error.not_invited");
    return Send(tx, tenant, {member.email, member.display_name, member.language, member.roles},
                chief);
}

Result<StaffDesk::Invited> StaffDesk::Send(db::Transaction& tx, const Tenant& tenant,
                                           const Staff::Invitation& invitation,
                                           const Chief& chief) {
    const auto invited = staff_.Invite(tx, invitation, chief.actor);
    if (!invited && invited.error().code == ErrorCode::kConflict)
        return InvalidField("email", "error.email_taken");
    if (!invited) return invited.error();
    const std::string link = tenant.origin + "/console/invitation?token=" + invited->token;
    Mail mail{"console",           "invitation",
              invitation.email,    invitation.display_name,
              invitation.language, {}};
    mail.model.Set("name", invitation.display_name).Set("url", link);
    mailer_.Enqueue(tx, tenant, mail);
    return Invited{invited->user, link};
}

Result<void> StaffDesk::SetRoles(db::Transaction& tx, const Tenant& tenant, UserId user,
                                 const std::set<std::string>& roles, const Chief& chief) {
    LIVERY_TRY(Reach(tx, tenant, user, chief, roles));
    LIVERY_TRY(CheckRoles(tenant, roles));
    return staff_.SetRoles(tx, user, roles, chief.actor);
}

Result<void> StaffDesk::Close(db::Transaction& tx, const Tenant& tenant, UserId user,
                              const Chief& chief) {
    LIVERY_TRY(Reach(tx, tenant, user, chief));
    if (chief.actor.user == user) return Conflict("error.oneself");
    return staff_.Close(tx, user, chief.actor);
}

Result<void> StaffDesk::Reopen(db::Transaction& tx, const Tenant& tenant, UserId user,
                               const Chief& chief) {
    LIVERY_TRY(Reach(tx, tenant, user, chief));
    return staff_.Reopen(tx, user, chief.actor);
}

Result<void> StaffDesk::RemoveSecondFactor(db::Transaction& tx, const Tenant& tenant, UserId user,
                                           const Chief& chief) {
    const Staff::Member member = LIVERY_TRY(Reach(tx, tenant, user, chief));
    // A stolen session would set up a phone of its own.
    if (chief.actor.user == user) return Conflict("error.oneself");
    LIVERY_TRY(staff_.RemoveSecondFactor(tx, user, chief.actor));
    Mail mail{"console",           "second_factor_removed", member.email,
              member.display_name, member.language,         {}};
    mail.model.Set("name", member.display_name).Set("url", tenant.origin + "/console/sign-in");
    mailer_.Enqueue(tx, tenant, mail);
    return {};
}

Result<Staff::Member> StaffDesk::Reach(db::Transaction& tx, const Tenant& tenant, UserId user,
                                       const Chief& chief, const std::set<std::string>& after) {
    const auto member = staff_.Find(tx, user);
    if (!member) return NotFound("nobody of the staff");
    if (chief.roles && !MayChange(tenant.roles, *chief.roles, member->roles, after)) return Above();
    return *member;
}

Result<void> StaffDesk::CheckRoles(const Tenant& tenant, const std::set<std::string>& roles) const {
    if (roles.empty()) return InvalidField("roles", "error.no_role");
    for (const std::string& role : roles) {
        if (!tenant.roles.contains(role)) return InvalidField("roles", "error.unknown_role");
    }
    return {};
}

}  // namespace livery::console
