#include "gateways/masking.h"

#include <gtest/gtest.h>

namespace livery::gateways {
namespace {

TEST(Masking, LeavesFourDigitsOfWhatMayBeACard) {
    EXPECT_EQ(Masked("card 4242424242424242.", {}), "card ************4242.");
    EXPECT_EQ(Masked("4242 4242-4242 4242", {}), "**** ****-**** 4242");
    EXPECT_EQ(Masked("378282246310005 and 6011111111111117", {}),
              "***********0005 and ************1117");
    // Behind digits that with its first four pass for a number themselves.
    EXPECT_EQ(Masked("1234567824242424242424242", {}), "*********************4242");
    // In the middle of more digits.
    EXPECT_EQ(Masked("x994242424242424242", {}).find("4242424242424242"), std::string::npos);
}

TEST(Masking, LeavesWhatIsNoCard) {
    for (const char* text : {"4291417776317066", "1234567890", "2026-11-28 12:00:00", "0.4242",
                             "018f3c2e-7b1a-7000", ""})
        EXPECT_EQ(Masked(text, {}), text);
}

TEST(Masking, LeavesNothingOfASecret) {
    EXPECT_EQ(Masked("key=abc-long, abc", {"abc", "abc-long"}), "key=***, ***");
    EXPECT_EQ(Masked("nothing here", {"", "abc"}), "nothing here");
    EXPECT_EQ(WithoutSecrets("abc 4242424242424242", {"abc"}), "*** 4242424242424242");
}

}  // namespace
}  // namespace livery::gateways
