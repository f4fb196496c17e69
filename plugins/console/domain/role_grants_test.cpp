#include "domain/role_grants.h"

#include <gtest/gtest.h>

namespace livery::console {
namespace {

using Names = std::set<std::string>;

const Roles kRoles{{"owner", {{}, {"staff.manage", "staff.read", "payments.decide"}}},
                   {"lead", {{}, {"staff.manage", "staff.read"}}},
                   {"agent", {{}, {"staff.read"}}},
                   {"billing", {{}, {"payments.decide"}}},
                   {"all", {{}, {"staff.manage", "staff.read", "payments.decide"}}}};

TEST(Covers, WhatOneHasOneself) {
    EXPECT_TRUE(Covers(kRoles, {"lead"}, {"agent"}));
    EXPECT_FALSE(Covers(kRoles, {"agent"}, {"lead"}));
    EXPECT_FALSE(Covers(kRoles, {"lead"}, {"billing"}));
    EXPECT_TRUE(Covers(kRoles, {"lead", "billing"}, {"all"}));
}

TEST(Covers, OwnerIsGivenByOwnersOnly) {
    EXPECT_TRUE(Covers(kRoles, {"owner"}, {"owner"}));
    EXPECT_FALSE(Covers(kRoles, {"all"}, {"owner"})) << "every permission is not being the owner";
}

TEST(Covers, ARoleThatIsGoneGivesAndNeedsNothing) {
    EXPECT_TRUE(Covers(kRoles, {"agent"}, {"gone"}));
    EXPECT_FALSE(Covers(kRoles, {"gone"}, {"agent"}));
}

// Every pair of sets of roles: one may do to others what one could do to oneself, and never more.
TEST(MayChange, NeverRaisesAndNeverReachesAbove) {
    std::vector<Names> sets{{}};
    for (const auto& [name, role] : kRoles) {
        const auto so_far = sets;
        for (Names set : so_far) {
            set.insert(name);
            sets.push_back(set);
        }
    }
    for (const Names& own : sets) {
        const auto have = PermissionsOf(kRoles, own);
        for (const Names& before : sets) {
            for (const Names& after : sets) {
                if (!MayChange(kRoles, own, before, after)) continue;
                for (const Names* touched : {&before, &after}) {
                    for (const auto& permission : PermissionsOf(kRoles, *touched))
                        ASSERT_TRUE(have.contains(permission));
                    ASSERT_TRUE(own.contains("owner") || !touched->contains("owner"));
                }
            }
        }
    }
}

}  // namespace
}  // namespace livery::console
