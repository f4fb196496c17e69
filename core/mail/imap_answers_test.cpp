#include "mail/imap_answers.h"

#include <gtest/gtest.h>

namespace livery::mail {
namespace {

TEST(FoundUids, AreThoseOfTheSearchAlone) {
    EXPECT_EQ(FoundUids("* 3 EXISTS\r\n* SEARCH 4 17 2\r\n* OK 9\r\n"),
              (std::vector<std::uint32_t>{4, 17, 2}));
    EXPECT_TRUE(FoundUids("* SEARCH\r\n").empty());
    EXPECT_TRUE(FoundUids("").empty());
    EXPECT_TRUE(FoundUids("* SEARCH x -1 99999999999\r\n").empty()) << "no number of a mail";
}

TEST(StatedSizes, AreReadInAnyOrder) {
    const auto waiting = StatedSizes(
        "* 1 FETCH (UID 4 RFC822.SIZE 120)\r\n* 2 EXPUNGE\r\n* 2 FETCH (FLAGS (\\Seen) RFC822.SIZE "
        "26214401 UID 9)\r\n* 3 FETCH (UID 11)");
    ASSERT_EQ(waiting.size(), 2U);
    EXPECT_EQ(waiting[0].uid, 4U);
    EXPECT_EQ(waiting[0].size, 120U);
    EXPECT_EQ(waiting[1].uid, 9U);
    EXPECT_EQ(waiting[1].size, 26214401U);
}

}  // namespace
}  // namespace livery::mail
