#include "gateways/bulkhead.h"

#include <vector>

#include <gtest/gtest.h>

namespace livery::gateways {
namespace {

TEST(ABulkhead, LeavesPlacesToOtherTenants) {
    Bulkhead bulkhead(4);
    std::vector<Bulkhead::Place> inside;
    for (int call = 0; call < 2; ++call) inside.push_back(*bulkhead.Enter("harbor"));
    EXPECT_FALSE(bulkhead.Enter("harbor")) << "half of them";
    for (int call = 0; call < 2; ++call) inside.push_back(*bulkhead.Enter("lumen"));
    EXPECT_FALSE(bulkhead.Enter("northwind")) << "all of them";
    inside.pop_back();
    EXPECT_TRUE(bulkhead.Enter("northwind"));
    inside.clear();
    EXPECT_TRUE(bulkhead.Enter("harbor"));
}

TEST(ABulkhead, OfOnePlaceHasOneForEverybody) {
    Bulkhead bulkhead(1);
    {
        const auto inside = bulkhead.Enter("harbor");
        EXPECT_TRUE(inside);
        EXPECT_FALSE(bulkhead.Enter("lumen"));
    }
    EXPECT_TRUE(bulkhead.Enter("lumen"));
}

}  // namespace
}  // namespace livery::gateways
