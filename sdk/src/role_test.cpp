#include <livery/staff/role.h>

#include <gtest/gtest.h>

#include <livery/realm.h>

namespace livery {
namespace {

const Roles kRoles{{"owner", {{}, {"staff.manage", "tickets.answer"}}},
                   {"agent", {{}, {"tickets.answer"}}}};

TEST(Allows, WhatAnyOfTheRolesGives) {
    EXPECT_TRUE(Allows(kRoles, {"agent"}, "tickets.answer"));
    EXPECT_FALSE(Allows(kRoles, {"agent"}, "staff.manage"));
    EXPECT_TRUE(Allows(kRoles, {"agent", "owner"}, "staff.manage"));
    EXPECT_FALSE(Allows(kRoles, {}, "tickets.answer"));
}

TEST(Allows, NothingByARoleThatIsGone) {
    EXPECT_FALSE(Allows(kRoles, {"night_shift"}, "tickets.answer"));
    EXPECT_EQ(PermissionsOf(kRoles, {"night_shift", "agent"}),
              std::set<std::string>{"tickets.answer"});
}

TEST(RealmOf, IsTheConsoleForItsPagesOnly) {
    for (const char* path : {"/console", "/console/", "/console/staff", "/console?q=x"})
        EXPECT_EQ(RealmOf(path), Realm::kConsole) << path;
    for (const char* path : {"/", "/consoles", "/console-help", "/invoices/console", ""})
        EXPECT_EQ(RealmOf(path), Realm::kPortal) << path;
}

}  // namespace
}  // namespace livery
