#include "identity/staff_service.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <livery/db/failure.h>
#include <livery/staff/role.h>

#include "identity/mail_link.h"
#include "identity/rules.h"
#include "identity/second_factor_repository.h"
#include "identity/secrets.h"
#include "identity/session_repository.h"
#include "identity/staff_repository.h"

namespace livery::identity {

namespace {

constexpr const char* kInvitation = "invitation";
constexpr std::chrono::hours kInvitationLasts{24 * 7};

Error Nobody() { return NotFound("nobody of the staff"); }
Error LastOwner() { return Conflict("error.last_owner"); }

}  // namespace

std::vector<Staff::Member> StaffService::List(const TenantId& tenant) {
    return StaffRepository::List(database_, tenant, clock_.Now());
}

std::optional<Staff::Member> StaffService::Find(db::Transaction& tx, UserId user) {
    return StaffRepository::Find(tx, user);
}

Result<Staff::Invited> StaffService::Invite(db::Transaction& tx, const Invitation& invitation,
                                            const Actor& actor) {
    const auto known = UserRepository::FindByEmail(tx, Realm::kConsole, EmailKey(invitation.email));
    if (known && (known->user.closed || known->user.verified))
        return Conflict("the address is taken");
    const UserId user = known ? known->user.id : UserId(ids_.Next());
    try {
        if (known) {
            StaffRepository::Rename(tx, user, invitation.display_name);
            StaffRepository::SetRoles(tx, user, invitation.roles);
        } else {
            StaffRepository::Insert(tx, user, invitation, clock_.Now());
        }
    } catch (const db::DuplicateKey&) {
        return Conflict("the address was taken meanwhile");
    }
    Invited invited{user, IssueLink(tx, {"", user, kInvitation, clock_.Now() + kInvitationLasts})};
    Record(tx, actor, "staff.invited", *StaffRepository::Find(tx, user), invitation.roles);
    return invited;
}

Result<Staff::Member> StaffService::FindInvited(db::Transaction& tx, std::string_view token) {
    const auto found = UserRepository::FindToken(tx, TokenHash(token), kInvitation, clock_.Now());
    const auto member = found ? StaffRepository::Find(tx, found->user) : std::nullopt;
    if (!member || member->state != State::kInvited)
        return NotFound("the link is unknown, used or too old");
    return *member;
}

Result<UserId> StaffService::Accept(db::Transaction& tx, std::string_view token,
                                    const std::string& password_hash, const std::string& address) {
    const Member member = LIVERY_TRY(FindInvited(tx, token));
    UserRepository::EndTokens(tx, member.id, kInvitation);
    UserRepository::SetPassword(tx, member.id, password_hash);
    UserRepository::MarkVerified(tx, member.id, clock_.Now());
    Record(tx, {member.id, address}, "staff.joined", member, member.roles);
    return member.id;
}

Result<void> StaffService::SetRoles(db::Transaction& tx, UserId user,
                                    const std::set<std::string>& roles, const Actor& actor) {
    const auto member = StaffRepository::Find(tx, user);
    if (!member) return Nobody();
    if (!roles.contains(std::string(kOwnerRole)) && IsLastOwner(tx, *member)) return LastOwner();
    StaffRepository::SetRoles(tx, user, roles);
    tx.Touch(SubjectId(user.uuid()));
    Record(tx, actor, "staff.roles_set", *member, roles);
    return {};
}

Result<void> StaffService::Close(db::Transaction& tx, UserId user, const Actor& actor) {
    const auto member = StaffRepository::Find(tx, user);
    if (!member) return Nobody();
    if (member->state == State::kClosed) return {};
    if (IsLastOwner(tx, *member)) return LastOwner();
    StaffRepository::SetClosed(tx, user, clock_.Now());
    UserRepository::EndTokens(tx, user, kInvitation);
    UserRepository::EndTokens(tx, user, kResetPassword);
    SessionRepository::DeleteOthers(tx, user, SessionId());
    Record(tx, actor, "staff.closed", *member, member->roles);
    return {};
}

Result<void> StaffService::Reopen(db::Transaction& tx, UserId user, const Actor& actor) {
    const auto member = StaffRepository::Find(tx, user);
    if (!member) return Nobody();
    if (member->state != State::kClosed) return {};
    StaffRepository::SetClosed(tx, user, std::nullopt);
    Record(tx, actor, "staff.reopened", *member, member->roles);
    return {};
}

Result<void> StaffService::RemoveSecondFactor(db::Transaction& tx, UserId user,
                                              const Actor& actor) {
    const auto member = StaffRepository::Find(tx, user);
    if (!member) return Nobody();
    if (!member->second_factor_on) return Conflict("error.no_second_factor");
    SecondFactorRepository::Remove(tx, user);
    SessionRepository::DeleteOthers(tx, user, SessionId());
    Record(tx, actor, "staff.second_factor_removed", *member, member->roles);
    return {};
}

bool StaffService::IsLastOwner(db::Transaction& tx, const Member& member) {
    // Nobody else's change waits for the owners' rows.
    if (!member.roles.contains(std::string(kOwnerRole))) return false;
    const auto owners = StaffRepository::LockOwners(tx);
    return owners.size() == 1 && owners.front() == member.id;
}

void StaffService::Record(db::Transaction& tx, const Actor& actor, std::string_view action,
                          const Member& member, const std::set<std::string>& roles) {
    const std::string detail = fmt::format("{} ({})", member.email, fmt::join(roles, ", "));
    audit_.Record(tx, {action, actor.user, SubjectId(member.id.uuid()), actor.address, detail});
}

}  // namespace livery::identity
