#include <cstdlib>
#include <functional>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "day_by_day.h"
#include "domain/agreement_changes.h"
#include "domain/bundle.h"

// Every three of these changes, asked for one after the other on a base with its add-on, on days of
// every kind: what is charged must be, day by day, what the slow telling says.
namespace livery::property {
namespace {

using billing::BillingAlignment;
using billing::Catalog;
using billing::ChangeRule;
using subscriptions::Agreement;
using subscriptions::AgreementView;
using subscriptions::Ending;
using DayOfChange = billing::Policies::DayOfChange;
using Timing = ChangeRule::Timing;

const Currency kEuro = *Currency::Parse("EUR");
constexpr auto kYear = std::chrono::year(2026);
constexpr Date On(unsigned month, unsigned day) {
    return kYear / std::chrono::month(month) / std::chrono::day(day);
}
constexpr Date kEnd = On(8, 16);
constexpr std::chrono::days kDay{1};
constexpr std::chrono::hours kNoon{12};

const SimplePlan kBase{"base", 1, false};
const SimplePlan kLarge{"large", 1, false};
const SimplePlan kQuarter{"quarter", 3, false};
const SimplePlan kWith{"with", 1, true};
const SimplePlan kMore{"more", 1, true};
const SimplePlan kLong{"long", 3, true};
const SimplePlan kOwn{"own", 1, false};

Catalog ShopWith(DayOfChange day_of_change) {
    Catalog shop;
    shop.policies.day_of_change = day_of_change;
    shop.products["service"] = {"service", "Service", "standard", {}};
    shop.products["extra"] = {"extra", "Extra", "standard", {"service"}};
    std::int64_t price = 3000;
    const auto sell = [&](const SimplePlan& sold, const char* product) {
        billing::PlanVersion version;
        version.frequency = *Length::Parse(sold.months == 1 ? "month" : "quarter");
        const billing::Price euro{{kEuro, Decimal(price += 1000, 2)}};
        version.phases.push_back({billing::PhaseKind::kEvergreen, std::nullopt, euro, {}, {}});
        billing::Plan plan{sold.id, product, sold.id, {version}, {}, {}, {}};
        if (sold.with_base) plan.billing_alignment = BillingAlignment::kBundle;
        shop.plans[sold.id] = std::move(plan);
    };
    for (const SimplePlan& plan : {kBase, kLarge, kQuarter}) sell(plan, "service");
    for (const SimplePlan& plan : {kWith, kMore, kLong, kOwn}) sell(plan, "extra");
    return shop;
}

// What somebody asks for: of the engine, and told to the slow telling when it is not refused.
struct Asked {
    std::string name;
    bool of_addon = false;
    std::function<Result<Agreement>(Agreement, const Catalog&, CivilTime)> transition;
    // With the day, or the next one where a change's day is the old plan's.
    std::function<void(DayByDay&, Date, std::chrono::days)> told;
    bool waits = false;  // and can be taken back
};

Asked Later(bool of_addon, const SimplePlan& plan, Date on, bool shared,
            std::optional<int> units = std::nullopt) {
    const auto quantity = units ? std::optional(Decimal(*units)) : std::nullopt;
    return {fmt::format("{} on {}{}{}", plan.id, unsigned(std::chrono::year_month_day(on).month()),
                        unsigned(std::chrono::year_month_day(on).day()), shared ? "" : ", none"),
            of_addon,
            [=](Agreement agreement, const Catalog& shop, CivilTime now) -> Result<Agreement> {
                if (CivilTime(on) <= now) return Conflict("error.date_past");
                return ChangePlan(std::move(agreement), shop,
                                  {plan.id, quantity, now, std::nullopt, "", on, shared});
            },
            [=](DayByDay& telling, Date, std::chrono::days later) {
                telling.ChangeLater({on + later, plan, shared}, units);
            },
            true};
}

Asked Now(bool of_addon, const SimplePlan& plan, bool shared) {
    return {fmt::format("{} now{}", plan.id, shared ? "" : ", none"), of_addon,
            [=](Agreement agreement, const Catalog& shop, CivilTime now) {
                return ChangePlan(
                    std::move(agreement), shop,
                    {plan.id, std::nullopt, now, Timing::kImmediate, "", std::nullopt, shared});
            },
            [=](DayByDay& telling, Date day, std::chrono::days later) {
                const AskedChange change{day + later, plan, shared};
                later.count() > 0 ? telling.ChangeLater(change, {}) : telling.ChangeNow(change);
            }};
}

Asked Units(bool of_addon, int units, bool at_term_end) {
    return {
        fmt::format("{} units{}", units, at_term_end ? " at the end" : ""), of_addon,
        [=](Agreement agreement, const Catalog& shop, CivilTime now) {
            return ChangeQuantity(std::move(agreement), shop, {Decimal(units), now, at_term_end});
        },
        [=](DayByDay& telling, Date day, std::chrono::days later) {
            if (at_term_end) return telling.UnitsAtTermEnd(units);
            later.count() > 0 ? telling.UnitsFrom(day + later, units) : telling.UnitsNow(units);
        },
        at_term_end};
}

Asked MoveDay(bool of_addon, int day) {
    return {fmt::format("day {}", day), of_addon,
            [=](Agreement agreement, const Catalog& shop, CivilTime now) {
                return MoveBillingDay(std::move(agreement), shop, day, now);
            },
            [=](DayByDay& telling, Date, auto) { telling.MoveDay(day); }};
}

Asked Withdraw(bool of_addon) {
    return {"withdraw", of_addon,
            [](Agreement agreement, const Catalog& shop, CivilTime now) {
                return WithdrawChange(std::move(agreement), shop, now);
            },
            [](DayByDay& telling, Date, auto) { telling.Withdraw(); }};
}

Asked EndOn(bool of_addon, Date on) {
    return {"end", of_addon,
            [=](Agreement agreement, const Catalog& shop, CivilTime now) {
                return Cancel(std::move(agreement), shop, {Ending::When::kOn, on, "", now});
            },
            [=](DayByDay& telling, Date, auto) { telling.EndOn(on); }};
}

Asked Stay(bool of_addon) {
    return {"stay", of_addon,
            [](Agreement agreement, const Catalog& shop, CivilTime now) {
                return WithdrawCancel(std::move(agreement), shop, now);
            },
            [](DayByDay& telling, Date, auto) { telling.Stay(); }};
}

Asked Pause(std::optional<Date> from, std::optional<Date> to) {
    return {
        "pause", false,
        [=](Agreement agreement, const Catalog& shop, CivilTime now) {
            return PauseFrom(std::move(agreement), shop, {from ? CivilTime(*from) : now, to}, now);
        },
        [=](DayByDay& telling, Date day, auto) { telling.Pause(from.value_or(day), to); }};
}

Asked Resume() {
    return {"resume", false,
            [](Agreement agreement, const Catalog& shop, CivilTime now) {
                return subscriptions::Resume(std::move(agreement), shop, now);
            },
            [](DayByDay& telling, Date day, auto) { telling.Resume(day); }};
}

std::vector<Asked> AllAsked() {
    constexpr bool kOfAddon = true, kOfBase = false, kShared = true, kNone = false;
    return {
        {"nothing", kOfBase, {}, {}},
        MoveDay(kOfBase, 15),
        MoveDay(kOfBase, 20),
        MoveDay(kOfBase, 1),
        Later(kOfBase, kLarge, On(5, 20), kNone),
        Later(kOfBase, kQuarter, On(5, 15), kNone),
        Later(kOfBase, kLarge, On(4, 20), kShared),
        Later(kOfBase, kLarge, On(5, 1), kNone, 4),
        Now(kOfBase, kLarge, kNone),
        Now(kOfBase, kQuarter, kShared),
        Now(kOfBase, kQuarter, kNone),
        Later(kOfBase, kLarge, On(4, 20), kNone),
        Units(kOfBase, 2, false),
        Units(kOfBase, 3, true),
        Withdraw(kOfBase),
        EndOn(kOfBase, On(5, 20)),
        Stay(kOfBase),
        Pause(On(5, 10), On(5, 25)),
        Pause(std::nullopt, std::nullopt),
        Resume(),
        Later(kOfAddon, kMore, On(5, 20), kNone),
        Later(kOfAddon, kMore, On(5, 15), kNone, 4),
        Later(kOfAddon, kMore, On(4, 20), kShared),
        Later(kOfAddon, kLong, On(5, 10), kNone),
        Later(kOfAddon, kOwn, On(5, 20), kNone),
        Later(kOfAddon, kOwn, On(5, 1), kShared),
        Now(kOfAddon, kMore, kNone),
        Now(kOfAddon, kLong, kShared),
        Now(kOfAddon, kOwn, kShared),
        Later(kOfAddon, kWith, On(5, 18), kNone),
        MoveDay(kOfAddon, 10),
        Units(kOfAddon, 2, false),
        Units(kOfAddon, 3, true),
        Withdraw(kOfAddon),
        EndOn(kOfAddon, On(6, 3)),
        Stay(kOfAddon),
    };
}

// A base and its add-on, as they are stored.
struct Stored {
    Agreement base, addon;
    Agreement Followed(const Catalog& shop) const { return FollowBase(addon, base, shop); }
};

Stored Sold(const Catalog& shop, Date start) {
    subscriptions::Beginning beginning{SubscriptionId(), AccountId(), kEuro, "", "",
                                       kBase.id,         Decimal(1),  start, 0,  std::nullopt,
                                       nullptr};
    Agreement base = *Begin(shop, beginning);
    beginning.plan = kWith.id;
    beginning.base = &base;
    Agreement addon = *Begin(shop, beginning);
    return {base, addon};
}

std::vector<ChargedDay> DaysOf(const Agreement& agreement, const Catalog& shop) {
    const Date start = DayOf(agreement.started_at);
    std::vector<ChargedDay> days(static_cast<std::size_t>((kEnd - start).count()));
    const auto timeline = TimelineOf(agreement, shop, {}, kEnd + std::chrono::days(400));
    for (const billing::ChargeStretch& stretch : timeline.stretches) {
        const Date to = stretch.to ? DayOf(*stretch.to) : kEnd;
        Span period{};
        for (Date day = DayOf(stretch.from); day < std::min(to, kEnd); day += kDay) {
            if (!period.Contains(CivilTime(day))) period = stretch.grid.Enclosing(CivilTime(day));
            ChargedDay& charged = days.at(static_cast<std::size_t>((day - start).count()));
            const bool twice = !charged.plan.empty();
            charged = {twice ? "twice" : stretch.key.plan,
                       static_cast<int>(stretch.key.quantity.unscaled()), DayOf(period.from),
                       DayOf(period.to)};
        }
    }
    return days;
}

struct Question {
    const Asked* asked;
    Date day;
};

class Life {
 public:
    Life(const Catalog& shop, Date start)
        : shop_(shop),
          start_(start),
          stored_(Sold(shop, start)),
          base_(kBase, start),
          addon_(kWith, start, &base_) {}

