#include "domain/case_kind.h"

#include <set>

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

constexpr CaseGroup kAll[] = {CaseGroup::kDecide, CaseGroup::kBank, CaseGroup::kBooks};

TEST(ACaseKind, IsOfOneGroup) {
    std::set<std::string_view> seen;
    for (const CaseGroup group : kAll) {
        for (const std::string_view kind : KindsOf(group)) {
            EXPECT_TRUE(seen.insert(kind).second) << kind;
            EXPECT_TRUE(IsKnownKind(kind)) << kind;
        }
    }
    EXPECT_EQ(seen.size(), 19U);
    EXPECT_FALSE(IsKnownKind("unheard_of"));
}

// The statement that lists them has room for so many.
TEST(ACaseGroup, HasEightKindsAtMost) {
    for (const CaseGroup group : kAll) EXPECT_LE(KindsOf(group).size(), 8U) << ToString(group);
}

TEST(ACaseGroup, HasAWord) {
    for (const CaseGroup group : kAll) EXPECT_EQ(CaseGroupFrom(ToString(group)), group);
    EXPECT_FALSE(CaseGroupFrom("")) << "all of them";
}

}  // namespace
}  // namespace livery::payments
