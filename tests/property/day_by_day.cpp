#include "day_by_day.h"

#include <algorithm>

#include <fmt/format.h>

namespace livery::property {

namespace {

using std::chrono::year_month_day;

int MonthOf(Date date) {
    const year_month_day day(date);
    return int(day.year()) * 12 + static_cast<int>(unsigned(day.month())) - 1;
}

// The `day` of a month, or its last one.
Date DayIn(int month, int day) {
    const std::chrono::year_month of{std::chrono::year(month / 12),
                                     std::chrono::month(static_cast<unsigned>(month % 12 + 1))};
    const Date last = std::chrono::sys_days(of / std::chrono::last);
    return std::min(last, std::chrono::sys_days(of / 1) + std::chrono::days(day - 1));
}

// The period of so many months that holds `time`: from the first `day` that is not before `origin`.
std::pair<Date, Date> PeriodOf(Date time, Date origin, int day, int months) {
    if (day == 0) day = static_cast<int>(unsigned(year_month_day(origin).day()));
    int month = MonthOf(origin);
    if (DayIn(month, day) < origin) ++month;
    while (DayIn(month, day) > time) month -= months;
    while (DayIn(month + months, day) <= time) month += months;
    return {DayIn(month, day), DayIn(month + months, day)};
}

std::string ToText(Date date) {
    const year_month_day day(date);
    return fmt::format("{:02}-{:02}", unsigned(day.month()), unsigned(day.day()));
}

}  // namespace

std::string ToText(const ChargedDay& day) {
    if (day.plan.empty()) return "nothing";
    return fmt::format("{} {} of {} to {}", day.units, day.plan, ToText(day.from), ToText(day.to));
}

DayByDay::DayByDay(SimplePlan plan, Date start, const DayByDay* base)
    : plan_(plan),
      priced_(std::move(plan)),
      start_(start),
      origin_(plan_.with_base ? base->origin_ : start),
      day_(plan_.with_base ? base->day_ : 0),
      base_(base) {
    SetPeriod(start);
}

void DayByDay::SetPeriod(Date day) {
    std::tie(from_, to_) = PeriodOf(day, origin_, day_, priced_.months);
}

bool DayByDay::IsPoint(Date day, int months) const {
    return PeriodOf(day, origin_, day_, months).first == day;
}

void DayByDay::TakeDay(Date day) {
    origin_ = day;
    day_ = *day_waits_;
    day_waits_.reset();
    ++moved_;
}

// Its own period has ended, or it leaves it.
void DayByDay::TakeBases(Date day) {
    origin_ = base_->day_ > 0 ? day : base_->origin_;
    day_ = base_->day_;
    followed_ = base_->moved_;
}

void DayByDay::Begin(Date day) {
    const bool ends = day == to_;
    std::optional<AskedChange> comes;
    if (change_ && change_->on == day) std::swap(comes, change_);
    const bool leaves = comes && !comes->plan.with_base;
    const int moved = moved_ + followed_;
    if (ends) {
        // What stayed is over.
        priced_ = plan_;
        priced_units_ = units_;
        if (!comes && !plan_.with_base && !IsPoint(day, plan_.months)) origin_ = day, ++moved_;
        if (day_waits_) TakeDay(day);
        if (plan_.with_base && !leaves && followed_ != base_->moved_) TakeBases(day);
    }
    const bool begins = ends && (moved == moved_ + followed_ || IsPoint(day, priced_.months));
    for (const WaitingUnits& each : units_wait_) {
        if (each.on != day) continue;
        units_ = each.units;
        // Units that come with a plan are paid for with it.
        if (!comes || !each.with_plan) priced_units_ = units_;
    }
    std::erase_if(units_wait_, [&](const WaitingUnits& each) { return each.on == day; });
    if (comes) Become(*comes, begins);
    if (ends) SetPeriod(day);
}

void DayByDay::Become(const AskedChange& change, bool begins) {
    const Date day = change.on;
    const bool joins = change.plan.with_base && !plan_.with_base;
    const bool stays = !change.shared && !joins && !begins;
    plan_ = change.plan;
    if (stays) return;
    priced_ = plan_;
    priced_units_ = units_;
    if (joins) {
        day_waits_.reset();
        TakeBases(day);
        origin_ = base_->origin_;
    }
    // A whole period, where nothing is to be shared.
    if (!change.shared && !plan_.with_base && !IsPoint(day, plan_.months)) origin_ = day, ++moved_;
    // A billing day that waits begins with the new plan.
    if (change.shared && day_waits_ && !plan_.with_base) {
        // Counted from where it would have begun.
        origin_ = to_, day_ = *day_waits_, ++moved_;
        day_waits_.reset();
    }
    SetPeriod(day);
}

// Another plan takes the place of the one that they came with: on another day they wait by
// themselves.
void DayByDay::LeaveUnits(Date day) {
    for (WaitingUnits& each : units_wait_) each.with_plan = each.with_plan && each.on == day;
}

void DayByDay::ChangeNow(const AskedChange& change) {
    change_.reset();
    LeaveUnits(change.on);
    Become(change, false);
}

void DayByDay::ChangeLater(const AskedChange& change, std::optional<int> units) {
    change_ = change;
    LeaveUnits(change.on);
    if (!units) return;
    std::erase_if(units_wait_, [&](const WaitingUnits& each) {
        return each.on > change.on || (each.on == change.on && each.with_plan);
    });
    units_wait_.push_back({change.on, *units, true});
}

void DayByDay::UnitsNow(int units) {
    units_ = priced_units_ = units;
    units_wait_.clear();
}

void DayByDay::UnitsFrom(Date day, int units) {
    std::erase_if(units_wait_, [&](const WaitingUnits& each) { return each.on >= day; });
    units_wait_.push_back({day, units, false});
}

void DayByDay::Withdraw() {
    change_.reset();
    units_wait_.clear();
}

void DayByDay::Resume(Date day) {
    for (auto& [from, to] : pauses_) {
        if (from <= day && (!to || day < *to)) to = day;
    }
}

bool DayByDay::IsOver(Date day) const {
    return (ends_ && *ends_ <= day) || (base_ != nullptr && base_->IsOver(day));
}

bool DayByDay::IsPaused(Date day) const {
    if (base_ != nullptr) return base_->IsPaused(day);
    return std::any_of(pauses_.begin(), pauses_.end(), [&](const auto& pause) {
        return pause.first <= day && (!pause.second || day < *pause.second);
    });
}

ChargedDay DayByDay::Charged(Date day) const {
    if (day < start_ || IsOver(day) || IsPaused(day)) return {};
    return {priced_.id, priced_units_, from_, to_};
}

}  // namespace livery::property
