// What the language says to who writes it for the first time: a mistake has a place and names the
// words that there are; nothing that is misunderstood passes.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "mariadb_storage.h"
#include "player.h"
#include "scenario.h"

namespace livery::golden {
namespace {

MariadbServer& Server() {
    static MariadbServer server;
    return server;
}

// A scenario of one subscriber who begins on 1 April and goes on with this step.
class Story {
 public:
    explicit Story(const std::string& step) {
        const auto path = std::filesystem::temp_directory_path() /
                          ("language_test_" + std::to_string(::getpid()) + ".yaml");
        std::ofstream(path) << "catalog:\n  products: {p: {name: Product}}\n  plans:\n"
                               "    a: {product: p, name: A, recurring: \"30.00\"}\n"
                               "    b: {product: p, name: B, recurring: \"60.00\"}\n"
                               "accounts: {ann: {}}\nscenarios:\n  - name: Story\n    steps:\n"
                               "      - {at: 2026-04-01, subscribe: {plan: a, as: s}}\n"
                               "      - {at: 2026-04-16, "
                            << step << "}\n";
        config::Problems problems;
        const auto file = LoadScenarios(path, problems);
        for (const config::Problem& problem : problems.list()) said_ += problem.message + "\n";
        if (problems.empty()) {
            const Scenario& story = file->scenarios.front();
            Tell(Play(story, story.payments ? Server().NewTenant() : nullptr));
        }
        std::filesystem::remove(path);
    }
    // "" = it passed.
    const std::string& said() const { return said_; }

