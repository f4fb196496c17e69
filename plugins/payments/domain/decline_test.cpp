#include "domain/decline.h"

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

TEST(Declines, AreAsHardAsTheirAdvice) {
    EXPECT_EQ(ClassOf({"declined", "insufficient_funds", "soft"}), DeclineClass::kSoft);
    EXPECT_EQ(ClassOf({"declined", "do_not_honor", ""}), DeclineClass::kSoft);
    EXPECT_EQ(ClassOf({"declined", "lost_or_stolen", "hard"}), DeclineClass::kHard);
    for (const char* advice : {"do_not_retry", "update_details"})
        EXPECT_EQ(ClassOf({"declined", "", "soft", advice}), DeclineClass::kHard) << advice;
    // What the SDK says of a soft decline where the gateway says no more: it may pass another day.
    EXPECT_EQ(ClassOf({"declined", "insufficient_funds", "soft", "other_method"}),
              DeclineClass::kSoft);
    EXPECT_EQ(ClassOf({"declined", "", "", "other_method"}), DeclineClass::kHard);
}

TEST(Declines, ThatWantTheCustomerAreNoRetries) {
    EXPECT_EQ(ClassOf({"authentication_required"}), DeclineClass::kAuthenticate);
    EXPECT_EQ(ClassOf({"declined", "", "hard", "authenticate"}), DeclineClass::kAuthenticate);
}

TEST(Declines, OfNobodysMethodAreOurs) {
    for (const char* category :
         {"configuration", "rate_limited", "invalid_request", "unsupported", ""})
        EXPECT_EQ(ClassOf({category, "", "hard"}), DeclineClass::kOurs) << category;
}

TEST(Declines, AreReadAsTheyAreWritten) {
    for (const char* word : {"soft", "hard", "authenticate", "ours"})
        EXPECT_EQ(ToString(*DeclineClassFrom(word)), word);
    EXPECT_EQ(DeclineClassFrom("harder"), std::nullopt);
}

}  // namespace
}  // namespace livery::payments
