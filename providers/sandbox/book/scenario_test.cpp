#include "sandbox/book/scenario.h"

#include <set>

#include <gtest/gtest.h>

namespace livery::sandbox {
namespace {

TEST(Scenarios, EachIsReachedByItsOwnTokenAmountAndCard) {
    std::set<std::string> cards;
    for (const Scenario& scenario : Scenarios()) {
        SCOPED_TRACE(scenario.name);
        EXPECT_EQ(ByToken(TokenOf(scenario)), &scenario);
        EXPECT_EQ(ByAmount(MagicAmount(scenario)), &scenario);
        EXPECT_EQ(ByNumber(scenario.number), &scenario);
        const std::string card = CardNumber(scenario);
        EXPECT_EQ(card.empty(), scenario.kind != "card");
        if (card.empty()) continue;
        EXPECT_EQ(ByCard(card), &scenario);
        EXPECT_TRUE(PassesLuhn(card));
        EXPECT_TRUE(cards.insert(card).second);
    }
    EXPECT_EQ(ByCard(""), nullptr);
}

TEST(Luhn, FindsEveryWrongDigitAndSwap) {
    const std::string good = "4242424242424242";
    EXPECT_TRUE(PassesLuhn(good));
    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string wrong = good;
        wrong[at] = wrong[at] == '9' ? '0' : static_cast<char>(wrong[at] + 1);
        EXPECT_FALSE(PassesLuhn(wrong)) << wrong;
    }
    EXPECT_FALSE(PassesLuhn("2442424242424242"));
    EXPECT_FALSE(PassesLuhn(""));
    EXPECT_FALSE(PassesLuhn("4242-4242-4242-4242"));
}

}  // namespace
}  // namespace livery::sandbox
