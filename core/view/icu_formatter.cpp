#include "view/icu_formatter.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>
#include <unicode/datefmt.h>
#include <unicode/dtptngen.h>
#include <unicode/locid.h>
#include <unicode/msgfmt.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>
#include <unicode/uchar.h>

#include <livery/check.h>

#include "time/zones.h"

namespace livery::view {

namespace {

icu::Locale LocaleOf(const std::string& tag) {
    UErrorCode status = U_ZERO_ERROR;
    icu::Locale locale = icu::Locale::forLanguageTag(tag, status);
    LIVERY_CHECK(U_SUCCESS(status), "not a language tag: " + tag);
    return locale;
}

std::string Utf8(const icu::UnicodeString& text) {
    std::string out;
    return text.toUTF8String(out);
}

// One object per key and thread, made when first asked for. Bounded: a host has a few locales and
// currencies; a flood of distinct keys starts it afresh.
template <class T>
T& Kept(const std::string& key, const std::function<std::unique_ptr<T>()>& make) {
    thread_local std::unordered_map<std::string, std::unique_ptr<T>> kept;
    if (kept.size() > 2000) kept.clear();
    std::unique_ptr<T>& slot = kept[key];
    if (!slot) slot = make();
    return *slot;
}

// A formatting object with what it said before: a page shows the same few prices and dates in many
// rows, and ICU takes microseconds for each. Bounded like Kept.
template <class T>
class Remembering {
 public:
    explicit Remembering(T format) : format_(std::move(format)) {}
    template <class Say>
    const std::string& Recall(std::int64_t value, const Say& say) {
        if (said_.size() > 2000) said_.clear();
        const auto [slot, fresh] = said_.try_emplace(value);
        if (fresh) slot->second = say(format_);
        return slot->second;
    }

 private:
    T format_;
    std::unordered_map<std::int64_t, std::string> said_;
};

using DateWriter = Remembering<std::unique_ptr<icu::SimpleDateFormat>>;
using DecimalFormat = icu::number::LocalizedNumberFormatter;
using NumberWriter = Remembering<DecimalFormat>;

DecimalFormat Plain(const std::string& locale) {
    return icu::number::NumberFormatter::withLocale(LocaleOf(locale));
}

icu::CurrencyUnit UnitOf(Currency currency) {
    UErrorCode status = U_ZERO_ERROR;
    return {std::string(currency.code()).c_str(), status};
}

// Exactly the decimal number that `text` is.
icu::UnicodeString DecimalText(const DecimalFormat& format, const std::string& text) {
    UErrorCode status = U_ZERO_ERROR;
    return format.formatDecimal({text.data(), static_cast<int>(text.size())}, status)
        .toString(status);
}

DateWriter& DateWriterOf(const std::string& locale, const std::string& zone, const char* skeleton) {
    return Kept<DateWriter>(fmt::format("{}|{}|{}", locale, zone, skeleton), [&] {
        UErrorCode status = U_ZERO_ERROR;
        const icu::Locale icu_locale = LocaleOf(locale);
        const std::unique_ptr<icu::DateTimePatternGenerator> generator(
            icu::DateTimePatternGenerator::createInstance(icu_locale, status));
        const auto pattern = generator->getBestPattern(icu::UnicodeString(skeleton), status);
        auto format = std::make_unique<icu::SimpleDateFormat>(pattern, icu_locale, status);
        LIVERY_CHECK(U_SUCCESS(status), "ICU has no date format for " + locale);
        format->adoptTimeZone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(zone)));
        return std::make_unique<DateWriter>(std::move(format));
    });
}

std::string WriteDate(DateWriter& writer, std::int64_t milliseconds) {
    return writer.Recall(milliseconds, [&](auto& format) {
        icu::UnicodeString text;
        return Utf8(format->format(static_cast<UDate>(milliseconds), text));
    });
}

