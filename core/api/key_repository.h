#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/db/database.h>

namespace livery::api {

struct StoredKey {
    ApiKeyId id;
    std::string name;
    std::string secret_hash;  // 32 bytes; the secret itself is nowhere
    std::string scopes;       // by blanks
    Instant created_at;
    std::optional<Instant> revoked_at;
};

class KeyRepository {
 public:
    static void Insert(db::Transaction& tx, const StoredKey& key);
    // False: there is none such, or it was revoked before.
    static bool Revoke(db::Transaction& tx, ApiKeyId id, Instant now);
    static std::optional<StoredKey> Find(db::Database& database, const TenantId& tenant,
                                         ApiKeyId id);
    static std::vector<StoredKey> List(db::Database& database, const TenantId& tenant);
};

}  // namespace livery::api
