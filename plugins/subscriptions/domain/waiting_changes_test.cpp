#include "domain/waiting_changes.h"

#include <gtest/gtest.h>

namespace livery::subscriptions {
namespace {

const Currency kEuro = *Currency::Parse("EUR");

CivilTime At(const char* iso) { return *ParseCivilTime(iso); }

Choice On(const char* plan, const char* from, int quantity = 1) {
    return {At(from), plan, DayOf(At("2027-01-01")), Decimal(quantity), At("2027-01-01")};
}

class WaitingChanges : public testing::Test {
 protected:
    void Put(const Choice& change, std::optional<Decimal> quantity = std::nullopt) {
        PutPlanChange(agreement_, change, quantity, At("2027-01-10"));
    }
    Agreement agreement_{SubscriptionId(),
                         AccountId(),
                         std::nullopt,
                         kEuro,
                         "",
                         At("2027-01-01"),
                         {On("basic", "2027-01-01")},
                         {},
                         {},
                         std::nullopt,
                         ""};
};

using Choices = std::vector<Choice>;

TEST_F(WaitingChanges, ALaterChangeOfPlanTakesThePlaceOfAnEarlierOneThatWaits) {
    agreement_.choices.push_back(On("term", "2027-02-01"));
    agreement_.anchors = {{At("2027-01-01"), At("2027-01-01"), 0},
                          {At("2027-02-01"), At("2027-02-01"), 0, At("2027-02-01")}};
    Put(On("pro", "2028-01-01"));
    EXPECT_EQ(agreement_.choices, (Choices{On("basic", "2027-01-01"), On("pro", "2028-01-01")}));
    EXPECT_EQ(agreement_.anchors.size(), 1U);
}

TEST_F(WaitingChanges, AnEarlierOneTakesThePlaceOfALaterOne) {
    agreement_.choices.push_back(On("term", "2027-02-01"));
    Put(On("pro", "2027-01-10"));
    EXPECT_EQ(agreement_.choices, (Choices{On("basic", "2027-01-01"), On("pro", "2027-01-10")}));
}

TEST_F(WaitingChanges, WhatIsInForceAlreadyStays) {
    agreement_.choices.push_back(On("pro", "2027-01-10"));
    Put(On("basic", "2027-02-01"));
    EXPECT_EQ(agreement_.choices, (Choices{On("basic", "2027-01-01"), On("pro", "2027-01-10"),
                                           On("basic", "2027-02-01")}));
}

TEST_F(WaitingChanges, UnitsThatWaitStayWhateverThePlan) {
    agreement_.choices.push_back(On("basic", "2027-01-11", 2));
    agreement_.choices.push_back(On("basic", "2027-03-01", 5));
    Put(On("pro", "2027-02-01"));
    EXPECT_EQ(agreement_.choices,
              (Choices{On("basic", "2027-01-01"), On("basic", "2027-01-11", 2),
                       On("pro", "2027-02-01", 2), On("pro", "2027-03-01", 5)}));
}

TEST_F(WaitingChanges, UnitsThatWaitForTheSameDayAreThoseOfTheNewPlan) {
    agreement_.choices.push_back(On("basic", "2027-02-01", 4));
    Put(On("pro", "2027-02-01"));
    EXPECT_EQ(agreement_.choices, (Choices{On("basic", "2027-01-01"), On("pro", "2027-02-01", 4)}));
}

TEST_F(WaitingChanges, AQuantityOfItsOwnHoldsFromTheNewPlanOn) {
    agreement_.choices.push_back(On("basic", "2027-03-01", 5));
    Put(On("pro", "2027-02-01"), Decimal(3));
    EXPECT_EQ(agreement_.choices, (Choices{On("basic", "2027-01-01"), On("pro", "2027-02-01", 3)}));
}

}  // namespace
}  // namespace livery::subscriptions
