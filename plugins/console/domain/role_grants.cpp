#include "domain/role_grants.h"

#include <algorithm>

namespace livery::console {

bool Covers(const Roles& roles, const std::set<std::string>& own,
            const std::set<std::string>& wanted) {
    const std::string owner(kOwnerRole);
    if (own.contains(owner)) return true;
    if (wanted.contains(owner)) return false;
    const auto have = PermissionsOf(roles, own);
    const auto need = PermissionsOf(roles, wanted);
    return std::includes(have.begin(), have.end(), need.begin(), need.end());
}

bool MayChange(const Roles& roles, const std::set<std::string>& own,
               const std::set<std::string>& before, const std::set<std::string>& after) {
    return Covers(roles, own, before) && Covers(roles, own, after);
}

}  // namespace livery::console
