#include "tenancy/staff_roles.h"

#include <gtest/gtest.h>

#include "config/yaml_document.h"

namespace livery::tenancy {
namespace {

const std::vector<Permission> kPermissions{{"staff.read", "", {"agent", "billing"}},
                                           {"staff.manage", ""},
                                           {"payments.decide", "", {"billing"}}};

struct Read {
    Roles roles;
    std::string problems;
};
Read RolesOf(const std::string& yaml) {
    config::Problems problems;
    const config::Reader reader("tenant.yaml", problems);
    const auto node = config::ParseYaml(yaml, "tenant.yaml", problems);
    const StaffConfig config = StaffConfig::Schema().Read(*node, reader);
    Read read{ReadRoles(kPermissions, config, &*node, reader), problems.ToString()};
    return read;
}

TEST(ReadRoles, AreThoseThatThePermissionsName) {
    config::Problems problems;
    const Roles roles = ReadRoles(kPermissions, {}, nullptr, config::Reader("f", problems));
    EXPECT_EQ(roles.at("owner").permissions.size(), 3U);
    EXPECT_EQ(roles.at("agent").permissions, std::set<std::string>{"staff.read"});
    EXPECT_EQ(roles.at("billing").permissions,
              (std::set<std::string>{"payments.decide", "staff.read"}));
    EXPECT_EQ(roles.size(), 3U);
}

TEST(ReadRoles, ATenantAddsAndReplaces) {
    const Read read = RolesOf(
        "roles:\n"
        "  night_shift: {label: {en: Night shift}, permissions: [staff.read]}\n"
        "  billing: {label: {en: Clerk}, permissions: []}\n");
    EXPECT_EQ(read.problems, "");
    EXPECT_EQ(read.roles.at("night_shift").label.at("en"), "Night shift");
    EXPECT_TRUE(read.roles.at("billing").permissions.empty());
    EXPECT_EQ(read.roles.at("owner").permissions.size(), 3U);
}

TEST(ReadRoles, SaysWhereAndWhatIsWrong) {
    const Read read = RolesOf(
        "roles:\n"
        "  owner: {label: {en: Boss}, permissions: [staff.read]}\n"
        "  Night: {label: {en: Night}, permissions: [staff.raed]}\n"
        "  quiet: {label: {}, permissions: []}\n");
    for (const char* part :
         {"tenant.yaml:2", "the owner may do everything, and cannot be changed", "tenant.yaml:3",
          "a role's name is a-z and _", "there is no permission `staff.raed`",
          "did you mean `staff.read`?", "it needs a name in one language at least"})
        EXPECT_NE(read.problems.find(part), std::string::npos) << part << "\n" << read.problems;
}

}  // namespace
}  // namespace livery::tenancy
