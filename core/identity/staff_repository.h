#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <livery/db/database.h>
#include <livery/ports/staff.h>

namespace livery::identity {

// All SQL of a tenant's staff: the logins of the realm `console`.
class StaffRepository {
 public:
    static std::vector<Staff::Member> List(db::Database& database, const TenantId& tenant,
                                           Instant now);
    // Locks the row.
    static std::optional<Staff::Member> Find(db::Transaction& tx, UserId user);
    static void Insert(db::Transaction& tx, UserId user, const Staff::Invitation& invitation,
                       Instant now);
    static void Rename(db::Transaction& tx, UserId user, const std::string& display_name);
    static void SetRoles(db::Transaction& tx, UserId user, const std::set<std::string>& roles);
    static void SetClosed(db::Transaction& tx, UserId user, std::optional<Instant> closed_at);
    // Those who can sign in now, locked: of two owners who remove each other, one is refused.
    static std::vector<UserId> LockOwners(db::Transaction& tx);
};

}  // namespace livery::identity
