#pragma once

#include "app/methods.h"
#include "days.h"

namespace livery::payments::testing {

// An account that pays by itself, on cards of a provider without a page.
class Days : public DayByDay {
 protected:
    Days() { DunBy("collection"); }
    Collection& collection() override { return collection_; }
    PaymentMethod Card() {
        const auto card = methods_.SetUp(checkout_.tenant, {checkout_.account, "cards", "en", ""});
        EXPECT_TRUE(card.has_value() && card->state == MethodState::kActive);
        return *card;
    }

    Methods methods_{checkout_.ports};
    Collection collection_{checkout_.start, methods_, checkout_.ports};
};

}  // namespace livery::payments::testing
