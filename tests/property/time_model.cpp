#include "time_model.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

#include <fmt/format.h>

namespace livery::property {

using billing::BillingMode;
using billing::Policies;
using invoices::BilledLine;
using invoices::LineKind;
using subscriptions::Agreement;

namespace {

constexpr std::chrono::days kDay{1};

struct Piece {
    const BilledLine* billed = nullptr;
    bool Covers(CivilTime from, CivilTime to) const {
        const Span& covers = billed->line.covers;
        if (from < covers.from || covers.to < to) return false;
        for (const Span& back : billed->given_back) {
            if (back.from <= from && to <= back.to) return false;
        }
        return true;
    }
};

class Reference {
 public:
    explicit Reference(const Expectation& expected)
        : agreement_(expected.agreement), catalog_(expected.catalog), now_(expected.now) {
        if (expected.base == nullptr) return;
        base_ = std::make_unique<const Reference>(
            Expectation{*expected.base, nullptr, expected.catalog, expected.now});
        pauses_ = &expected.base->pauses;
        for (const auto& choice : expected.base->choices) {
            const auto& fitting = catalog_.products.at("extra").addon_to;
            const std::string& product = catalog_.plans.at(choice.plan).product;
            const bool fits = std::find(fitting.begin(), fitting.end(), product) != fitting.end();
            const auto& end = expected.base->ends_at;
            const bool first = &choice == &expected.base->choices.front();
            if (first || fits || choice.from < agreement_.started_at ||
                (end && *end <= choice.from))
                continue;
            misfit_ = choice.from;
            break;
        }
    }

    CivilTime Cut(CivilTime time) const {
        if (catalog_.policies.proration == Policies::Proration::kToTheSecond) return time;
        return CivilTime(std::chrono::floor<std::chrono::days>(time));
    }
    const subscriptions::Choice& ChoiceAt(CivilTime time) const {
        const subscriptions::Choice* current = &agreement_.choices.front();
        for (const auto& choice : agreement_.choices) {
            if (Cut(choice.from) <= time) current = &choice;
        }
        return *current;
    }
    // Whose recurring price holds: what stays until the period is over, or the choice's own.
    subscriptions::Choice PricedAt(CivilTime time) const {
        const auto& choice = ChoiceAt(time);
        const auto& stays = choice.price_until;
        if (!stays || Cut(stays->until) <= time) return choice;
        return {stays->from, stays->plan, stays->catalog_day, stays->quantity, stays->phases_from};
    }
    const billing::PlanVersion& TermsAt(CivilTime time) const {
        return catalog_.plans.at(PricedAt(time).plan).versions.front();
    }
    // Begun, not ended, in a phase.
    bool Runs(CivilTime time) const {
        if (time < Cut(agreement_.started_at)) return false;
        if (agreement_.ends_at && Cut(*agreement_.ends_at) <= time) return false;
        // Once a fixed term has passed with nothing in its place it is over for good.
        const auto& choices = agreement_.choices;
        for (std::size_t i = 0; i + 1 < choices.size() && Cut(choices[i + 1].from) <= time; ++i) {
            const auto passes = Passes(choices[i]);
            if (passes && std::max(*passes, choices[i].from) < choices[i + 1].from) return false;
        }
        const auto passes = Passes(ChoiceAt(time));
        return !passes || time < Cut(*passes);
    }
    // When its last phase does; nullopt = never.
    std::optional<CivilTime> Passes(const subscriptions::Choice& choice) const {
        CivilTime from = choice.phases_from;
        for (const auto& phase : catalog_.plans.at(choice.plan).versions.front().phases) {
            if (!phase.length) return std::nullopt;
            from = from + *phase.length;
        }
        return from;
    }
    // Whether a recurring price holds at `time`; of an add-on, while its base runs and it fits.
    bool IsSold(CivilTime time) const {
        if (!Runs(time)) return false;
        if (base_ && (!base_->Runs(time) || (misfit_ && Cut(*misfit_) <= time))) return false;
        CivilTime from = PricedAt(time).phases_from;
        for (const billing::Phase& phase : TermsAt(time).phases) {
            if (!phase.length) return !phase.recurring.empty();
            from = from + *phase.length;
            if (time < Cut(from)) return !phase.recurring.empty();
        }
        return false;
    }
    // The exact moment since which things are as they are at `time`: nothing is charged before.
    CivilTime BegunAt(CivilTime time) const {
        const auto choice = PricedAt(time);
        CivilTime begun = choice.from;
        CivilTime from = choice.phases_from;
        for (const billing::Phase& phase : TermsAt(time).phases) {
            if (!phase.length) break;
            from = from + *phase.length;
            if (Cut(from) <= time) begun = std::max(begun, from);
        }
        return begun;
    }
    enum class Pause { kNo, kOver, kOpen };
    Pause PausedAt(CivilTime time) const {
        for (const auto& pause : *pauses_) {
            if (time < Cut(pause.from) || (pause.to && Cut(*pause.to) <= time)) continue;
            return pause.to ? Pause::kOver : Pause::kOpen;
        }
        return Pause::kNo;
    }

    std::set<CivilTime> Moments(const std::vector<Piece>& pieces) const {
        std::set<CivilTime> moments{Cut(agreement_.started_at), now_};
        if (base_) moments.merge(base_->Moments({}));
        const auto add = [&](CivilTime time) { moments.insert(Cut(time)); };
        for (const auto& choice : agreement_.choices) {
            add(choice.from);
            if (choice.price_until) add(choice.price_until->until);
            CivilTime from = choice.phases_from;
            for (const auto& phase : catalog_.plans.at(choice.plan).versions.front().phases) {
                if (!phase.length) continue;
                from = from + *phase.length;
                add(from);
            }
        }
        for (const auto& pause : agreement_.pauses) {
            add(pause.from);
            if (pause.to) add(*pause.to);
        }
        if (agreement_.ends_at) add(*agreement_.ends_at);
        for (const Piece& piece : pieces) {
            add(piece.billed->line.covers.from);
            add(piece.billed->line.covers.to);
            for (const Span& back : piece.billed->given_back) add(back.from), add(back.to);
        }
        return moments;
    }