// In a text that runs from right to left, `12.00 UK£` without a right-to-left letter comes apart
// (`£UK 12.00`): isolated it stays one piece (UAX 9, section 2.4.2).
icu::UnicodeString Isolated(const icu::UnicodeString& text) {
    constexpr char16_t kIsolate = u'\u2066';
    constexpr char16_t kEnd = u'\u2069';
    constexpr char16_t kRightToLeftMark = u'\u200F';
    icu::UnicodeString isolated(kIsolate);
    for (int i = 0; i < text.length(); ++i) {
        const char16_t unit = text.charAt(i);
        if (unit == kRightToLeftMark) continue;
        const auto direction = u_charDirection(unit);
        if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC ||
            direction == U_ARABIC_NUMBER) {
            return text;
        }
        isolated.append(unit);
    }
    return isolated.append(kEnd);
}

std::string MoneyText(const DecimalFormat& format, const std::string& text, bool right_to_left) {
    const icu::UnicodeString written = DecimalText(format, text);
    return Utf8(right_to_left ? Isolated(written) : written);
}

// A message of words and `{name}` for texts only needs no ICU; nullopt when it may need it.
std::optional<std::string> Substituted(std::string_view pattern,
                                       std::initializer_list<Formatter::Arg> args) {
    if (pattern.find('\'') != std::string_view::npos) return std::nullopt;  // ICU's quoting
    std::string out;
    while (true) {
        const auto open = pattern.find('{');
        out += pattern.substr(0, open);
        if (open == std::string_view::npos) return out;
        const auto close = pattern.find('}', open);
        if (close == std::string_view::npos) return std::nullopt;  // ICU says what is wrong
        const auto name = pattern.substr(open + 1, close - open - 1);
        const auto arg = std::find_if(args.begin(), args.end(),
                                      [&](const Formatter::Arg& a) { return a.name == name; });
        if (arg == args.end()) return std::nullopt;
        const auto* text = std::get_if<std::string_view>(&arg->value);
        if (text == nullptr) return std::nullopt;
        out += *text;
        pattern.remove_prefix(close + 1);
    }
}

const char* SkeletonOf(Formatter::DateStyle style) {
    switch (style) {
        case Formatter::DateStyle::kMedium:
            return "yMMMd";
        case Formatter::DateStyle::kLong:
            return "yMMMMd";
        case Formatter::DateStyle::kMonth:
            return "yMMMM";
    }
    return "yMMMd";
}

}  // namespace

IcuFormatter::IcuFormatter(std::string locale, std::string time_zone, Texts texts, Missing missing)
    : locale_(std::move(locale)),
      language_(locale_.substr(0, locale_.find('-'))),
      time_zone_(std::move(time_zone)),
      texts_(std::move(texts)),
      missing_(missing) {}

bool IcuFormatter::right_to_left() const {
    return Kept<bool>(
        locale_, [&] { return std::make_unique<bool>(LocaleOf(locale_).isRightToLeft() != 0); });
}

std::string IcuFormatter::Text(std::string_view key) const {
    const std::string* text = texts_.Find(key);
    LIVERY_CHECK(text != nullptr || missing_ == Missing::kShowKey,
                 fmt::format("no language has the text `{}`", key));
    return text == nullptr ? std::string(key) : *text;
}

std::string IcuFormatter::Text(std::string_view key, std::initializer_list<Arg> args) const {
    const std::string pattern = Text(key);
    if (const auto plain = Substituted(pattern, args)) return *plain;
    auto& format = Kept<icu::MessageFormat>(locale_ + "|" + pattern, [&] {
        UErrorCode status = U_ZERO_ERROR;
        auto made = std::make_unique<icu::MessageFormat>(icu::UnicodeString::fromUTF8(pattern),
                                                         LocaleOf(locale_), status);
        LIVERY_CHECK(U_SUCCESS(status), fmt::format("text `{}` is no ICU message", key));
        return made;
    });
    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const Arg& arg : args) {
        names.push_back(
            icu::UnicodeString::fromUTF8({arg.name.data(), static_cast<int>(arg.name.size())}));
        if (const auto* number = std::get_if<std::int64_t>(&arg.value)) {
            values.emplace_back(*number);
        } else {
            const auto text = std::get<std::string_view>(arg.value);
            values.emplace_back(
                icu::UnicodeString::fromUTF8({text.data(), static_cast<int>(text.size())}));
        }
    }
    icu::UnicodeString out;
    UErrorCode status = U_ZERO_ERROR;
    format.format(names.data(), values.data(), static_cast<int>(values.size()), out, status);
    LIVERY_CHECK(U_SUCCESS(status), fmt::format("text `{}` cannot be formatted", key));
    return Utf8(out);
}

