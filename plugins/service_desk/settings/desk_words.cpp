#include <algorithm>
#include <array>
#include <charconv>

#include "settings/desk_file.h"

namespace livery::service_desk {

namespace {

std::optional<int> NumberIn(std::string_view digits) {
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size() || digits.empty() ||
        digits.front() == '-')
        return std::nullopt;
    return number;
}

// "08:30", to "24:00".
std::optional<std::chrono::minutes> TimeOfDayIn(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hour = NumberIn(text.substr(0, 2));
    const auto minute = NumberIn(text.substr(3));
    if (!hour || !minute || *minute > 59 || *hour > 24 || (*hour == 24 && *minute > 0))
        return std::nullopt;
    return std::chrono::hours(*hour) + std::chrono::minutes(*minute);
}

// As std::chrono::weekday::c_encoding counts.
std::optional<unsigned> DayIn(std::string_view text) {
    constexpr std::array<std::string_view, 7> kDays{"sun", "mon", "tue", "wed",
                                                    "thu", "fri", "sat"};
    const auto found = std::find(kDays.begin(), kDays.end(), text);
    if (found == kDays.end()) return std::nullopt;
    return static_cast<unsigned>(found - kDays.begin());
}

}  // namespace

std::optional<Duration> OpenTimeIn(std::string_view text) {
    const auto blank = text.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    const auto count = NumberIn(text.substr(0, blank));
    const std::string_view unit = text.substr(blank + 1);
    if (!count || *count == 0 || *count > 100'000) return std::nullopt;
    if (unit == "minute" || unit == "minutes") return std::chrono::minutes(*count);
    if (unit == "hour" || unit == "hours") return std::chrono::hours(*count);
    return std::nullopt;
}

std::optional<std::int64_t> BytesIn(std::string_view text) {
    const auto blank = text.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    const auto count = NumberIn(text.substr(0, blank));
    const std::string_view unit = text.substr(blank + 1);
    if (!count || *count == 0 || *count > 100'000) return std::nullopt;
    if (unit == "kB" || unit == "KB") return std::int64_t{1000} * *count;
    if (unit == "MB") return std::int64_t{1'000'000} * *count;
    return std::nullopt;
}

std::optional<Hours> HoursIn(std::string_view text) {
    if (text.size() != 11 || text[5] != '-') return std::nullopt;
    const auto from = TimeOfDayIn(text.substr(0, 5));
    const auto to = TimeOfDayIn(text.substr(6));
    if (!from || !to || *to <= *from) return std::nullopt;
    return Hours{*from, *to};
}

std::vector<unsigned> DaysIn(std::string_view text) {
    const auto dash = text.find('-');
    const auto first = DayIn(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : DayIn(text.substr(dash + 1));
    if (!first || !last) return {};
    std::vector<unsigned> days{*first};
    while (days.back() != *last) days.push_back((days.back() + 1) % 7);
    return days;
}

}  // namespace livery::service_desk
