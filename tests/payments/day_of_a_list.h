#pragma once

#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/reconciliation.h"
#include "app/refunds.h"
#include "checkout.h"

namespace livery::payments::testing {

// A provider's list beside our books.
class ADayOfAList : public ::testing::Test {
 protected:
    Payment Pay(std::int64_t cents) {
        const auto paid = checkout_.Pay(checkout_.Charge(cents), cents);
        EXPECT_TRUE(paid && paid->has_value());
        return **paid;
    }
    Reconciliation::Report NextDay() {
        checkout_.clock.Set(checkout_.clock.Now() + std::chrono::days(1));
        return reconciliation_.Run(checkout_.tenant);
    }
    // By the machine's clock: the last day that is over.
    Date Yesterday() { return reconciliation_.LastDay(); }
    std::set<Date> Ended() {
        return ComparisonRepository::EndedDays(checkout_.database, checkout_.tenant.id,
                                               {"cards", Yesterday()}, 100);
    }
    std::vector<OpenDifference> Open() {
        return DifferenceRepository::ListOpen(checkout_.database, checkout_.tenant.id);
    }
    // The only one.
    Difference Only() {
        const auto open = Open();
        EXPECT_EQ(open.size(), 1U);
        return open.empty() ? Difference{} : open.front().difference;
    }
    Result<OpenDifference> Decide(bool book, const std::string& by) {
        Reconciliation::Decision decision{Open().front().id, by, "seen there", {}};
        if (book) decision.book_for = checkout_.account;
        return reconciliation_.Decide(checkout_.tenant, decision);
    }

    Checkout checkout_;
    Refunds refunds_{checkout_.desk};
    Reconciliation reconciliation_{checkout_.desk};
};

}  // namespace livery::payments::testing
