#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include <livery/check.h>
#include <livery/time/frequency.h>

namespace livery {

namespace {

using std::chrono::days;

struct Word {
    std::string_view name;
    int count;
    Length::Unit unit;
};
constexpr std::array<Word, 6> kWords{{{"year", 12, Length::Unit::kMonth},
                                      {"half_year", 6, Length::Unit::kMonth},
                                      {"quarter", 3, Length::Unit::kMonth},
                                      {"month", 1, Length::Unit::kMonth},
                                      {"week", 7, Length::Unit::kDay},
                                      {"day", 1, Length::Unit::kDay}}};

std::optional<int> SmallNumber(std::string_view digits) {
    if (digits.starts_with('-')) return std::nullopt;
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool whole = error == std::errc{} && end == digits.data() + digits.size();
    return whole ? std::optional(value) : std::nullopt;
}

int MonthNumber(Date date) {
    const std::chrono::year_month_day ymd(date);
    return static_cast<int>(ymd.year()) * 12 +
           static_cast<int>(static_cast<unsigned>(ymd.month())) - 1;
}

// Day `day` of the month with that number, or its last one.
Date DayOfMonth(int month_number, int day) {
    const std::chrono::year_month month(std::chrono::year(month_number / 12),
                                        std::chrono::month(1U + unsigned(month_number % 12)));
    const std::chrono::year_month_day_last last(month.year(),
                                                std::chrono::month_day_last(month.month()));
    return std::chrono::sys_days(
        month / std::chrono::day(std::min(unsigned(day), static_cast<unsigned>(last.day()))));
}

}  // namespace

std::string ToIso(CivilTime time) {
    const Date date = DayOf(time);
    if (time == CivilTime(date)) return ToIso(date);
    const std::chrono::hh_mm_ss clock(time - date);
    return fmt::format("{}T{:02}:{:02}:{:02}", ToIso(date), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count());
}

std::optional<CivilTime> ParseCivilTime(std::string_view iso) {
    const auto date = ParseDate(iso.substr(0, 10));
    if (!date) return std::nullopt;
    if (iso.size() == 10) return CivilTime(*date);
    if (iso.size() != 19 || (iso[10] != 'T' && iso[10] != ' ') || iso[13] != ':' || iso[16] != ':')
        return std::nullopt;
    const auto hour = SmallNumber(iso.substr(11, 2));
    const auto minute = SmallNumber(iso.substr(14, 2));
    const auto second = SmallNumber(iso.substr(17, 2));
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59)
        return std::nullopt;
    return *date + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second);
}

Span Intersect(const Span& a, const Span& b) {
    return {std::max(a.from, b.from), std::min(a.to, b.to)};
}

std::optional<Length> Length::Parse(std::string_view text) {
    int count = 1;
    if (const auto space = text.find(' '); space != std::string_view::npos) {
        const auto number = SmallNumber(text.substr(0, space));
        if (!number || *number < 1) return std::nullopt;
        count = *number;
        text = text.substr(space + 1);
        if (text.ends_with('s')) text.remove_suffix(1);
    }
    const auto* word =
        std::find_if(kWords.begin(), kWords.end(), [&](const Word& w) { return w.name == text; });
    if (word == kWords.end() || count > 1200 / word->count) return std::nullopt;
    return Length{count * word->count, word->unit};
}

std::string Length::ToString() const {
    for (const Word& word : kWords) {
        if (word.unit != unit || count % word.count != 0) continue;
        const int times = count / word.count;
        if (times == 1) return std::string(word.name);
        if (word.name == "half_year" || word.name == "quarter") continue;
        return fmt::format("{} {}s", times, word.name);
    }
    return fmt::format("{} days", count);
}

CivilTime operator+(CivilTime from, const Length& length) {
    if (length.unit == Length::Unit::kDay) return from + days(length.count);
    const Date date = DayOf(from);
    return AddMonths(date, length.count) + (from - date);
}

BillingGrid::BillingGrid(CivilTime anchor, Length every)
    : BillingGrid(anchor, every,
                  static_cast<int>(
                      static_cast<unsigned>(std::chrono::year_month_day(DayOf(anchor)).day()))) {}

BillingGrid BillingGrid::OnDay(CivilTime from, int day, Length every) {
    LIVERY_CHECK(day >= 1 && day <= 31, "a billing day is 1 to 31");
    const Date date = DayOf(from);
    int month = MonthNumber(date);
    if (DayOfMonth(month, day) < date) ++month;
    return {DayOfMonth(month, day) + (from - date), every, day};
}

CivilTime BillingGrid::PointAt(int k) const {
    if (every_.unit == Length::Unit::kDay) return anchor_ + days(std::int64_t{every_.count} * k);
    const Date date = DayOf(anchor_);
    return DayOfMonth(MonthNumber(date) + every_.count * k, day_) + (anchor_ - date);
}

int BillingGrid::IndexAt(CivilTime time) const {
    int k = 0;
    if (every_.unit == Length::Unit::kDay) {
        k = static_cast<int>(std::chrono::floor<days>(time - anchor_).count() / every_.count);
    } else {
        k = (MonthNumber(DayOf(time)) - MonthNumber(DayOf(anchor_))) / every_.count;
    }
    while (PointAt(k) > time) --k;
    while (PointAt(k + 1) <= time) ++k;
    return k;
}

Span BillingGrid::Enclosing(CivilTime time) const {
    const int k = IndexAt(time);
    return {PointAt(k), PointAt(k + 1)};
}

CivilTime BillingGrid::NextOnOrAfter(CivilTime time) const {
    const CivilTime last = PointAt(IndexAt(time));
    return last == time ? last : PointAt(IndexAt(time) + 1);
}

}  // namespace livery