std::string IcuFormatter::Number(std::int64_t number) const {
    auto& writer =
        Kept<NumberWriter>(locale_, [&] { return std::make_unique<NumberWriter>(Plain(locale_)); });
    return writer.Recall(number, [&](auto& format) {
        UErrorCode status = U_ZERO_ERROR;
        return Utf8(format.formatInt(number, status).toString(status));
    });
}

std::string IcuFormatter::Amount(const Money& money) const {
    auto& writer = Kept<NumberWriter>(locale_ + "|" + std::string(money.currency().code()), [&] {
        // Digits by ISO 4217 as our amounts have them, not by cash usage in a country.
        return std::make_unique<NumberWriter>(
            Plain(locale_)
                .unit(UnitOf(money.currency()))
                .precision(icu::number::Precision::fixedFraction(money.currency().minor_digits())));
    });
    return writer.Recall(money.minor_units(), [&](auto& format) {
        return MoneyText(format, money.ToDecimal(), right_to_left());
    });
}

std::string IcuFormatter::Number(const Decimal& number) const {
    auto& format = Kept<DecimalFormat>(locale_ + "|exact", [&] {
        return std::make_unique<DecimalFormat>(
            Plain(locale_).precision(icu::number::Precision::unlimited()));
    });
    return Utf8(DecimalText(format, number.ToString()));
}

std::string IcuFormatter::UnitPrice(const Decimal& price, Currency currency) const {
    auto& format = Kept<DecimalFormat>(locale_ + "|unit|" + std::string(currency.code()), [&] {
        return std::make_unique<DecimalFormat>(
            Plain(locale_)
                .unit(UnitOf(currency))
                .precision(icu::number::Precision::minMaxFraction(currency.minor_digits(),
                                                                  Decimal::kMostDecimals)));
    });
    return MoneyText(format, price.ToString(), right_to_left());
}

std::string IcuFormatter::Day(Date date, DateStyle style) const {
    const auto milliseconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(date.time_since_epoch()).count();
    return WriteDate(DateWriterOf(locale_, "UTC", SkeletonOf(style)), milliseconds);
}

std::string IcuFormatter::Moment(Instant instant) const {
    const auto milliseconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(instant.time_since_epoch()).count();
    return WriteDate(DateWriterOf(locale_, time_zone_, "yMMMdjm"), milliseconds);
}

Date IcuFormatter::DayOf(Instant instant) const {
    return std::chrono::floor<std::chrono::days>(time::ToCivil(instant, time_zone_));
}

bool IsKnownLocale(const std::string& locale) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale parsed = icu::Locale::forLanguageTag(locale, status);
    if (U_FAILURE(status) || parsed.isBogus() != 0) return false;
    return parsed.getISO3Language()[0] != '\0' &&
           parsed.toLanguageTag<std::string>(status) == locale;
}

bool IsKnownTimeZone(const std::string& time_zone) { return time::IsZone(time_zone); }

std::string LanguageName(const std::string& locale) {
    return Kept<std::string>(locale, [&] {
        const icu::Locale parsed = LocaleOf(locale);
        icu::UnicodeString name;
        parsed.getDisplayLanguage(parsed, name);
        return std::make_unique<std::string>(Utf8(name.toTitle(nullptr, parsed)));
    });
}

}  // namespace livery::view
