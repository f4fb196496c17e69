#include "api/key_repository.h"

namespace livery::api {

namespace {

using db::Statement;

constexpr Statement kInsert{
    "api_key.insert",
    "INSERT INTO core_api_key (tenant_id, id, name, secret_hash, scopes, created_at) "
    "VALUES (:tenant, ?, ?, ?, ?, ?)"};
constexpr Statement kRevoke{"api_key.revoke",
                            "UPDATE core_api_key SET revoked_at = ? "
                            "WHERE tenant_id = :tenant AND id = ? AND revoked_at IS NULL"};
constexpr Statement kFind{"api_key.find",
                          "SELECT id, name, secret_hash, scopes, created_at, revoked_at "
                          "FROM core_api_key WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kList{"api_key.list",
                          "SELECT id, name, secret_hash, scopes, created_at, revoked_at "
                          "FROM core_api_key WHERE tenant_id = :tenant ORDER BY id"};

StoredKey KeyFrom(const db::Row& row) {
    return {row.As<ApiKeyId>(0),
            std::string(row.Text(1)),
            std::string(row.Text(2)),
            std::string(row.Text(3)),
            row.Time(4),
            row.MaybeTime(5)};
}

}  // namespace

void KeyRepository::Insert(db::Transaction& tx, const StoredKey& key) {
    tx.Execute(kInsert, {key.id, key.name, key.secret_hash, key.scopes, key.created_at});
}

bool KeyRepository::Revoke(db::Transaction& tx, ApiKeyId id, Instant now) {
    return tx.Execute(kRevoke, {now, id}) > 0;
}

std::optional<StoredKey> KeyRepository::Find(db::Database& database, const TenantId& tenant,
                                             ApiKeyId id) {
    const db::Rows rows = database.Query(tenant, kFind, {id});
    if (rows.empty()) return std::nullopt;
    return KeyFrom(rows[0]);
}

std::vector<StoredKey> KeyRepository::List(db::Database& database, const TenantId& tenant) {
    std::vector<StoredKey> keys;
    for (const db::Row row : database.Query(tenant, kList, {})) keys.push_back(KeyFrom(row));
    return keys;
}

}  // namespace livery::api
