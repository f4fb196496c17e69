#include "identity/user_repository.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <livery/check.h>

#include "identity/rules.h"

namespace livery::identity {

namespace {

using db::Statement;

// One statement for signing in: whether a second step is on comes with the user.
#define CREDENTIAL_COLUMNS                                                                  \
    "SELECT u.id, u.subject_id, u.email, u.display_name, u.language, u.time_zone, "         \
    "u.verified_at, u.password_hash, u.failed_sign_ins, u.locked_until, "                   \
    "(SELECT f.turned_on_at FROM identity_second_factor f WHERE f.tenant_id = u.tenant_id " \
    "AND f.user_id = u.id), u.closed_at, u.realm FROM identity_user u "

constexpr Statement kInsert{"identity.insert_user",
                            "INSERT INTO identity_user (tenant_id, id, realm, email, email_key, "
                            "display_name, password_hash, subject_id, language, "
                            "time_zone, color_scheme, failed_sign_ins, created_at) VALUES "
                            "(:tenant, ?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, ?)"};
constexpr Statement kFindByEmail{"identity.find_by_email", CREDENTIAL_COLUMNS
                                 "WHERE u.tenant_id = :tenant AND u.realm = ? AND u.email_key = ? "
                                 "FOR UPDATE"};
constexpr Statement kFind{"identity.find_user",
                          CREDENTIAL_COLUMNS "WHERE u.tenant_id = :tenant AND u.id = ? FOR UPDATE"};
constexpr Statement kNoteFailure{
    "identity.note_failure",
    "UPDATE identity_user SET failed_sign_ins = failed_sign_ins + 1, locked_until = ? "
    "WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kForgetFailures{"identity.forget_failures",
                                    "UPDATE identity_user SET failed_sign_ins = 0, locked_until = "
                                    "NULL WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kMarkVerified{"identity.mark_verified",
                                  "UPDATE identity_user SET verified_at = ? WHERE tenant_id = "
                                  ":tenant AND id = ? AND verified_at IS NULL"};
constexpr Statement kSetPassword{
    "identity.set_password",
    "UPDATE identity_user SET password_hash = ?, failed_sign_ins = 0, locked_until = NULL "
    "WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kUpdatePreferences{
    "identity.update_preferences",
    "UPDATE identity_user SET display_name = IF(? = '', display_name, ?), language = IF(? = '', "
    "language, ?), "
    "time_zone = IF(? = '', time_zone, ?), color_scheme = IF(? = '', color_scheme, ?) WHERE "
    "tenant_id = :tenant AND id = ?"};
constexpr Statement kInsertToken{"identity.insert_token",
                                 "INSERT INTO identity_token (tenant_id, token_hash, user_id, "
                                 "purpose, ends_at, email) VALUES (:tenant, ?, ?, ?, ?, ?)"};
constexpr Statement kEndTokens{
    "identity.end_tokens",
    "DELETE FROM identity_token WHERE tenant_id = :tenant AND user_id = ? AND purpose = ?"};
constexpr Statement kFindToken{"identity.find_token",
                               "SELECT t.user_id, u.realm, t.email FROM identity_token t "
                               "JOIN identity_user u ON u.tenant_id = t.tenant_id AND u.id = "
                               "t.user_id WHERE t.tenant_id = :tenant AND t.token_hash = ? "
                               "AND t.purpose = ? AND t.ends_at > ? FOR UPDATE"};
constexpr Statement kSetEmail{"identity.set_email",
                              "UPDATE identity_user SET email = ?, email_key = ? "
                              "WHERE tenant_id = :tenant AND id = ?"};
constexpr std::string_view kRealms[]{"portal", "console", "partner"};

std::optional<Credential> CredentialOf(const db::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    const db::Row row = rows.Only();
    Credential found;
    found.user = {row.As<UserId>(0),
                  row.As<SubjectId>(1),
                  std::string(row.Text(2)),
                  std::string(row.Text(3)),
                  std::string(row.Text(4)),
                  std::string(row.Text(5)),
                  !row.IsNull(6)};
    found.password_hash = row.Text(7);
    found.failed_sign_ins = row.Int(8);
    found.locked_until = row.MaybeTime(9);
    found.second_factor_on = !row.IsNull(10);
    found.user.closed = !row.IsNull(11);
    found.user.realm = RealmFrom(row.Text(12));
    return found;
}

}  // namespace

std::string_view ToText(Realm realm) { return kRealms[static_cast<std::size_t>(realm)]; }

Realm RealmFrom(std::string_view text) {
    for (const Realm realm : {Realm::kPortal, Realm::kConsole, Realm::kPartner}) {
        if (ToText(realm) == text) return realm;
    }
    throw BrokenInvariant("a realm that nobody knows: " + std::string(text));
}

std::string ToText(const std::set<std::string>& roles) {
    return fmt::format("{}", fmt::join(roles, ","));
}

std::set<std::string> RolesFrom(std::string_view text) {
    std::set<std::string> roles;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        roles.emplace(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return roles;
}

void UserRepository::Insert(db::Transaction& tx, UserId id, const Identity::NewUser& user,
                            Instant now) {
    tx.Execute(kInsert, {id, ToText(user.realm), user.email, EmailKey(user.email),
                         user.display_name, user.password_hash, user.subject, user.language, now});
}

std::optional<Credential> UserRepository::FindByEmail(db::Transaction& tx, Realm realm,
                                                      std::string_view email_key) {
    return CredentialOf(tx.Query(kFindByEmail, {ToText(realm), email_key}));
}

std::optional<Credential> UserRepository::Find(db::Transaction& tx, UserId user) {
    return CredentialOf(tx.Query(kFind, {user}));
}

void UserRepository::NoteFailure(db::Transaction& tx, UserId user,
                                 std::optional<Instant> locked_until) {
    tx.Execute(kNoteFailure, {locked_until, user});
}

void UserRepository::ForgetFailures(db::Transaction& tx, UserId user) {
    tx.Execute(kForgetFailures, {user});
}

void UserRepository::MarkVerified(db::Transaction& tx, UserId user, Instant now) {
    tx.Execute(kMarkVerified, {now, user});
}

void UserRepository::SetPassword(db::Transaction& tx, UserId user, const std::string& hash) {
    tx.Execute(kSetPassword, {hash, user});
}

void UserRepository::UpdatePreferences(db::Transaction& tx, UserId user,
                                       const Identity::Preferences& p) {
    tx.Execute(kUpdatePreferences,
               {p.display_name, p.display_name, p.language, p.language, p.time_zone, p.time_zone,
                p.color_scheme, p.color_scheme, user});
}

void UserRepository::SetEmail(db::Transaction& tx, UserId user, const std::string& email) {
    tx.Execute(kSetEmail, {email, EmailKey(email), user});
}

void UserRepository::InsertToken(db::Transaction& tx, const NewToken& token) {
    tx.Execute(kInsertToken, {token.hash, token.user, token.purpose, token.ends, token.email});
}

void UserRepository::EndTokens(db::Transaction& tx, UserId user, std::string_view purpose) {
    tx.Execute(kEndTokens, {user, purpose});
}

std::optional<FoundToken> UserRepository::FindToken(db::Transaction& tx, const std::string& hash,
                                                    std::string_view purpose, Instant now) {
    const db::Rows rows = tx.Query(kFindToken, {hash, purpose, now});
    if (rows.empty()) return std::nullopt;
    const db::Row row = rows.Only();
    return FoundToken{row.As<UserId>(0), RealmFrom(row.Text(1)), std::string(row.Text(2))};
}

}  // namespace livery::identity