    // "" or what is wrong. A life in which something is refused is one without that, and is looked
    // at as that.
    std::string Play(const std::vector<Question>& questions) {
        for (Date day = start_; day < kEnd; day += kDay) {
            if (day > start_) {
                base_.Begin(day);
                addon_.Begin(day);
            }
            for (const Question& question : questions) {
                if (question.day == day && !Ask(*question.asked, day)) return "";
            }
            base_days_.push_back(base_.Charged(day));
            addon_days_.push_back(addon_.Charged(day));
        }
        if (problem_.empty()) Compare("base", DaysOf(stored_.base, shop_), base_days_);
        if (problem_.empty())
            Compare("add-on", DaysOf(stored_.Followed(shop_), shop_), addon_days_);
        return problem_;
    }
    int accepted() const { return accepted_; }

 private:
    bool Ask(const Asked& asked, Date day) {
        if (!asked.transition) return true;
        const CivilTime now = CivilTime(day) + kNoon;
        const Agreement before = asked.of_addon ? stored_.Followed(shop_) : stored_.base;
        auto after = asked.transition(before, shop_, now);
        if (!after) return false;
        ++accepted_;
        if (asked.waits) LookAtTakingBack(before, *after, now);
        LookAtWhatWaits(*after, now, asked.name == "withdraw");
        after->from_base.reset();
        (asked.of_addon ? stored_.addon : stored_.base) = *std::move(after);
        const bool next_day = shop_.policies.day_of_change == DayOfChange::kOld;
        asked.told(asked.of_addon ? addon_ : base_, day, next_day ? kDay : kDay * 0);
        return true;
    }

