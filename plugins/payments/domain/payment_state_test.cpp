#include "domain/payment_state.h"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

constexpr int kStates = 15;

PaymentState At(int i) { return static_cast<PaymentState>(i); }

// Row: from; column: to, in the order of the enum. `a` by an answer or a lookup, `l` by a lookup
// only, `-` never.
//  created action pending authorised partly captured p.refunded refunded
//  declined failed cancelled expired unknown held failed_late
constexpr std::array<const char*, kStates> kTable{
    "-aaaaaaaaaaaaa-",  // created
    "--aaaaaaaaaa-a-",  // requires_action
    "---aaaaaaaaa-a-",  // pending
    "----aaaa-aaa-a-",  // authorised
    "-----aaa------l",  // partly_captured
    "------aa------l",  // captured
    "-------a------l",  // partly_refunded
    "---------------",  // refunded
    "----llll-----l-",  // declined
    "----llll-----l-",  // failed
    "----llll-----l-",  // cancelled
    "----llll-----l-",  // expired
    "-lllllllllll-l-",  // unknown
    "---------------",  // held
    "---------------",  // failed_late
};

TEST(PaymentStates, FollowEachOtherAsTheTableSays) {
    for (int from = 0; from < kStates; ++from) {
        for (int to = 0; to < kStates; ++to) {
            const char cell = kTable.at(static_cast<std::size_t>(from))[to];
            const std::string where =
                std::string(ToString(At(from))) + " to " + std::string(ToString(At(to)));
            EXPECT_EQ(MayFollow(At(from), At(to), Source::kAnswer), cell == 'a') << where;
            EXPECT_EQ(MayFollow(At(from), At(to), Source::kLookup), cell != '-') << where;
        }
    }
}

TEST(PaymentStates, APersonDecidesOnlyWhatIsUnderWayAndOnlyAboutTheMoney) {
    for (int from = 0; from < kStates; ++from) {
        for (int to = 0; to < kStates; ++to) {
            const bool about_money =
                At(to) == PaymentState::kCaptured || At(to) == PaymentState::kFailed;
            EXPECT_EQ(MayFollow(At(from), At(to), Source::kPerson),
                      IsUnderWay(At(from)) && about_money)
                << from << " to " << to;
        }
    }
}

TEST(PaymentStates, AreUnderWayUntilSomebodyKnowsWhatCameOfThem) {
    for (const char* word :
         {"created", "requires_action", "pending", "authorised", "unknown", "held"})
        EXPECT_TRUE(IsUnderWay(*PaymentStateFrom(word))) << word;
    for (const char* word : {"partly_captured", "captured", "partly_refunded", "refunded",
                             "declined", "failed", "cancelled", "expired", "failed_late"})
        EXPECT_FALSE(IsUnderWay(*PaymentStateFrom(word))) << word;
}

TEST(PaymentStates, AreReadAsTheyAreWritten) {
    for (int i = 0; i < kStates; ++i) EXPECT_EQ(PaymentStateFrom(ToString(At(i))), At(i));
    EXPECT_EQ(PaymentStateFrom("succeeded"), std::nullopt);
}

}  // namespace
}  // namespace livery::payments
