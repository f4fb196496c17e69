#include "domain/dunning.h"

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

using std::chrono::days;
const Currency kEuro = *Currency::Parse("EUR");
const Currency kDollar = *Currency::Parse("USD");
const Date kDay0 = *ParseDate("2026-03-01");
const std::vector<DunningStep> kSteps{{"warning", 10}, {"blocked", 14}, {"cancellation", 21}};

std::string StepOn(int day, std::int64_t owed = 100, std::optional<Money> least = {}) {
    const auto* step = StepAt(kSteps, Overdue{kDay0, Money(owed, kEuro)}, least, kDay0 + days(day));
    return step == nullptr ? "clear" : step->name;
}

// Case DU-01.
TEST(Dunning, GoesByTheAgeOfTheOldestUnpaidInvoice) {
    EXPECT_EQ(StepOn(9), "clear");
    EXPECT_EQ(StepOn(10), "warning");
    EXPECT_EQ(StepOn(13), "warning");
    EXPECT_EQ(StepOn(14), "blocked");
    EXPECT_EQ(StepOn(20), "blocked");
    EXPECT_EQ(StepOn(21), "cancellation");
    EXPECT_EQ(StepOn(400), "cancellation");
}

TEST(Dunning, IsClearOnceNothingIsOverdue) {
    EXPECT_EQ(StepOn(13, 0), "clear");
    EXPECT_EQ(StepAt(kSteps, std::nullopt, std::nullopt, kDay0 + days(30)), nullptr);
}

TEST(Dunning, LeavesAloneWhatIsNotWorthIt) {
    EXPECT_EQ(StepOn(14, 99, Money(100, kEuro)), "clear");
    EXPECT_EQ(StepOn(14, 100, Money(100, kEuro)), "blocked");
    EXPECT_EQ(StepOn(14, 99, Money(100, kDollar)), "blocked");
}

TEST(APromise, HoldsUntilItsDayIsOver) {
    const Promise promise{kDay0, kDay0 + days(5)};
    EXPECT_FALSE(Holds(promise, kDay0 - days(1)));
    EXPECT_TRUE(Holds(promise, kDay0));
    EXPECT_TRUE(Holds(promise, kDay0 + days(5)));
    EXPECT_FALSE(Holds(promise, kDay0 + days(6)));
    EXPECT_FALSE(Holds(std::nullopt, kDay0));
}

// Case DU-02: dollars are over their threshold from the start, euros from the sixth day on.
TEST(Reminders, CountPerCurrencyFromAThresholdOn) {
    const ReminderPlan plan{2, 2, {{kEuro, Money(15000, kEuro)}, {kDollar, Money(10000, kDollar)}}};
    std::map<Currency, RemindedOf> reminded;
    std::vector<std::pair<int, int>> letters;
    for (const int day : {3, 5, 6, 9, 12}) {
        const Money euros(day > 5 ? 15900 : 14900, kEuro);
        for (const Money& owed : {Money(12000, kDollar), euros}) {
            RemindedOf& of = reminded[owed.currency()];
            if (RemindsOn(plan, of, owed, kDay0 + days(day)))
                of = {of.letters + 1, kDay0 + days(day)};
        }
        letters.emplace_back(reminded[kDollar].letters, reminded[kEuro].letters);
    }
    EXPECT_EQ(letters, (std::vector<std::pair<int, int>>{{1, 0}, {1, 0}, {2, 1}, {2, 2}, {2, 2}}));
}

TEST(Reminders, AreNotWrittenAboutNothing) {
    EXPECT_FALSE(RemindsOn({}, {}, Money(0, kEuro), kDay0));
    EXPECT_TRUE(RemindsOn({}, {}, Money(1, kEuro), kDay0));
}

}  // namespace
}  // namespace livery::payments
