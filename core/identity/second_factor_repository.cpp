#include "identity/second_factor_repository.h"

namespace livery::identity {

namespace {

using db::Statement;

constexpr Statement kFind{
    "identity.find_second_factor",
    "SELECT sealed_secret, begun_at, turned_on_at, last_step, begun_by FROM identity_second_factor "
    "WHERE tenant_id = :tenant AND user_id = ? FOR UPDATE"};
constexpr Statement kStatusOf{
    "identity.second_factor_status",
    "SELECT f.turned_on_at, (SELECT COUNT(*) FROM identity_recovery_code c "
    "WHERE c.tenant_id = f.tenant_id AND c.user_id = f.user_id) FROM identity_second_factor f "
    "WHERE f.tenant_id = :tenant AND f.user_id = ? AND f.turned_on_at IS NOT NULL"};
constexpr Statement kBegin{"identity.begin_second_factor",
                           "INSERT INTO identity_second_factor (tenant_id, user_id, sealed_secret, "
                           "begun_at, last_step, begun_by) "
                           "VALUES (:tenant, ?, ?, ?, 0, ?) ON DUPLICATE KEY UPDATE sealed_secret "
                           "= VALUES(sealed_secret), "
                           "begun_at = VALUES(begun_at), begun_by = VALUES(begun_by)"};
constexpr Statement kTurnOn{"identity.turn_on_second_factor",
                            "UPDATE identity_second_factor SET turned_on_at = ?, last_step = ? "
                            "WHERE tenant_id = :tenant AND user_id = ? AND turned_on_at IS NULL"};
constexpr Statement kTakeStep{
    "identity.take_step",
    "UPDATE identity_second_factor SET last_step = ? WHERE tenant_id = :tenant AND user_id = ?"};
constexpr Statement kRemove{
    "identity.remove_second_factor",
    "DELETE FROM identity_second_factor WHERE tenant_id = :tenant AND user_id = ?"};
constexpr Statement kRemoveCodes{
    "identity.remove_recovery_codes",
    "DELETE FROM identity_recovery_code WHERE tenant_id = :tenant AND user_id = ?"};
constexpr Statement kInsertCode{
    "identity.insert_recovery_code",
    "INSERT INTO identity_recovery_code (tenant_id, user_id, code_hash) VALUES (:tenant, ?, ?)"};
constexpr Statement kTakeCode{
    "identity.take_recovery_code",
    "DELETE FROM identity_recovery_code WHERE tenant_id = :tenant AND user_id = ? AND "
    "code_hash = ?"};
constexpr Statement kCountCodes{
    "identity.count_recovery_codes",
    "SELECT COUNT(*) FROM identity_recovery_code WHERE tenant_id = :tenant AND user_id = ?"};

}  // namespace

SecondFactor::Status SecondFactorRepository::StatusOf(db::Database& database,
                                                      const TenantId& tenant, UserId user) {
    const db::Rows rows = database.Query(tenant, kStatusOf, {user});
    if (rows.empty()) return {};
    return {true, rows.Only().Time(0), rows.Only().Int(1)};
}

std::optional<FoundSecondFactor> SecondFactorRepository::Find(db::Transaction& tx, UserId user) {
    const db::Rows rows = tx.Query(kFind, {user});
    if (rows.empty()) return std::nullopt;
    const db::Row row = rows.Only();
    FoundSecondFactor found{std::string(row.Text(0)), row.Time(1), row.MaybeTime(2), row.Int64(3),
                            std::nullopt};
    if (!row.IsNull(4)) found.begun_by = row.As<SessionId>(4);
    return found;
}

void SecondFactorRepository::Begin(db::Transaction& tx, UserId user,
                                   const BegunSecondFactor& begun) {
    tx.Execute(kBegin, {user, begun.sealed_secret, begun.at, begun.by});
}

void SecondFactorRepository::TurnOn(db::Transaction& tx, UserId user, Instant now,
                                    std::int64_t step) {
    tx.Execute(kTurnOn, {now, step, user});
}

void SecondFactorRepository::TakeStep(db::Transaction& tx, UserId user, std::int64_t step) {
    tx.Execute(kTakeStep, {step, user});
}

void SecondFactorRepository::Remove(db::Transaction& tx, UserId user) {
    tx.Execute(kRemove, {user});
    tx.Execute(kRemoveCodes, {user});
}

void SecondFactorRepository::ReplaceCodes(db::Transaction& tx, UserId user,
                                          const std::vector<std::string>& hashes) {
    tx.Execute(kRemoveCodes, {user});
    for (const std::string& hash : hashes) tx.Execute(kInsertCode, {user, hash});
}

bool SecondFactorRepository::TakeCode(db::Transaction& tx, UserId user, const std::string& hash) {
    return tx.Execute(kTakeCode, {user, hash}) == 1;
}

int SecondFactorRepository::CountCodes(db::Transaction& tx, UserId user) {
    return tx.Query(kCountCodes, {user}).Only().Int(0);
}

}  // namespace livery::identity