 private:
    void Tell(const Outcome& outcome) {
        if (outcome.broken) said_ += outcome.broken->message + "\n";
        for (const Mismatch& mismatch : outcome.mismatches)
            said_ += mismatch.path + ": " + mismatch.expected + ", not " + mismatch.actual + "\n";
    }
    std::string said_;
};

std::string Said(const std::string& step) { return Story(step).said(); }

TEST(TheLanguage, NamesTheWordsThatThereAre) {
    EXPECT_EQ(Said("redeem: {code: X}"),
              "unknown key; it is one of coupon, account, subscription\nmissing\n");
    EXPECT_EQ(Said("cancel: {at: 2026-05-01}"),
              "unknown key; it is one of subscription, account, when, on, reason, bill, as\n");
    EXPECT_EQ(Said("upgrade: {to: b}"), "unknown action `upgrade`; did you mean `change_plan`?\n");
    EXPECT_EQ(Said("chnage_plan: {to: b}"),
              "unknown action `chnage_plan`; did you mean `change_plan`?\n");
    EXPECT_TRUE(
        Said("xyzzyxyzzy: {}").starts_with("unknown action `xyzzyxyzzy`; the actions are "));
    EXPECT_EQ(Said("cancel: {subscription: t}"),
              "subscription: no subscription was named `t`; there is s\n");
    EXPECT_EQ(Said("adjust: {amount: \"1.00\", line: fee}"),
              "line: INV-2026-000001 has no line `fee`; it has 1 (recurring, Product)\n");
}

TEST(TheLanguage, NamesTheWordsOfPayments) {
    EXPECT_EQ(Said("notify: {payment: p}"), "missing\n");
    EXPECT_EQ(Said("pay_online: {bill: i}"),
              "unknown key; it is one of invoice, amount, account, currency, by, as\n");
    EXPECT_EQ(Said("chargeback: {}"), "unknown action `chargeback`; did you mean `charge_back`?\n");
    EXPECT_EQ(Said("auto_pay: {}"),
              "unknown action `auto_pay`; did you mean `pay_automatically`?\n");
    EXPECT_TRUE(Said("provider: {does: nothing}")
                    .starts_with("does: `nothing` is none of asks_customer, cannot_be_reached, "));
    EXPECT_EQ(Said("provider_payment: {becomes: lost}"),
              "payment: no payment was named `last`; none is named\n");
    EXPECT_EQ(Said("refund_payment: {payment: q, amount: \"1.00\"}"),
              "payment: no payment was named `q`; none is named\n");
    EXPECT_EQ(Said("many: {times: 2, pay_online: {}}"),
              "`pay_online` cannot be inside of `many`: money that has moved cannot be taken "
              "back\n");
    EXPECT_TRUE(Said("pay_online: {}, expect: {payments: {last: {colour: red}}}")
                    .starts_with("`payments.last` has no `colour`; it has state, origin, "));
    EXPECT_EQ(Said("pay_online: {}, expect: {payments: {last: {state: declined}}}"),
              "payments.last.state: declined, not captured\n");
}

TEST(TheLanguage, SaysThatPaymentsNeedADatabase) {
    Scenario scenario;
    scenario.payments.emplace();
    const Outcome outcome = Play(scenario);
    ASSERT_TRUE(outcome.broken.has_value());
    EXPECT_EQ(outcome.broken->message, "payments at providers need a database");
}

TEST(TheLanguage, LetsNothingPassThatItDoesNotUnderstand) {
    for (const char* step : {"cancel: now", "expect: none", "expect: [{issued: none}]"})
        EXPECT_EQ(Said(step), "expected a map of keys\n") << step;
    EXPECT_EQ(Said("expect: {issued: 0}"), "issued: 0, not []\n");
    EXPECT_EQ(Said("pause: {}, refused: [paused]"), "`refused` is one reason; README.md, 5\n");
    EXPECT_EQ(Said("change_account: {sites: [x]}"),
              "sites: write {austin: {country: US, region: TX}}\n");
    EXPECT_EQ(Said("bill: {}, cancel: {}"),
              "a step does one thing: `cancel` comes after `bill`; write another step (its keys: "
              "at, one action, refused, expect, note)\n");
}

TEST(TheLanguage, FindsTheItemThatIsMeant) {
    const std::string upgrade = "change_plan: {to: b}, expect: {issued: ";
    EXPECT_EQ(Said(upgrade + "{total: \"15.00\", lines: [{amount: \"-15.00\"}, {plan: b}]}}"), "");
    EXPECT_EQ(Said(upgrade + "[{total: \"15.00\", lines: [{kind: repair, amount: \"-14.00\"}, "
                             "{kind: recurring}]}]}"),
              "issued[1].lines[1].amount: -14.00, not -15.00\n");
    EXPECT_EQ(Said(upgrade + "[{lines: [{kind: repair, amount: \"15.00\"}, {plan: b}]}]}"),
              "issued[1].lines[1].amount: 15.00, not -15.00   (the sign is another: README.md, "
              "6)\n");
    // Two that mean the same line; one that fits any leaves the other what fits only there.
    EXPECT_NE(Said(upgrade + "[{lines: [{plan: b}, {kind: recurring}]}]}"), "");
    EXPECT_EQ(Said(upgrade + "[{lines: [{}, {kind: recurring}]}]}"), "");
    EXPECT_EQ(Said(upgrade + "[{}, {}]}").find("issued: [{}, {}], not [{kind: invoice"), 0U);
}

TEST(TheLanguage, NamesADocumentBeforeItLooksAtIt) {
    EXPECT_EQ(Said("change_plan: {to: b}, expect: {documents: {up: {total: \"15.00\"}}, issued: "
                   "[{as: up}]}"),
              "");
}

TEST(TheLanguage, ReadsTimesAsPeopleWriteThem) {
    EXPECT_EQ(Said("cancel: {on: \"2026-05-01 12:30\"}, expect: {subscriptions: {s: {ends_on: "
                   "2026-05-01}}}"),
              "");
    EXPECT_EQ(Said("cancel: {on: \"2026-05-01 12:30:00\"}, expect: {subscriptions: {s: {ends_on: "
                   "2026-05-01}}}"),
              "");
    EXPECT_EQ(Said("cancel: {on: \"1 May\"}"),
              "on: write a day (2026-03-31) or a moment (2026-03-31T12:00:00)\n");
}

TEST(TheLanguage, KnowsTheLastNumberShortAndInFull) {
    EXPECT_EQ(Said("expect: {numbers: {last: 1}}"), "");
    EXPECT_EQ(Said("expect: {numbers: {last: INV-2026-000001}}"), "");
    EXPECT_EQ(Said("expect: {numbers: {last: INV-2026-000002}}"),
              "numbers.last: INV-2026-000002, not 1\n");
}

}  // namespace
}  // namespace livery::golden
