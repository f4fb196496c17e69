#include "app/pace.h"

#include <gtest/gtest.h>

namespace livery::invoices {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

void MakeWay(Pace& pace, int times) {
    for (int i = 0; i < times; ++i) pace.MadeWay();
}

// How many batches go one at a time, each of which takes so long.
int GoAlone(Pace& pace, milliseconds took) {
    int batches = 0;
    for (; !pace.SideBySide(); ++batches) pace.WentAlone(took);
    return batches;
}

TEST(Pace, IsSideBySideUntilThreeInARowMadeWay) {
    Pace pace;
    EXPECT_EQ(pace.Patience(), seconds(1));
    MakeWay(pace, 2);
    EXPECT_TRUE(pace.SideBySide());
    pace.GotItsTurn();
    MakeWay(pace, 2);
    EXPECT_TRUE(pace.SideBySide()) << "not in a row";
    pace.MadeWay();
    EXPECT_FALSE(pace.SideBySide());
}

TEST(Pace, IsSideBySideAgainOnASlowDiskWithThePatienceThatItAsksFor) {
    Pace pace;
    MakeWay(pace, 3);
    pace.WentAlone(seconds(60));  // it may have waited for a batch that went ahead before
    EXPECT_EQ(GoAlone(pace, seconds(4)), 7);
    EXPECT_TRUE(pace.SideBySide());
    EXPECT_EQ(pace.Patience(), seconds(12));
}

TEST(Pace, HasPatienceWithinBounds) {
    Pace quick;
    MakeWay(quick, 3);
    GoAlone(quick, milliseconds(20));
    EXPECT_EQ(quick.Patience(), seconds(1));
    Pace slow;
    MakeWay(slow, 3);
    GoAlone(slow, seconds(90));
    EXPECT_EQ(slow.Patience(), seconds(15));
}

// Parents and children in different batches, all along: little is done for nothing.
TEST(Pace, TriesLessAndLessOftenWhereTheyAreInEachOthersWay) {
    Pace pace;
    int made_way = 0;
    for (int batch = 0; batch < 1000;) {
        if (pace.SideBySide()) {
            pace.MadeWay();
            ++made_way;
            ++batch;
        } else {
            batch += GoAlone(pace, milliseconds(300));
        }
    }
    EXPECT_LT(made_way, 25);
}

TEST(Pace, IsNotChangedByWhoMakesWayLate) {
    Pace pace;
    MakeWay(pace, 4);  // the fourth had gone ahead already
    EXPECT_EQ(GoAlone(pace, milliseconds(1)), 8);
    MakeWay(pace, 2);
    EXPECT_TRUE(pace.SideBySide());
}

}  // namespace
}  // namespace livery::invoices
