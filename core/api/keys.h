#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <livery/api/operation.h>
#include <livery/ports/audit.h>
#include <livery/time/clock.h>

#include "api/key_repository.h"

namespace livery::api {

// The keys of programs. What a program sends is `lvk_<id>_<secret>`; of the secret only a hash is
// kept, so a key is shown once, when it is made. Thread: any.
class Keys {
 public:
    Keys(db::Database& database, const Clock& clock, IdSource& ids, Audit& audit)
        : database_(database), clock_(clock), ids_(ids), audit_(audit) {}

    struct Made {
        ApiKeyId id;
        std::string text;  // what the program sends
    };
    Made Make(const TenantId& tenant, const std::string& name, const std::set<std::string>& scopes);
    bool Revoke(const TenantId& tenant, ApiKeyId id);
    std::vector<StoredKey> List(const TenantId& tenant) {
        return KeyRepository::List(database_, tenant);
    }

    // Whose `Authorization: Bearer …` this is. kUnauthenticated: malformed, unknown, another
    // tenant's, a wrong secret, or revoked; which of them, nobody is told.
    Result<Caller> Authenticate(const TenantId& tenant, std::string_view authorization);

 private:
    db::Database& database_;
    const Clock& clock_;
    IdSource& ids_;
    Audit& audit_;
};

}  // namespace livery::api
