#include "dispatch/localization.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace livery::dispatch {

namespace {

std::string Lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

std::string_view Trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

// The offered locale that equals `wanted`, or shares its language.
std::optional<std::string> Offered(const std::vector<std::string>& offered,
                                   std::string_view wanted) {
    const std::string name = Lower(wanted);
    const std::string language = name.substr(0, name.find('-'));
    for (const std::string& locale : offered) {
        if (Lower(locale) == name) return locale;
    }
    for (const std::string& locale : offered) {
        if (Lower(locale).substr(0, locale.find('-')) == language) return locale;
    }
    return std::nullopt;
}

struct Wish {
    std::string_view locale;
    int thousandths = 1000;
};

// "0.8" → 800; anything odd counts as 0, which means "not wanted".
int Quality(std::string_view text) {
    if (text.empty() || (text[0] != '0' && text[0] != '1')) return 0;
    int value = (text[0] - '0') * 1000;
    int unit = 100;
    for (std::size_t i = 2; i < text.size() && i < 5; ++i, unit /= 10) {
        if (text[i] < '0' || text[i] > '9') return 0;
        value += (text[i] - '0') * unit;
    }
    return std::min(value, 1000);
}

std::vector<Wish> Wishes(std::string_view header) {
    std::vector<Wish> wishes;
    while (!header.empty() && wishes.size() < 20) {
        const auto comma = header.find(',');
        const std::string_view part = header.substr(0, comma);
        const auto semicolon = part.find(';');
        Wish wish{Trim(part.substr(0, semicolon))};
        if (semicolon != std::string_view::npos) {
            const auto parameter = Trim(part.substr(semicolon + 1));
            wish.thousandths = parameter.starts_with("q=") ? Quality(parameter.substr(2)) : 0;
        }
        if (!wish.locale.empty() && wish.thousandths > 0) wishes.push_back(wish);
        header = comma == std::string_view::npos ? "" : header.substr(comma + 1);
    }
    std::stable_sort(wishes.begin(), wishes.end(),
                     [](const Wish& a, const Wish& b) { return a.thousandths > b.thousandths; });
    return wishes;
}

}  // namespace

std::string ChooseLocale(const std::vector<std::string>& offered, std::string_view chosen,
                         std::string_view accept_language) {
    if (!chosen.empty()) {
        if (auto locale = Offered(offered, chosen)) return *locale;
    }
    for (const Wish& wish : Wishes(accept_language)) {
        if (auto locale = Offered(offered, wish.locale)) return *locale;
    }
    return offered.front();
}

}  // namespace livery::dispatch
