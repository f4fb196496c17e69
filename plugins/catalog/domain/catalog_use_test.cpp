#include "domain/catalog_use.h"

#include <functional>

#include <gtest/gtest.h>

namespace livery::catalog {
namespace {

using billing::BillingAlignment;
using billing::BillingMode;
using billing::Catalog;
using billing::Phase;
using billing::PhaseKind;
using billing::PlanVersion;
using Reason = Objection::Reason;

const Currency kEuro = *Currency::Parse("EUR");
const Currency kDollar = *Currency::Parse("USD");

Date On(const char* iso) { return *ParseDate(iso); }
Decimal Of(const char* text) { return *Decimal::Parse(text); }

PlanVersion Version(const char* from, const char* price, bool moves = false) {
    PlanVersion version;
    version.effective_from = *from == 0 ? Date{} : On(from);
    version.migrate_existing = moves;
    version.phases.push_back({PhaseKind::kEvergreen, std::nullopt, {{kEuro, Of(price)}}, {}, {}});
    return version;
}

// A base with a trial, a plan of one phase that gets dearer in July, and an add-on.
Catalog Shop() {
    Catalog shop;
    shop.products["net"] = {"net", "Net", "standard", {}};
    shop.products["tv"] = {"tv", "TV", "standard", {}};
    shop.products["extra"] = {"extra", "Extra", "standard", {"net"}};
    shop.plans["basic"] = {"basic", "net", "Basic", {Version("", "10")}, {}, {}, {}};
    shop.plans["basic"].versions.push_back(Version("2026-07-01", "12"));
    PlanVersion trying = Version("", "20");
    trying.phases.front().usage.push_back({"calls", "Calls", {{kEuro, Of("0.05")}}});
    trying.phases.insert(trying.phases.begin(),
                         {PhaseKind::kTrial, Length::Parse("14 days"), {}, {{kEuro, Of("1")}}, {}});
    shop.plans["trying"] = {"trying", "net", "Trying", {trying}, {}, {}, {}};
    shop.plans["more"] = {"more", "extra", "More", {Version("", "3")}, {}, {}, {}};
    shop.plans["more"].billing_alignment = BillingAlignment::kBundle;
    return shop;
}

// What everybody has who bought on 10 March, as it is on 1 June.
std::vector<UsedVersion> UsedInJune(const Catalog& shop) {
    const Date bought = On("2026-03-10");
    return UsedBy(shop,
                  {{"basic", bought, kEuro}, {"trying", bought, kEuro}, {"more", bought, kEuro}},
                  On("2026-06-01"));
}

// "" or the first objection to the edit, as `reason path`, and how many more.
std::string Judged(const std::function<void(Catalog&)>& edit) {
    const Catalog before = Shop();
    Catalog after = Shop();
    edit(after);
    const auto objections = ObjectionsTo(after, UsedInJune(before));
    if (objections.empty()) return "";
    static const std::map<Reason, std::string> names{
        {Reason::kGone, "gone"}, {Reason::kChanged, "changed"}, {Reason::kDatedBack, "dated back"}};
    std::string text =
        names.at(objections.front().reason) + " " + ToString(objections.front().path);
    if (objections.size() > 1) text += " and " + std::to_string(objections.size() - 1);
    return text;
}

PlanVersion& Basic(Catalog& shop) { return shop.plans["basic"].versions.front(); }
Phase& Trial(Catalog& shop) { return shop.plans["trying"].versions.front().phases.front(); }
Phase& Running(Catalog& shop) { return shop.plans["trying"].versions.front().phases.back(); }

TEST(AnEditOfACatalog, ThatIsNoneStands) {
    EXPECT_EQ(Judged([](Catalog&) {}), "");
}

TEST(AnEditOfACatalog, OfWhatIsReadForThePastIsRefusedWhereItStands) {
    const auto changed = [](const char* path, const std::function<void(Catalog&)>& edit) {
        EXPECT_EQ(Judged(edit), std::string("changed ") + path);
    };
    changed("plans.basic.recurring.EUR",
            [](Catalog& shop) { Basic(shop).phases.front().recurring[kEuro] = Of("11"); });
    changed("plans.basic.recurring.EUR", [](Catalog& shop) {
        Basic(shop).phases.front().recurring = {{kDollar, Of("10")}};
    });
    changed("plans.basic.one_time.EUR",
            [](Catalog& shop) { Basic(shop).phases.front().one_time[kEuro] = Of("5"); });
    changed("plans.basic.usage.calls.EUR", [](Catalog& shop) {
        Basic(shop).phases.front().usage.push_back({"calls", "Calls", {{kEuro, Of("0.1")}}});
    });
    changed("plans.basic.length",
            [](Catalog& shop) { Basic(shop).phases.front().length = Length::Parse("12 months"); });
    changed("plans.basic.phases",
            [](Catalog& shop) { Basic(shop).phases.push_back(Basic(shop).phases.front()); });
    changed("plans.basic.frequency",
            [](Catalog& shop) { Basic(shop).frequency = *Length::Parse("quarter"); });
    changed("plans.basic.billing",
            [](Catalog& shop) { Basic(shop).mode = BillingMode::kInArrear; });
    changed("plans.basic.product", [](Catalog& shop) { shop.plans["basic"].product = "tv"; });
    for (const auto alignment :
         {BillingAlignment::kBundle, BillingAlignment::kAccount, BillingAlignment::kCalendar}) {
        changed("plans.basic.align",
                [&](Catalog& shop) { shop.plans["basic"].billing_alignment = alignment; });
    }
    changed("plans.more.align", [](Catalog& shop) {
        shop.plans["more"].billing_alignment = BillingAlignment::kSubscription;
    });
    changed("plans.trying.phases[0].length",
            [](Catalog& shop) { Trial(shop).length = Length::Parse("15 days"); });
    changed("plans.trying.phases[0].length", [](Catalog& shop) { Trial(shop).length.reset(); });
    changed("plans.trying.phases[0].one_time.EUR",
            [](Catalog& shop) { Trial(shop).one_time.clear(); });
    changed("plans.trying.phases[0].recurring.EUR",
            [](Catalog& shop) { Trial(shop).recurring[kEuro] = Of("2"); });
    changed("plans.trying.phases[1].usage.calls.EUR",
            [](Catalog& shop) { Running(shop).usage.front().unit_price[kEuro] = Of("0.06"); });
    changed("plans.trying.phases[1].usage.calls.EUR",
            [](Catalog& shop) { Running(shop).usage.clear(); });
    changed("products.extra.addon_to",
            [](Catalog& shop) { shop.products["extra"].addon_to = {"tv"}; });
    changed("products.extra.addon_to", [](Catalog& shop) {
        shop.products["extra"].addon_to = {"net", "tv"};
    });
    changed("products.extra.addon_to",
            [](Catalog& shop) { shop.products["extra"].addon_to.clear(); });
}

TEST(AnEditOfACatalog, OfWhatOnlyHoldsForWhoComesStands) {
    const auto stands = [](const std::function<void(Catalog&)>& edit) {
        EXPECT_EQ(Judged(edit), "");
    };
    stands([](Catalog& shop) { shop.plans["basic"].name = "Base"; });
    stands([](Catalog& shop) { shop.products["net"].name = "Internet"; });
    stands([](Catalog& shop) { shop.products["net"].tax_class = "reduced"; });
    stands([](Catalog& shop) { shop.plans["basic"].account_classes = {"employee"}; });
    stands([](Catalog& shop) { shop.plans["basic"].listed = false; });
    stands([](Catalog& shop) { shop.plans["basic"].retired = true; });
    stands([](Catalog& shop) {
        shop.plans["more"].phase_alignment = billing::PhaseAlignment::kStartOfBundle;
    });
    stands([](Catalog& shop) { Running(shop).usage.front().name = "Talk"; });
    stands([](Catalog& shop) { Trial(shop).kind = PhaseKind::kDiscount; });
    // A currency in which nobody bought it.
    stands([](Catalog& shop) {
        Trial(shop).one_time[kDollar] = Of("2");
        Running(shop).recurring[kDollar] = Of("22");
        Running(shop).usage.front().unit_price[kDollar] = Of("0.06");
    });
    // What nobody has may be anything, or go.
    stands([](Catalog& shop) { shop.products["tv"].addon_to = {"net"}; });
    stands([](Catalog& shop) { shop.products.erase("tv"); });
    stands([](Catalog& shop) { shop.plans["new"] = shop.plans["basic"]; });
    stands([](Catalog& shop) { shop.changes.emplace_back(); });
    stands([](Catalog& shop) {
        std::reverse(shop.products["extra"].addon_to.begin(),
                     shop.products["extra"].addon_to.end());
    });
}

TEST(AnEditOfACatalog, OfACurrencyIsRefusedWhereSomebodyPaysInIt) {
    Catalog shop = Shop();
    Basic(shop).phases.front().recurring[kDollar] = Of("11");
    const Date day = On("2026-03-10");
    const auto paths = [&](const std::vector<UsedVersion>& used, const char* dollars) {
        Catalog edited = shop;
        auto& recurring = Basic(edited).phases.front().recurring;
        recurring.erase(kDollar);
        if (*dollars != 0) recurring[kDollar] = Of(dollars);
        std::string text;
        for (const Objection& objection : ObjectionsTo(edited, used))
            text += ToString(objection.path);
        return text;
    };
    const auto in_euros = UsedBy(shop, {{"basic", day, kEuro}}, day);
    EXPECT_EQ(paths(in_euros, "13"), "");
    EXPECT_EQ(paths(in_euros, ""), "");
    const auto in_both = UsedBy(shop, {{"basic", day, kEuro}, {"basic", day, kDollar}}, day);
    ASSERT_EQ(in_both.size(), 1U);
    EXPECT_EQ(paths(in_both, "13"), "plans.basic.recurring.USD");
    EXPECT_EQ(paths(in_both, ""), "plans.basic.recurring.USD");
    // Also when the one currency was used before the other.
    const auto in_dollars = UsedBy(shop, {{"basic", day, kDollar}}, day);
    EXPECT_EQ(Joined(in_euros.front(), in_dollars.front()), in_both.front());
    EXPECT_EQ(Joined(in_both.front(), in_euros.front()), in_both.front());
}

TEST(AnEditOfACatalog, MustKeepWhatIsSold) {
    EXPECT_EQ(Judged([](Catalog& shop) { shop.plans.erase("basic"); }), "gone plans.basic");
    EXPECT_EQ(Judged([](Catalog& shop) {
                  shop.products.erase("extra");
                  shop.plans["more"].product = "net";
              }),
              "changed plans.more.product and 1");
    // Both are told: the operator mends all at once.
    EXPECT_EQ(Judged([](Catalog& shop) {
                  Basic(shop).frequency = *Length::Parse("year");
                  Basic(shop).phases.front().recurring[kEuro] = Of("99");
              }),
              "changed plans.basic.frequency and 1");
}

TEST(AVersion, ThatHasNotBegunMayBeAnything) {
    EXPECT_EQ(Judged([](Catalog& shop) { shop.plans["basic"].versions.pop_back(); }), "");
    EXPECT_EQ(Judged([](Catalog& shop) {
                  shop.plans["basic"].versions.back() = Version("2026-06-02", "15", true);
              }),
              "");
    EXPECT_EQ(Judged([](Catalog& shop) {
                  shop.products["extra"].versions.push_back({On("2026-06-02"), {"net", "tv"}});
              }),
              "");
}

TEST(AVersion, ForNewSubscriptionsMayBeginAfterTheLastOneWasSold) {
    const auto added = [](const char* from) {
        return Judged([&](Catalog& shop) {
            auto& versions = shop.plans["basic"].versions;
            versions.insert(versions.begin() + 1, Version(from, "11"));
        });
    };
    EXPECT_EQ(added("2026-03-09"), "dated back plans.basic.versions[0].effective_from");
    EXPECT_EQ(added("2026-03-10"), "dated back plans.basic.versions[0].effective_from");
    // Nobody has bought it since, and who had it keeps his version.
    EXPECT_EQ(added("2026-03-11"), "");
    EXPECT_EQ(added("2026-06-01"), "");
}

TEST(AVersion, ForExistingSubscriptionsMayBeginAfterTheLastOneWasCharged) {
    const auto added = [](const char* from) {
        return Judged([&](Catalog& shop) {
            auto& versions = shop.plans["basic"].versions;
            versions.insert(versions.begin() + 1, Version(from, "11", true));
        });
    };
    EXPECT_EQ(added("2026-03-11"), "dated back plans.basic.versions[0].effective_from");
    EXPECT_EQ(added("2026-06-01"), "dated back plans.basic.versions[0].effective_from");
    EXPECT_EQ(added("2026-06-02"), "");
    // Of an add-on, what it may be added to is everybody's.
    const auto fitting = [](const char* from) {
        return Judged([&](Catalog& shop) {
            shop.products["extra"].versions.push_back({On(from), {"tv"}});
        });
    };
    EXPECT_EQ(fitting("2026-06-01"), "dated back products.extra.versions[0].effective_from");
    EXPECT_EQ(fitting("2026-06-02"), "");
}

// The days go by, and the catalog is the same.
TEST(AVersion, ThatWasThereInTimeStands) {
    Catalog shop = Shop();
    shop.plans["basic"].versions.push_back(Version("2026-08-01", "14", true));
    shop.products["extra"].versions.push_back({On("2026-07-01"), {"tv"}});
    std::vector<UsedVersion> known;
    for (const char* day :
         {"2026-03-10", "2026-06-30", "2026-07-01", "2026-07-31", "2026-08-01", "2026-09-15"}) {
        EXPECT_TRUE(ObjectionsTo(shop, known).empty()) << day;
        for (const char* bought : {"2026-03-10", "2026-07-05", "2026-08-20"}) {
            if (On(day) < On(bought)) continue;
            for (const UsedVersion& use : UsedBy(
                     shop, {{"basic", On(bought), kEuro}, {"more", On(bought), kEuro}}, On(day))) {
                const auto same = std::find_if(known.begin(), known.end(), [&](const auto& each) {
                    return each.id == use.id && each.kind == use.kind && each.from == use.from;
                });
                if (same == known.end()) {
                    known.push_back(use);
                    continue;
                }
                same->sold_on = std::max(same->sold_on, use.sold_on);
                same->used_on = std::max(same->used_on, use.used_on);
            }
        }
    }
    EXPECT_TRUE(ObjectionsTo(shop, known).empty());
    // And every one of them is held to now.
    const auto judged = [&](const std::function<void(Catalog&)>& edit) {
        Catalog edited = shop;
        edit(edited);
        const auto objections = ObjectionsTo(edited, known);
        return objections.empty() ? "" : ToString(objections.front().path);
    };
    auto version = [](Catalog& of, std::size_t i) -> PlanVersion& {
        return of.plans["basic"].versions[i];
    };
    for (std::size_t i = 0; i < 3; ++i) {
        const std::string at = i == 0 ? "" : "versions[" + std::to_string(i - 1) + "].";
        EXPECT_EQ(judged([&](Catalog& edited) {
                      version(edited, i).phases.front().recurring[kEuro] = Of("77");
                  }),
                  "plans.basic." + at + "recurring.EUR");
    }
    EXPECT_EQ(judged([&](Catalog& edited) { version(edited, 1).migrate_existing = true; }),
              "plans.basic.versions[0].migrate_existing");
    EXPECT_EQ(judged([&](Catalog& edited) { version(edited, 2).migrate_existing = false; }),
              "plans.basic.versions[1].migrate_existing");
    EXPECT_EQ(judged([&](Catalog& edited) {
                  version(edited, 1).alignment = BillingAlignment::kCalendar;
              }),
              "plans.basic.versions[0].align");
    EXPECT_EQ(judged([&](Catalog& edited) { edited.plans["basic"].versions.pop_back(); }),
              "plans.basic.versions");
    EXPECT_EQ(
        judged([&](Catalog& edited) { version(edited, 2).effective_from = On("2026-08-02"); }),
        "plans.basic.versions[1].effective_from");
    EXPECT_EQ(judged([&](Catalog& edited) { edited.products["extra"].versions.pop_back(); }),
              "products.extra.versions");
}

TEST(AVersion, ThatBeganAndThatNobodyHasMayBeMended) {
    Catalog shop = Shop();
    shop.plans["basic"].versions.front().phases.front().recurring[kEuro] = Of("9");
    // Sold in July for the first time: the first version was never anybody's.
    const auto used = UsedBy(shop, {{"basic", On("2026-07-02"), kEuro}}, On("2026-07-02"));
    EXPECT_TRUE(ObjectionsTo(Shop(), used).empty());
}

TEST(WhatIsUsed, OfWhatBeginsLaterIsTheVersionOfToday) {
    const auto used = UsedBy(Shop(), {{"basic", On("2026-08-01"), kEuro}}, On("2026-06-01"));
    ASSERT_EQ(used.size(), 1U);
    EXPECT_EQ(used[0].from, Date{});
    EXPECT_EQ(used[0].sold_on, On("2026-06-01"));
    EXPECT_EQ(used[0].used_on, On("2026-06-01"));
}

TEST(WhatIsUsed, OfAPlanThatIsNotThereIsGone) {
    const auto used = UsedBy(Shop(), {{"lost", On("2026-03-01"), kEuro}}, On("2026-06-01"));
    ASSERT_EQ(used.size(), 1U);
    EXPECT_EQ(used[0].terms, "");
    EXPECT_EQ(ObjectionsTo(Shop(), used).front().reason, Reason::kGone);
}

TEST(AnObjection, SaysWhatToDoInstead) {
    Catalog shop = Shop();
    shop.plans["basic"].versions.front().phases.front().recurring[kEuro] = Of("11.5");
    EXPECT_EQ(ObjectionsTo(shop, UsedInJune(Shop())).front().message,
              "was sold as `10` and is `11.5` now, which would charge anew for the past; leave it, "
              "and add to `versions` what holds from a day after 2026-06-01 on");
    shop = Shop();
    shop.plans["basic"].product = "tv";
    EXPECT_EQ(ObjectionsTo(shop, UsedInJune(Shop())).front().message,
              "was sold as `net` and is `tv` now, which would charge anew for the past; make a new "
              "plan, and let `changes` lead to it");
}

TEST(Terms, AreTheSameAfterTheyWereKept) {
    Catalog shop = Shop();
    Running(shop).usage.front().meter = "a: b.c";
    const Terms terms = TermsOf(shop.plans["trying"], shop.plans["trying"].versions.front());
    EXPECT_EQ(TermsFrom(ToText(terms)), terms);
    EXPECT_EQ(terms.at("phases[1].usage.a: b.c.EUR"), "0.05");
    EXPECT_EQ(terms.at("phases"), "2");
}

}  // namespace
}  // namespace livery::catalog
