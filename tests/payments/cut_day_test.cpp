// A day whose run is killed between two methods of an account: what its owner hears of it.

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "app/collection.h"
#include "checkout.h"

namespace livery::payments::testing {
namespace {

// The day on which something falls due of who has two cards, the first of which refuses for good.
class CutDay {
 public:
    CutDay() {
        checkout.tenant.plugins.insert("payments");
        checkout.tenant.settings["payments"] = std::make_shared<PaymentSettings>();
        for (int card = 0; card < 2; ++card)
            EXPECT_TRUE(methods_.SetUp(checkout.tenant, {checkout.account, "cards", "en", ""}));
        EXPECT_TRUE(collection_.SetAutomatic(checkout.tenant, checkout.account, true));
        checkout.Charge(24995);
        checkout.database.Transact(checkout.tenant.id, [&](db::Transaction& tx) {
            day_ = checkout.ports.invoicing.LockOwed(tx, checkout.account).front().due_on;
        });
        checkout.clock.Set(Instant(day_));
        checkout.provider.Next(Does::kDeclineForGood);
    }
    void Run() {
        try {
            collection_.RunDay(checkout.tenant, day_);
        } catch (const Killed&) {
            // Before it came to the account.
        }
    }
    std::map<std::string, int> Letters() {
        std::map<std::string, int> letters;
        for (const char* kind : {"received", "refused_hard", "refused_soft", "refused_ours"}) {
            if (const int count = checkout.Letters(kind); count > 0) letters[kind] = count;
        }
        return letters;
    }
    Checkout checkout;

 private:
    Methods methods_{checkout.ports};
    Collection collection_{checkout.start, methods_, checkout.ports};
    Date day_{};
};

TEST(CutDay, TellsOnceWhereverItsRunIsKilled) {
    std::set<std::string> told;
    for (const Dies dies : {Dies::kBeforeCommit, Dies::kAfterCommit}) {
        for (int commit = 0; commit < 12; ++commit) {
            CutDay day;
            day.checkout.database.At(commit, dies);
            day.Run();
            day.checkout.database.At(-1, Dies::kNever);
            day.checkout.LetTheJanitorFinish();
            for (int again = 0; again < 2; ++again) day.Run();
            const auto letters = day.Letters();
            // Cut off before anything was begun, the try is spent, and nothing was refused.
            const bool was_begun = !day.checkout.Payments().empty();
            EXPECT_EQ(letters.size(), was_begun ? 1U : 0U) << "cut at commit " << commit;
            for (const auto& [letter, count] : letters) {
                EXPECT_EQ(count, 1) << letter << ", cut at commit " << commit;
                told.insert(letter);
            }
            EXPECT_EQ(day.checkout.WrongWithTheMoney(), "");
        }
    }
    EXPECT_EQ(told, (std::set<std::string>{"received", "refused_hard"}));
}

// A second run of the day, wherever the first one is: the other card pays all the same, once, and
// no letter is written twice.
TEST(CutDay, ChargesTheOtherCardWhereverAnotherRunComesBetween) {
    for (int commit = 0; commit < 12; ++commit) {
        CutDay day;
        day.checkout.database.After(commit, [&] { day.Run(); });
        day.Run();
        const auto letters = day.Letters();
        EXPECT_EQ(letters.count("received"), 1U) << "after commit " << commit;
        for (const auto& [letter, count] : letters)
            EXPECT_EQ(count, 1) << letter << ", after commit " << commit;
        EXPECT_EQ(day.checkout.WrongWithTheMoney(), "");
    }
}

// An event is followed while the call is under way, so that its answer is news to nobody.
TEST(CutDay, ChargesTheOtherCardWhenALookupLearnsOfTheRefusalFirst) {
    CutDay day;
    day.checkout.provider.during = [&] {
        const Payment refused = day.checkout.Payments().front();
        EXPECT_TRUE(day.checkout.desk.LookUp(day.checkout.tenant, refused).has_value());
    };
    day.checkout.provider.Next(Does::kDeclineSlowly);
    day.Run();
    EXPECT_EQ(day.Letters()["received"], 1);
    EXPECT_EQ(day.checkout.WrongWithTheMoney(), "");
}

}  // namespace
}  // namespace livery::payments::testing
