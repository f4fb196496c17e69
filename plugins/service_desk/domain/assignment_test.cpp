#include "domain/assignment.h"

#include <gtest/gtest.h>

#include "domain/wall_clocks.h"

namespace livery::service_desk {
namespace {

using testing::At;

UserId User(std::uint8_t number) {
    Uuid uuid{};
    uuid.bytes.back() = number;
    return UserId(uuid);
}

const Demand kArabicTrouble{{"technical"}, "ar"};

TEST(Assignment, ATicketGoesToNobodyWhoLacksASkill) {
    EXPECT_EQ(Choose(kArabicTrouble, {{User(1), {"billing"}, {"ar"}, 0, {}}}), std::nullopt);
    EXPECT_EQ(Choose({{"technical", "billing"}, "en"}, {{User(1), {"technical"}, {"en"}, 0, {}}}),
              std::nullopt);
    EXPECT_EQ(Choose(kArabicTrouble, {}), std::nullopt);
}

TEST(Assignment, ItsLanguageCountsMoreThanTheLoad) {
    EXPECT_EQ(Choose(kArabicTrouble, {{User(1), {"technical"}, {"en"}, 0, {}},
                                      {User(2), {"technical"}, {"ar", "en"}, 9, {}}}),
              User(2));
}

TEST(Assignment, WhereNobodySpeaksItSomebodyAnswersAllTheSame) {
    EXPECT_EQ(Choose(kArabicTrouble, {{User(1), {"technical"}, {"en"}, 3, {}},
                                      {User(2), {"technical"}, {"de"}, 2, {}}}),
              User(2));
}

TEST(Assignment, OfEqualsWhoWaitedLongestIsNext) {
    std::vector<Candidate> team{{User(1), {}, {"en"}, 1, At(2026, 5, 4, 10)},
                                {User(2), {}, {"en"}, 1, At(2026, 5, 4, 9)},
                                {User(3), {}, {"en"}, 2, {}}};
    EXPECT_EQ(Choose({{}, "en"}, team), User(2));
    team[0].last_given.reset();
    EXPECT_EQ(Choose({{}, "en"}, team), User(1)) << "who never had one has waited longest";
}

TEST(Assignment, DealsTenTicketsEvenly) {
    std::vector<Candidate> team{
        {User(1), {}, {"en"}, 0, {}}, {User(2), {}, {"en"}, 3, {}}, {User(3), {}, {"en"}, 0, {}}};
    for (int ticket = 0; ticket < 9; ++ticket) {
        const auto chosen = Choose({{}, "en"}, team);
        for (Candidate& one : team) {
            if (one.user != chosen) continue;
            ++one.load;
            one.last_given = At(2026, 5, 4, 10, ticket);
        }
    }
    for (const Candidate& one : team) EXPECT_EQ(one.load, 4);
}

}  // namespace
}  // namespace livery::service_desk
