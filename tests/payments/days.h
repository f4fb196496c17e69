#pragma once

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "app/collection.h"
#include "checkout.h"

namespace livery::payments::testing {

// What days bring, one after the other.
class DayByDay : public ::testing::Test {
 protected:
    virtual Collection& collection() = 0;
    // A warning after ten days, and `second` after two weeks.
    PaymentSettings& DunBy(const std::string& second) {
        auto settings = std::make_shared<PaymentSettings>();
        settings->dunning.resize(2);
        settings->dunning[0].name = "warning", settings->dunning[0].at_days = 10;
        settings->dunning[1].name = second, settings->dunning[1].at_days = 14;
        checkout_.tenant.plugins.insert("payments");
        checkout_.tenant.settings["payments"] = settings;
        return *settings;
    }
    Collection::Report Run(Date day) {
        checkout_.clock.Set(std::max(checkout_.clock.Now(), Instant(day)));
        return collection().RunDay(checkout_.tenant, day);
    }
    void PayAutomatically() {
        ASSERT_TRUE(
            collection().SetAutomatic(checkout_.tenant, checkout_.account, true).has_value());
    }

    Checkout checkout_;
};

}  // namespace livery::payments::testing
