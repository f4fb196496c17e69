#include "settings/catalog_reader.h"

#include <gtest/gtest.h>

#include "config/yaml_document.h"

namespace livery::catalog {
namespace {

const Currency kEuro = *Currency::Parse("EUR");

struct Reading {
    billing::Catalog catalog;
    std::string problems;
};

Reading Read(const std::string& text) {
    config::Problems problems;
    Reading reading;
    const auto node = config::ParseYaml(text, "catalog.yaml", problems);
    if (node) {
        reading.catalog =
            ReadCatalog(*node, config::Reader("catalog.yaml", problems), std::nullopt);
    }
    reading.problems = problems.ToString();
    return reading;
}

// The plan `basic` with other lines from line 7 on.
std::string WrongPlan(const std::string& lines) {
    return Read(
               "currency: EUR\nproducts:\n  net: {name: Net}\nplans:\n  basic:\n"
               "    name: Basic\n" +
               lines)
        .problems;
}

// The right catalog, then sections from line 9 on.
std::string WrongAfter(const std::string& sections) {
    return Read(
               "currency: EUR\nproducts:\n  net: {name: Net}\nplans:\n  basic:\n"
               "    name: Basic\n    product: net\n    recurring: \"9.90\"\n" +
               sections)
        .problems;
}

TEST(ACatalog, ThatIsRightIsReadWhole) {
    const Reading reading = Read(R"(currency: EUR
policies: {proration: fixed_30, last_day: billed, day_of_change: old_plan, pause_credit: none,
           tax_rounding: per_document, inclusive_rounding: net, payment_days: 30}
products:
  net: {name: Net}
  extra: {name: Extra, addon_to: [net]}
plans:
  basic:
    product: net
    name: Basic
    frequency: quarter
    billing: in_arrear
    phases:
      - {kind: trial, length: 14 days}
      - {recurring: {EUR: "9.90", USD: "10.90"}}
    versions:
      - {effective_from: 2027-07-01, migrate_existing: true, recurring: {EUR: "11.00", USD: "12.00"}}
  more: {product: extra, name: More, align: bundle, phases_from: bundle, recurring: "3"}
changes: [{from: basic, to: net, timing: end_of_term, phases: restart, periods: restart}]
coupons: {HALF: {name: Half, percent: "50", times: 3, until: 2027-12-31, plans: [basic]}}
)");
    EXPECT_EQ(reading.problems, "");
    const billing::Plan& basic = reading.catalog.plans.at("basic");
    ASSERT_EQ(basic.versions.size(), 2U);
    EXPECT_EQ(basic.versions[0].frequency, (Length{3, Length::Unit::kMonth}));
    EXPECT_EQ(basic.versions[1].frequency, (Length{3, Length::Unit::kMonth}));
    EXPECT_EQ(basic.versions[1].mode, billing::BillingMode::kInArrear);
    EXPECT_TRUE(basic.versions[1].migrate_existing);
    EXPECT_EQ(basic.versions[0].phases[1].recurring.at(kEuro), Decimal(99, 1));
    EXPECT_EQ(reading.catalog.plans.at("more").billing_alignment,
              billing::BillingAlignment::kBundle);
    EXPECT_EQ(reading.catalog.changes.front().anchor, billing::ChangeRule::Anchor::kRestart);
    EXPECT_EQ(reading.catalog.coupons.at("HALF").times, 3);
    const billing::Policies& policies = reading.catalog.policies;
    EXPECT_EQ(policies.proration, billing::Policies::Proration::kFixed30);
    EXPECT_EQ(policies.day_of_change, billing::Policies::DayOfChange::kOld);
    EXPECT_EQ(policies.pause_credit, billing::Policies::PauseCredit::kNone);
    EXPECT_EQ(policies.payment_days, 30);
}

TEST(ACatalog, SaysWhereAnAmountIsWrong) {
    EXPECT_TRUE(WrongPlan("    product: net\n    recurring: \"9.999\"\n")
                    .starts_with("catalog.yaml:8:16: `9.999` is finer than the minor unit of EUR, "
                                 "which has 2 decimals"));
    EXPECT_TRUE(WrongPlan("    product: net\n    recurring: free\n")
                    .starts_with("catalog.yaml:8:16: `free` is no amount; write 1234.50"));
    EXPECT_TRUE(WrongPlan("    product: net\n    recurring: {EURO: \"1\"}\n")
                    .starts_with("catalog.yaml:8:17: `EURO` is no ISO 4217 currency"));
    EXPECT_TRUE(WrongPlan("    product: net\n    recurring: \"-1\"\n")
                    .starts_with("catalog.yaml:8:16: `-1` is no amount; write 1234.50"));
}

TEST(ACatalog, SaysWhereANameLeadsNowhere) {
    EXPECT_EQ(WrongPlan("    product: nett\n    recurring: \"1\"\n"),
              "catalog.yaml:7:14: plans.basic.product: there is no product `nett`; did you mean "
              "`net`?\ncatalog.yaml:3:8: products.net: no plan sells it\n");
    EXPECT_EQ(WrongAfter("changes: [{to: pro}]\n"),
              "catalog.yaml:9:10: changes: there is no plan or product `pro`\n");
    EXPECT_EQ(WrongAfter("coupons: {A: {name: A, percent: \"5\", plans: [pro]}}\n"),
              "catalog.yaml:9:14: coupons.A: there is no plan `pro`\n");
    EXPECT_EQ(WrongAfter("coupons: {A: {name: A}}\n"),
              "catalog.yaml:9:14: coupons.A: give either `percent` or `amount`\n");
    EXPECT_EQ(WrongAfter("coupons: {A: {name: A, percent: \"5\", amount: \"5\"}}\n"),
              "catalog.yaml:9:14: coupons.A: give either `percent` or `amount`\n");
}

TEST(ACatalog, SaysWhichPlanNobodyCanHave) {
    EXPECT_EQ(WrongPlan("    product: net\n    recurring: \"1\"\n    listed: false\n"),
              "catalog.yaml:6:5: plans.basic: nobody can get it: it is not `listed`, and no change "
              "leads to it\n");
    EXPECT_EQ(
        WrongPlan("    product: net\n"),
        "catalog.yaml:6:5: plans.basic: has no price; give `recurring`, `one_time` or `usage`\n");
    EXPECT_EQ(WrongPlan("    product: net\n    phases: [{recurring: \"1\"}, {recurring: \"2\"}]\n"),
              "catalog.yaml:6:5: plans.basic: a phase without `length` never ends; what follows is "
              "never reached\n");
    EXPECT_EQ(
        WrongPlan("    product: net\n    recurring: \"1\"\n    phases: [{recurring: \"2\"}]\n"),
        "catalog.yaml:6:5: plans.basic: has a price beside `phases`, where nobody reads it; "
        "write it in the phase that it is of\n");
    EXPECT_EQ(WrongPlan("    product: net\n    recurring: {EUR: \"1\", USD: \"1\"}\n    one_time: "
                        "{EUR: \"1\"}\n"),
              "catalog.yaml:6:5: plans.basic: one of its prices is missing in USD\n");
    EXPECT_EQ(
        WrongPlan(
            "    product: net\n    recurring: \"1\"\n    versions: [{effective_from: 2027-02-01, "
            "recurring: \"1\"}, {effective_from: 2027-01-01, recurring: \"1\"}]\n"),
        "catalog.yaml:6:5: plans.basic.versions: `effective_from` must come in order\n");
}

TEST(ACatalog, SaysWhatTheWordsMayBe) {
    EXPECT_EQ(WrongPlan("    product: net\n    recurring: \"1\"\n    frequency: fortnight\n"),
              "catalog.yaml:9:16: plans.basic.frequency: `fortnight` is no length; write month, "
              "quarter, year, `14 days`, `3 months`, …\n");
    EXPECT_EQ(WrongPlan("    product: net\n    recurring: \"1\"\n    versions: [{effective_from: "
                        "soon, recurring: \"1\"}]\n"),
              "catalog.yaml:9:33: plans.basic.versions[0].effective_from: `soon` is no date; write "
              "2026-03-31\ncatalog.yaml:6:5: plans.basic.versions: `effective_from` must come in "
              "order\n");
    EXPECT_EQ(
        WrongAfter("coupons: {A: {name: A, percent: \"101\"}}\n"),
        "catalog.yaml:9:33: coupons.A.percent: `101` is no percentage above 0 and up to 100\n");
    EXPECT_EQ(WrongAfter("policies: {proration: daily}\n"),
              "catalog.yaml:9:23: policies.proration: `daily` is not one of actual_days, fixed_30, "
              "to_the_second\n");
    EXPECT_EQ(Read("currency: EURO\nproducts: {}\nplans: {}\n").problems,
              "catalog.yaml:1:11: currency: is no ISO 4217 currency\n");
    EXPECT_EQ(
        Read("products: {net: {name: N}}\nplans: {a: {product: net, name: A, recurring: \"1\"}}\n")
            .problems,
        "catalog.yaml:2:47: an amount without a currency; write {EUR: "
        "\"9.90\"}\ncatalog.yaml:2:12: plans.a: has no price; give `recurring`, `one_time` or "
        "`usage`\n");
    EXPECT_EQ(Read("currency: EUR\nproducts: {net: {name: N}}\nplans: {}\n").problems,
              "catalog.yaml:2:17: products.net: no plan sells it\n");
    EXPECT_EQ(Read("currency: EUR\nproducts: {x: {name: N, addon_to: [y]}}\nplans: {a: {product: "
                   "x, name: A, recurring: \"1\"}}\n")
                  .problems,
              "catalog.yaml:2:15: products.x.addon_to: `y` is no product that can have add-ons\n");
}

}  // namespace
}  // namespace livery::catalog
