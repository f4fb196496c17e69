#include <charconv>

#include <fmt/format.h>

#include <livery/time/instant.h>

namespace livery {

namespace {

std::optional<int> Number(std::string_view digits) {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size() || digits[0] == '-') {
        return std::nullopt;
    }
    return value;
}

}  // namespace

std::optional<Date> ParseDate(std::string_view iso) {
    if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
    const auto year = Number(iso.substr(0, 4));
    const auto month = Number(iso.substr(5, 2));
    const auto day = Number(iso.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date);
}

std::string ToIso(Date date) {
    const std::chrono::year_month_day ymd(date);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                       static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

std::string ToIso(Instant instant) {
    const Date date = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::hh_mm_ss time(instant - date);
    return fmt::format("{}T{:02}:{:02}:{:02}.{:06}Z", ToIso(date), time.hours().count(),
                       time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

Date AddMonths(Date anchor, int months) {
    const std::chrono::year_month_day from(anchor);
    const auto month =
        std::chrono::year_month(from.year(), from.month()) + std::chrono::months(months);
    const std::chrono::year_month_day_last last(month.year(),
                                                std::chrono::month_day_last(month.month()));
    const auto day = std::min(from.day(), last.day());
    return std::chrono::sys_days(std::chrono::year_month_day(month.year(), month.month(), day));
}

}  // namespace livery
