#include "domain/bundle.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "domain/kept_price.h"

namespace livery::subscriptions {

using billing::BillingAlignment;
using billing::Catalog;
using billing::Plan;

namespace {

const Plan& PlanAt(const AgreementView& view, const Catalog& catalog, CivilTime time) {
    return PlanOf(catalog, view.ChoiceAt(time).plan);
}

// When the base changes to a product that the add-on is not for. A catalog that no longer allows
// the pair ends none: who has both keeps them.
std::optional<CivilTime> MisfitOf(const Agreement& addon, const Agreement& base,
                                  const Catalog& catalog) {
    const AgreementView view(addon, catalog);
    const AgreementView of_base(base, catalog);
    // The base took another plan in the second in which the add-on began: it was never what it
    // fitted.
    const CivilTime begins = addon.started_at;
    const Choice& chosen = of_base.ChoiceAt(begins);
    const bool at_once = chosen.from == begins && chosen != base.choices.front();
    if (at_once && !Fits(catalog.ProductOf(PlanAt(view, catalog, begins)),
                         PlanOf(catalog, chosen.plan), DayOf(begins)))
        return begins;
    const Plan* before = nullptr;
    for (const Choice& choice : base.choices) {
        if (!of_base.IsReached(choice)) break;
        const Plan& plan = PlanOf(catalog, choice.plan);
        const bool changes = before != nullptr && before->product != plan.product;
        before = &plan;
        if (!changes) continue;
        const CivilTime from = std::max(choice.from, addon.started_at);
        const billing::Product& extra = catalog.ProductOf(PlanAt(view, catalog, from));
        // It had changed again before the add-on began.
        if (PlanAt(of_base, catalog, from).product != plan.product) continue;
        // Whichever of both came first, it was seen to fit then.
        if (!Fits(extra, plan, DayOf(choice.from)) && !Fits(extra, plan, DayOf(from))) return from;
    }
    return std::nullopt;
}

std::vector<Pause> PausesOf(const Agreement& addon, const Agreement& base) {
    std::vector<Pause> pauses;
    for (const Pause& pause : base.pauses) {
        if (pause.to && *pause.to <= addon.started_at) continue;
        pauses.push_back({std::max(pause.from, addon.started_at), pause.to});
    }
    return pauses;
}

// The choices with which an add-on comes to have its base's periods, and until when it has them.
struct Joining {
    CivilTime at;
    CivilTime until = CivilTime::max();
};
std::vector<Joining> JoiningsOf(const Agreement& addon, const Catalog& catalog) {
    std::vector<Joining> joinings;
    bool with_base = false;
    for (const Choice& choice : addon.choices) {
        const bool is = IsBilledWithBase(choice, catalog);
        if (is && !with_base) joinings.push_back({choice.from});
        if (!is && with_base) joinings.back().until = choice.from;
        with_base = is;
    }
    return joinings;
}

// Writes addon.from_base->anchors, in the order of time: where a period ends depends on those
// before.
class MovesWithBase {
 public:
    MovesWithBase(Agreement& addon, const Agreement& base, const Catalog& catalog)
        : addon_(addon), base_(base), of_base_(base, catalog), view_(addon, catalog) {
        for (const Joining& joining : JoiningsOf(addon, catalog)) Move(joining);
    }

 private:
    void Move(const Joining& joining) {
        const CivilTime at = view_.Grain(joining.at);
        // What it begins with was agreed then.
        if (joining.at != addon_.choices.front().from) Join(at, joining.until);
        for (const Anchor& moved : base_.anchors) {
            const bool holds = &of_base_.AnchorAt(moved.from) == &moved;
            if (!holds || moved.from <= at || joining.until <= moved.from) continue;
            const CivilTime from = EndOfRunning(moved.from, joining.until);
            // It has left by then.
            if (joining.until <= from) continue;
            Put({from, moved.day > 0 ? from : moved.origin, moved.day});
        }
    }

    // The end of the add-on's period that runs as its base's periods move, of whichever length it
    // has become by then; looking no further than `until`.
    CivilTime EndOfRunning(CivilTime moved, CivilTime until) const {
        CivilTime running = moved - std::chrono::seconds(1);
        CivilTime end = view_.GridAt(running).NextOnOrAfter(moved);
        for (const Choice& choice : addon_.choices) {
            for (const CivilTime begins : PricesOf(choice)) {
                const CivilTime at = view_.Grain(begins);
                if (at < moved || end <= at || until <= begins) continue;
                end = view_.GridAt(begins).NextOnOrAfter(at);
            }
        }
        return end;
    }

