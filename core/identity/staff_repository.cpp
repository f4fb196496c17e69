#include "identity/staff_repository.h"

#include "identity/rules.h"
#include "identity/user_repository.h"

namespace livery::identity {

namespace {

using db::Statement;

#define MEMBER_COLUMNS                                                                        \
    "SELECT u.id, u.email, u.display_name, u.language, u.roles, u.verified_at, u.closed_at, " \
    "u.created_at, (SELECT f.turned_on_at FROM identity_second_factor f WHERE f.tenant_id = " \
    "u.tenant_id AND f.user_id = u.id) "

constexpr Statement kList{
    "identity.list_staff", MEMBER_COLUMNS
    ", (SELECT MAX(s.last_seen_at) FROM identity_session s WHERE s.tenant_id = u.tenant_id AND "
    "s.user_id = u.id AND s.idle_at > ?) "
    "FROM identity_user u WHERE u.tenant_id = :tenant AND u.realm = 'console' "
    "ORDER BY u.display_name, u.id LIMIT 2000"};
constexpr Statement kFind{"identity.find_staff", MEMBER_COLUMNS
                          ", CAST(NULL AS DATETIME(6)) FROM identity_user u WHERE u.tenant_id = "
                          ":tenant AND u.id = ? AND u.realm = 'console' FOR UPDATE"};
constexpr Statement kInsert{
    "identity.insert_staff",
    "INSERT INTO identity_user (tenant_id, id, realm, email, email_key, display_name, "
    "password_hash, subject_id, language, time_zone, color_scheme, failed_sign_ins, created_at, "
    "roles) VALUES (:tenant, ?, 'console', ?, ?, ?, '', ?, ?, '', '', 0, ?, ?)"};
constexpr Statement kRename{
    "identity.rename_staff",
    "UPDATE identity_user SET display_name = ? WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kSetRoles{
    "identity.set_roles",
    "UPDATE identity_user SET roles = ? WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kSetClosed{
    "identity.set_closed",
    "UPDATE identity_user SET closed_at = ? WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kLockOwners{
    "identity.lock_owners",
    "SELECT id FROM identity_user WHERE tenant_id = :tenant AND realm = 'console' AND "
    "FIND_IN_SET('owner', roles) AND closed_at IS NULL AND verified_at IS NOT NULL FOR UPDATE"};

Staff::Member MemberOf(const db::Row& row) {
    Staff::Member member;
    member.id = row.As<UserId>(0);
    member.email = row.Text(1);
    member.display_name = row.Text(2);
    member.language = row.Text(3);
    member.roles = RolesFrom(row.Text(4));
    member.state = !row.IsNull(6)  ? Staff::State::kClosed
                   : row.IsNull(5) ? Staff::State::kInvited
                                   : Staff::State::kActive;
    member.created_at = row.Time(7);
    member.second_factor_on = !row.IsNull(8);
    member.last_seen_at = row.MaybeTime(9);
    return member;
}

}  // namespace

std::vector<Staff::Member> StaffRepository::List(db::Database& database, const TenantId& tenant,
                                                 Instant now) {
    std::vector<Staff::Member> members;
    for (const db::Row row : database.Query(tenant, kList, {now})) members.push_back(MemberOf(row));
    return members;
}

std::optional<Staff::Member> StaffRepository::Find(db::Transaction& tx, UserId user) {
    const db::Rows rows = tx.Query(kFind, {user});
    if (rows.empty()) return std::nullopt;
    return MemberOf(rows.Only());
}

void StaffRepository::Insert(db::Transaction& tx, UserId user, const Staff::Invitation& invitation,
                             Instant now) {
    // Nobody's customer: what such a login sees is its own.
    const SubjectId subject(user.uuid());
    tx.Execute(kInsert,
               {user, invitation.email, EmailKey(invitation.email), invitation.display_name,
                subject, invitation.language, now, ToText(invitation.roles)});
}

void StaffRepository::Rename(db::Transaction& tx, UserId user, const std::string& display_name) {
    tx.Execute(kRename, {display_name, user});
}

void StaffRepository::SetRoles(db::Transaction& tx, UserId user,
                               const std::set<std::string>& roles) {
    tx.Execute(kSetRoles, {ToText(roles), user});
}

void StaffRepository::SetClosed(db::Transaction& tx, UserId user,
                                std::optional<Instant> closed_at) {
    tx.Execute(kSetClosed, {closed_at, user});
}

std::vector<UserId> StaffRepository::LockOwners(db::Transaction& tx) {
    std::vector<UserId> owners;
    for (const db::Row row : tx.Query(kLockOwners, {})) owners.push_back(row.As<UserId>(0));
    return owners;
}

}  // namespace livery::identity