    // "" or why charges of this stretch are wrong: `covered` lines say they charge it, and `paid`
    // of them really do.
    std::string Judge(CivilTime from, CivilTime to, int covered, int paid) const {
        const auto says = [&](const char* what) {
            return fmt::format("I7: {} {} … {}", what, ToIso(from), ToIso(to));
        };
        if (paid > 1) return says("charged twice");
        const Pause pause = PausedAt(from);
        // What ends later is given back then.
        const bool reached = from < now_;
        if (paid == 1 && reached && !IsSold(from)) return says("charged when nothing was sold");
        if (paid == 1 && reached && pause == Pause::kOver &&
            catalog_.policies.pause_credit == Policies::PauseCredit::kPausedDays)
            return says("charged for a pause that is over");
        const bool due =
            TermsAt(from).mode == BillingMode::kInAdvance && from < now_ && BegunAt(from) <= now_;
        if (covered == 0 && due && IsSold(from) && pause == Pause::kNo) return says("not charged");
        return "";
    }

 private:
    const Agreement& agreement_;
    const billing::Catalog& catalog_;
    CivilTime now_;
    const std::vector<subscriptions::Pause>* pauses_ = &agreement_.pauses;
    std::unique_ptr<const Reference> base_;
    std::optional<CivilTime> misfit_;
};

std::vector<BilledLine> Recurring(const invoices::AccountBook& book, SubscriptionId id) {
    std::vector<BilledLine> billed = book.Billed(id);
    std::erase_if(billed,
                  [](const BilledLine& each) { return each.line.kind != LineKind::kRecurring; });
    return billed;
}

std::int64_t Days30(CivilTime time) {
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(time));
    return int(date.year()) * 360LL + unsigned(date.month()) * 30LL +
           std::min(unsigned(date.day()), 30U);
}

// Every month has 30 days: a period of about 30, 90 or 360 of them has exactly so many, and its end
// is the last.
long double WholeOf30(const Span& period) {
    return 30.0L * std::round(static_cast<long double>((period.to - period.from).count()) / 86400 /
                              30.4375L);
}
long double DayOf30(CivilTime time, const Span& period) {
    const long double whole = WholeOf30(period);
    if (time >= period.to) return whole;
    return std::clamp(static_cast<long double>(Days30(time) - Days30(period.from)), 0.0L, whole);
}

long double Measure(const Span& span, const Span& period, Policies::Proration proration) {
    const bool months = Days30(period.to) - Days30(period.from) >= 28;
    if (proration == Policies::Proration::kFixed30 && months)
        return (DayOf30(span.to, period) - DayOf30(span.from, period)) / WholeOf30(period);
    return static_cast<long double>((span.to - span.from).count()) /
           static_cast<long double>((period.to - period.from).count());
}

// A line of which nothing is left, or not a cent for this stretch, has nothing to give back.
bool IsPaid(const BilledLine& billed, const Span& stretch, Policies::Proration proration) {
    if (billed.left.minor_units() <= 0 || billed.is_written_off) return false;
    const long double whole = static_cast<long double>(billed.line.amount.minor_units());
    const long double share = Measure(billed.line.covers, billed.line.period, proration);
    if (share <= 0) return false;
    return whole * Measure(stretch, billed.line.period, proration) / share >= 1;
}

}  // namespace

std::string BrokenTiling(const Expectation& expected, const invoices::AccountBook& book) {
    const Reference reference(expected);
    const std::vector<BilledLine> billed = Recurring(book, expected.agreement.id);
    std::vector<Piece> pieces;
    for (const BilledLine& each : billed) pieces.push_back({&each});
    const std::set<CivilTime> moments = reference.Moments(pieces);
    for (auto moment = moments.begin(); std::next(moment) != moments.end(); ++moment) {
        const CivilTime to = *std::next(moment);
        int covered = 0;
        int paid = 0;
        for (const Piece& piece : pieces) {
            if (!piece.Covers(*moment, to)) continue;
            ++covered;
            if (IsPaid(*piece.billed, {*moment, to}, expected.catalog.policies.proration)) ++paid;
        }
        if (std::string wrong = reference.Judge(*moment, to, covered, paid); !wrong.empty())
            return wrong;
    }
    return "";
}

std::string BrokenSum(const Expectation& expected, const invoices::AccountBook& book) {
    long double exact = 0;
    std::int64_t charged = 0;
    long double bound = 0.001L;
    for (const BilledLine& billed : Recurring(book, expected.agreement.id)) {
        const auto& line = billed.line;
        long double share = Measure(line.covers, line.period, expected.catalog.policies.proration);
        for (const Span& back : billed.given_back)
            share -= Measure(back, line.period, expected.catalog.policies.proration);
        const auto number = [](const Decimal& decimal) {
            return static_cast<long double>(decimal.unscaled()) /
                   std::pow(10.0L, decimal.decimals());
        };
        exact += number(line.unit_price) * number(line.quantity) * 100 * share;
        charged += billed.left.minor_units();
        bound += 0.5L * static_cast<long double>(1 + 2 * billed.given_back.size());
    }
    if (std::abs(exact - static_cast<long double>(charged)) <= bound) return "";
    return fmt::format("the sum: charged {}, price × time is {:.3f}", charged,
                       static_cast<double>(exact));
}

}  // namespace livery::property
