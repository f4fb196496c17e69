#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <livery/money/money.h>

namespace livery {

// The one place that reads amounts as people type them, in the language of the page: "1.234,50" in
// German and Spanish, "1,234.50" in English, "١٬٢٣٤٫٥٠" or either of its digits in Arabic; also
// with spaces between groups. A plain "12.50" is read in every language. nullopt: what may mean two
// things ("1,50" in English), what is finer than the currency's smallest unit, and what is no
// amount. Nothing is guessed: groups have three digits.
std::optional<Money> ParseTypedMoney(std::string_view typed, std::string_view language,
                                     Currency currency);

// An amount as it stands in a field that it is to be typed over: without groups, as
// ParseTypedMoney reads it.
std::string MoneyForField(const Money& amount, std::string_view language);

}  // namespace livery