    // When what the choice is charged by begins, and with it the length of periods.
    static std::vector<CivilTime> PricesOf(const Choice& choice) {
        if (!choice.price_until) return {choice.from};
        return {choice.from, choice.price_until->until};
    }

    // The base's periods from now on; a day of its own that waits does not come.
    void Join(CivilTime at, CivilTime until) {
        std::erase_if(addon_.from_base->anchors, [&](const Anchor& own) {
            return !own.with_change && at < own.from && own.from < until;
        });
        const Anchor& now = of_base_.AnchorAt(at);
        Put({at, now.origin, now.day});
    }

    // Before what the add-on agreed on for later: the last one that has begun holds.
    void Put(const Anchor& anchor) {
        auto& anchors = addon_.from_base->anchors;
        const auto later = std::find_if(anchors.begin(), anchors.end(),
                                        [&](const Anchor& own) { return own.from > anchor.from; });
        anchors.insert(later, anchor);
    }

    Agreement& addon_;
    const Agreement& base_;
    AgreementView of_base_;
    AgreementView view_;
};

}  // namespace

bool Fits(const billing::Product& addon, const Plan& base, Date day) {
    const std::vector<std::string>& fitting = addon.AddonToOn(day);
    return std::find(fitting.begin(), fitting.end(), base.product) != fitting.end();
}

bool IsBilledWithBase(const Choice& choice, const Catalog& catalog) {
    return PlanOf(catalog, choice.plan).AlignmentOn(choice.catalog_day) ==
           BillingAlignment::kBundle;
}

bool HasBasesPeriods(const Agreement& agreement, const Choice& choice, const Catalog& catalog) {
    return agreement.base && IsBilledWithBase(choice, catalog);
}

namespace {

// As it is with the base, but for prices that stay.
Agreement FollowOnce(Agreement addon, const std::shared_ptr<const Agreement>& followed,
                     const Catalog& catalog) {
    addon.from_base.reset();
    FromBase follows;
    const Agreement& base = *followed;
    const AgreementView of_base(base, catalog);
    const auto end_by = [&](const std::optional<CivilTime>& end, bool expires) {
        if (!end) return;
        // What has not begun ends as it would have begun.
        const CivilTime at = std::max(*end, addon.started_at);
        if (follows.ends_at && *follows.ends_at <= at) return;
        follows.ends_at = at;
        follows.expires = expires;
    };
    end_by(of_base.StopsAt(), false);
    end_by(MisfitOf(addon, base, catalog), false);
    end_by(of_base.EndsAt(), true);
    follows.anchors = addon.anchors;
    follows.pauses = PausesOf(addon, base);
    follows.base = followed;
    addon.from_base = std::move(follows);
    MovesWithBase(addon, base, catalog);
    return addon;
}

// Until when a price stays depends on the periods before, and on it the periods after.
Agreement Follow(Agreement addon, const std::shared_ptr<const Agreement>& followed,
                 const Catalog& catalog) {
    do {
        addon = FollowOnce(std::move(addon), followed, catalog);
    } while (KeepPricesAgain(addon, catalog));
    return addon;
}

}  // namespace

Agreement FollowBase(Agreement addon, const Agreement& base, const Catalog& catalog) {
    return Follow(std::move(addon), std::make_shared<const Agreement>(base), catalog);
}

Agreement Settle(Agreement agreement, const Catalog& catalog) {
    if (agreement.from_base) {
        const auto base = agreement.from_base->base;
        return Follow(std::move(agreement), base, catalog);
    }
    KeepPricesAgain(agreement, catalog);
    return agreement;
}

std::vector<Agreement> WithBases(std::vector<Agreement> agreements, const Catalog& catalog) {
    std::map<SubscriptionId, std::shared_ptr<const Agreement>> bases;
    for (const Agreement& agreement : agreements) {
        if (agreement.base) bases.emplace(*agreement.base, nullptr);
    }
    for (const Agreement& agreement : agreements) {
        if (const auto base = bases.find(agreement.id); base != bases.end())
            base->second = std::make_shared<const Agreement>(agreement);
    }
    for (Agreement& agreement : agreements) {
        if (!agreement.base) continue;
        if (const auto& base = bases.at(*agreement.base))
            agreement = Follow(std::move(agreement), base, catalog);
    }
    return agreements;
}

}  // namespace livery::subscriptions
