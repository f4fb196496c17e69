#include "mime/html_text.h"

#include <gtest/gtest.h>

namespace livery::service_desk {
namespace {

TEST(TextOfHtml, HasALineForEachBlock) {
    EXPECT_EQ(TextOfHtml("<p>It &amp; the light<br>ring</p><div>Since  Monday &mdash; ü</div>"),
              "It & the light\nring\n\nSince Monday \xE2\x80\x94 ü");
    EXPECT_EQ(TextOfHtml("<ul><li>one<li>two</ul>"), "- one\n- two");
    EXPECT_EQ(TextOfHtml("plain <b>bold</b> words"), "plain bold words");
}

TEST(TextOfHtml, MarksWhatIsQuoted) {
    EXPECT_EQ(
        TextOfHtml("Yes.<blockquote><p>Does it?</p><blockquote>old</blockquote></blockquote>"),
        "Yes.\n\n> Does it?\n> > old");
}

TEST(TextOfHtml, LeavesOutWhatNobodyReads) {
    EXPECT_EQ(TextOfHtml("<head><title>T</title><style>p{}</style></head><script>x()</script>"
                         "<p>Only</p><!-- not -->"),
              "Only");
    EXPECT_EQ(TextOfHtml(""), "");
    EXPECT_EQ(TextOfHtml("<"), "");
}

TEST(TextOfHtml, EndsOnWhatIsNestedWithoutEnd) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<div><blockquote>";
    EXPECT_LT(TextOfHtml("before" + deep + "after").size(), 100U);
}

}  // namespace
}  // namespace livery::service_desk