    // What waits is taken back: all is as it was, and nothing of it is left behind.
    void LookAtTakingBack(const Agreement& before, const Agreement& after, CivilTime now) {
        const auto waits = [&](const auto& each) { return each.from > now; };
        const auto& choices = before.choices;
        if (std::any_of(choices.begin(), choices.end(), waits)) return;
        const auto back = WithdrawChange(after, shop_, now);
        if (back && Settle(*back, shop_) != before) problem_ = "taken back, it is not as before";
    }

    // One change of plan at most, whatever came before; and nothing once it is taken back.
    void LookAtWhatWaits(const Agreement& agreement, CivilTime now, bool taken_back) {
        int changes = 0, choices = 0;
        for (std::size_t i = 1; i < agreement.choices.size(); ++i) {
            if (agreement.choices[i].from <= now) continue;
            ++choices;
            if (agreement.choices[i].plan != agreement.choices[i - 1].plan) ++changes;
        }
        if (changes > 1) problem_ = "two changes of plan wait";
        const auto& anchors = agreement.anchors;
        const bool left = std::any_of(anchors.begin(), anchors.end(), [&](const auto& anchor) {
            return anchor.with_change && *anchor.with_change > now;
        });
        if (left && changes == 0) problem_ = "periods are left of a change that does not wait";
        if (taken_back && choices > 0) problem_ = "taken back, something waits";
    }

