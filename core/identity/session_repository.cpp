#include "identity/session_repository.h"

#include "identity/user_repository.h"

namespace livery::identity {

namespace {

using db::Statement;
using dispatch::Stage;

constexpr Statement kInsert{
    "identity.insert_session",
    "INSERT INTO identity_session (tenant_id, token_hash, id, user_id, csrf_token, created_at, "
    "last_seen_at, idle_at, ends_at, remember, second_factor_due, enrolment_due, address, "
    "user_agent) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kFind{
    "identity.find_session",
    "SELECT s.id, s.user_id, u.subject_id, u.display_name, u.email, u.verified_at IS NOT NULL, "
    "u.language, u.time_zone, "
    "u.color_scheme, s.csrf_token, s.last_seen_at, s.remember, COALESCE(v.version, 0), "
    "s.second_factor_due, u.realm, s.enrolment_due, u.roles "
    "FROM identity_session s JOIN identity_user u ON u.tenant_id = s.tenant_id AND u.id = "
    "s.user_id "
    "LEFT JOIN data_version v ON v.tenant_id = s.tenant_id AND v.subject_id = u.subject_id "
    "WHERE s.tenant_id = :tenant AND s.token_hash = ? AND s.idle_at > ? AND s.ends_at > ? "
    "AND u.closed_at IS NULL"};
constexpr Statement kFindHalfOpen{
    "identity.find_half_open_session",
    "SELECT remember, user_agent FROM identity_session WHERE tenant_id = :tenant AND user_id = ? "
    "AND id = ? AND second_factor_due = ? AND enrolment_due = ? FOR UPDATE"};
constexpr Statement kFindRemember{
    "identity.find_session_remember",
    "SELECT remember FROM identity_session "
    "WHERE tenant_id = :tenant AND user_id = ? AND id = ? FOR UPDATE"};
constexpr Statement kRotate{"identity.rotate_session",
                            "UPDATE identity_session SET token_hash = ? WHERE tenant_id = :tenant "
                            "AND user_id = ? AND id = ?"};
constexpr Statement kTouch{"identity.touch_session",
                           "UPDATE identity_session SET last_seen_at = ?, idle_at = LEAST(?, "
                           "ends_at) WHERE tenant_id = :tenant AND token_hash = ?"};
constexpr Statement kDeleteById{
    "identity.delete_session_by_id",
    "DELETE FROM identity_session WHERE tenant_id = :tenant AND user_id = ? AND id = ?"};
constexpr Statement kDeleteOthers{
    "identity.delete_other_sessions",
    "DELETE FROM identity_session WHERE tenant_id = :tenant AND user_id = ? AND id <> ?"};
constexpr Statement kDeleteEnded{
    "identity.delete_ended_sessions",
    "DELETE FROM identity_session WHERE tenant_id = :tenant AND user_id = ? "
    "AND (idle_at <= ? OR ends_at <= ?)"};
constexpr Statement kList{
    "identity.list_sessions",
    "SELECT id, created_at, last_seen_at, address, user_agent FROM identity_session "
    "WHERE tenant_id = :tenant AND user_id = ? AND idle_at > ? AND ends_at > ? "
    "AND NOT second_factor_due AND NOT enrolment_due ORDER BY "
    "last_seen_at DESC LIMIT 50"};

}  // namespace

void SessionRepository::Insert(db::Transaction& tx, const NewSession& s) {
    tx.Execute(kInsert, {s.token_hash, s.id, s.user, s.csrf_token, s.now, s.now, s.idle_at,
                         s.ends_at, s.remember, s.stage == Stage::kSecondFactorDue,
                         s.stage == Stage::kEnrolmentDue, s.address, s.user_agent});
}

std::optional<FoundSession> SessionRepository::Find(db::Database& database, const TenantId& tenant,
                                                    const std::string& token_hash, Instant now) {
    const db::Rows rows = database.Query(tenant, kFind, {token_hash, now, now});
    if (rows.empty()) return std::nullopt;
    const db::Row row = rows.Only();
    FoundSession found;
    Visitor& visitor = found.state.visitor;
    visitor.session = row.As<SessionId>(0);
    visitor.user = row.As<UserId>(1);
    visitor.subject = row.As<SubjectId>(2);
    visitor.display_name = row.Text(3);
    visitor.email = row.Text(4);
    visitor.verified = row.Bool(5);
    visitor.language = row.Text(6);
    visitor.time_zone = row.Text(7);
    visitor.color_scheme = row.Text(8);
    found.state.csrf_token = row.Text(9);
    found.last_seen_at = row.Time(10);
    found.remembered = row.Bool(11);
    found.state.data_version = static_cast<std::uint64_t>(row.Int64(12));
    found.state.stage = row.Bool(13)   ? Stage::kSecondFactorDue
                        : row.Bool(15) ? Stage::kEnrolmentDue
                                       : Stage::kWhole;
    found.state.realm = RealmFrom(row.Text(14));
    visitor.roles = RolesFrom(row.Text(16));
    return found;
}

std::optional<HalfOpenSession> SessionRepository::FindHalfOpen(db::Transaction& tx, UserId user,
                                                               SessionId session, Stage stage) {
    const db::Rows rows = tx.Query(kFindHalfOpen, {user, session, stage == Stage::kSecondFactorDue,
                                                   stage == Stage::kEnrolmentDue});
    if (rows.empty()) return std::nullopt;
    return HalfOpenSession{rows.Only().Bool(0), std::string(rows.Only().Text(1))};
}

std::optional<bool> SessionRepository::Rotate(db::Transaction& tx, UserId user, SessionId session,
                                              const std::string& new_token_hash) {
    const db::Rows rows = tx.Query(kFindRemember, {user, session});
    if (rows.empty()) return std::nullopt;
    tx.Execute(kRotate, {new_token_hash, user, session});
    return rows.Only().Bool(0);
}

void SessionRepository::Touch(db::Transaction& tx, const std::string& token_hash, Instant now,
                              Instant idle_at) {
    tx.Execute(kTouch, {now, idle_at, token_hash});
}

std::uint64_t SessionRepository::DeleteById(db::Transaction& tx, UserId user, SessionId session) {
    return tx.Execute(kDeleteById, {user, session});
}

void SessionRepository::DeleteOthers(db::Transaction& tx, UserId user, SessionId keep) {
    tx.Execute(kDeleteOthers, {user, keep});
}

void SessionRepository::DeleteEnded(db::Transaction& tx, UserId user, Instant now) {
    tx.Execute(kDeleteEnded, {user, now, now});
}

std::vector<Identity::Session> SessionRepository::List(db::Database& database,
                                                       const TenantId& tenant, UserId user,
                                                       Instant now) {
    std::vector<Identity::Session> sessions;
    for (const db::Row row : database.Query(tenant, kList, {user, now, now})) {
        sessions.push_back({row.As<SessionId>(0), row.Time(1), row.Time(2),
                            std::string(row.Text(3)), std::string(row.Text(4))});
    }
    return sessions;
}

}  // namespace livery::identity
