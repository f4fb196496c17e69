#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <livery/money/money.h>

namespace livery {

class Formatter;

// What stands in a number beside its digits.
struct NumberMarks {
    char decimal = '.';
    char group = ',';
    bool operator==(const NumberMarks&) const = default;
    // As the page writes its own numbers. The language alone does not say it: "1.234,50" in Spain
    // is "1,234.50" in the Spanish of the United States.
    static NumberMarks Of(const Formatter& format);
};

// The one place that reads amounts as people type them, with the marks of the page that they read:
// "1.234,50" or "1,234.50", "١٬٢٣٤٫٥٠" or either of its digits in Arabic; also with spaces or
// apostrophes between groups. A plain "12.50" is read on every page. nullopt: what may mean two
// things ("1,50" in English), what is finer than the currency's smallest unit, and what is no
// amount. Nothing is guessed: groups have three digits.
std::optional<Money> ParseTypedMoney(std::string_view typed, NumberMarks marks, Currency currency);

// An amount as it stands in a field that it is to be typed over: without groups, as
// ParseTypedMoney reads it.
std::string MoneyForField(const Money& amount, NumberMarks marks);

}  // namespace livery