    void Compare(const char* what, const std::vector<ChargedDay>& charged,
                 const std::vector<ChargedDay>& told) {
        for (std::size_t i = 0; i < told.size() && problem_.empty(); ++i) {
            if (charged[i] == told[i]) continue;
            problem_ = fmt::format("{} of the {}: charged {}, told {}",
                                   ToIso(CivilTime(start_ + std::chrono::days(i))), what,
                                   ToText(charged[i]), ToText(told[i]));
        }
    }

    const Catalog& shop_;
    Date start_;
    Stored stored_;
    DayByDay base_, addon_;
    std::vector<ChargedDay> base_days_, addon_days_;
    int accepted_ = 0;
    std::string problem_;
};

std::string ToText(const std::vector<Question>& questions) {
    std::string text;
    for (const Question& question : questions)
        text += fmt::format("{} {}{}; ", ToIso(CivilTime(question.day)),
                            question.asked->of_addon ? "add-on " : "", question.asked->name);
    return text;
}

// Every three of them on these days, or of every so many one. Says how many were played.
struct Tried {
    int played = 0, accepted = 0, wrong = 0;
};
void Try(const Catalog& shop, Date start, const std::array<Date, 3>& on, int every, Tried& tried) {
    constexpr int kShown = 20;
    const std::vector<Asked> all = AllAsked();
    int number = 0;
    for (const Asked& a : all) {
        for (const Asked& b : all) {
            for (const Asked& c : all) {
                if (number++ % every != 0) continue;
                const std::vector<Question> questions{{&a, on[0]}, {&b, on[1]}, {&c, on[2]}};
                Life life(shop, start);
                const std::string problem = life.Play(questions);
                ++tried.played;
                tried.accepted += life.accepted();
                if (!problem.empty() && ++tried.wrong <= kShown)
                    ADD_FAILURE() << ToText(questions) << problem;
            }
        }
    }
}

// In the suite of every eleven lives one, the same ones every time; a long run plays all.
TEST(WaitingChanges, AreChargedAsTheSlowTellingSaysWhateverTheirOrder) {
    const int every = std::getenv("LIVERY_PROPERTY_OPERATIONS") == nullptr ? 11 : 1;
    const std::vector<std::array<Date, 3>> days{{On(4, 5), On(4, 6), On(4, 6)},
                                                {On(4, 5), On(4, 5), On(5, 1)},
                                                {On(4, 5), On(5, 3), On(5, 16)}};
    Tried tried;
    for (const DayOfChange day_of_change : {DayOfChange::kNew, DayOfChange::kOld}) {
        const Catalog shop = ShopWith(day_of_change);
        for (const Date start : {On(4, 1), On(3, 31)}) {
            for (const auto& on : days) Try(shop, start, on, every, tried);
        }
    }
    fmt::print("{} lives, {} changes, {} wrong\n", tried.played, tried.accepted, tried.wrong);
    EXPECT_EQ(tried.wrong, 0);
    EXPECT_GT(tried.accepted, tried.played);
}

}  // namespace
}  // namespace livery::property
