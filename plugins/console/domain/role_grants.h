#pragma once

#include <set>
#include <string>

#include <livery/staff/role.h>

namespace livery::console {

// Who may give which roles: nobody hands out more than they have, so nobody raises themselves or
// takes from those above. Pure.

// Whether somebody with `own` has every permission of `wanted`. Owner is given by owners only,
// whatever permissions there are.
bool Covers(const Roles& roles, const std::set<std::string>& own,
            const std::set<std::string>& wanted);

// Whether somebody with `own` may make `before` into `after`: everything that is there or changes
// must be covered.
bool MayChange(const Roles& roles, const std::set<std::string>& own,
               const std::set<std::string>& before, const std::set<std::string>& after);

}  // namespace livery::console
