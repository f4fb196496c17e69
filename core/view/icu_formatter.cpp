#include "view/icu_formatter.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>
#include <unicode/datefmt.h>
#include <unicode/dtitvfmt.h>
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

// A formatting object with what it said before: a page shows the same few prices and dates in many
// rows, and ICU takes microseconds for each. Bounded: a flood of distinct values starts it afresh.
template <class T, class Value, class Hash = std::hash<Value>>
class Remembering {
 public:
    explicit Remembering(T format) : format_(std::move(format)) {}
    template <class Say>
    const std::string& Recall(const Value& value, const Say& say) {
        if (said_.size() > 2000) said_.clear();
        const auto [slot, fresh] = said_.try_emplace(value);
        if (fresh) slot->second = say(format_);
        return slot->second;
    }

 private:
    T format_;
    std::unordered_map<Value, std::string, Hash> said_;
};

struct HashOfDecimal {
    std::size_t operator()(const Decimal& number) const {
        return std::hash<std::int64_t>()(number.unscaled() * 16 + number.decimals());
    }
};

struct DaySpan {
    Date first;
    Date last;
    bool operator==(const DaySpan&) const = default;
};

struct HashOfDays {
    std::size_t operator()(const DaySpan& days) const {
        const auto first = days.first.time_since_epoch().count();
        const auto length = (days.last - days.first).count();
        return std::hash<std::int64_t>()(std::int64_t{first} * 4096 + length);
    }
};

using DateWriter = Remembering<std::unique_ptr<icu::SimpleDateFormat>, std::int64_t>;
using DaysWriter = Remembering<std::unique_ptr<icu::DateIntervalFormat>, DaySpan, HashOfDays>;
using DecimalFormat = icu::number::LocalizedNumberFormatter;
using NumberWriter = Remembering<DecimalFormat, std::int64_t>;
using DecimalWriter = Remembering<DecimalFormat, Decimal, HashOfDecimal>;

// What one locale is written with, each made when first asked for. Of one thread.
struct LocaleFormats {
    explicit LocaleFormats(const std::string& name)
        : tag(name), locale(LocaleOf(name)), right_to_left(locale.isRightToLeft() != 0) {}

    std::string tag;
    icu::Locale locale;
    bool right_to_left;
    std::string language_name;
    std::optional<NumberWriter> numbers;
    std::optional<DecimalWriter> decimals;
    std::map<Currency, NumberWriter> amounts;
    std::map<Currency, DecimalWriter> unit_prices;
    std::array<std::optional<DateWriter>, 3> days;  // by Formatter::DateStyle
    std::optional<DaysWriter> spans;
    std::map<std::string, DateWriter> moments;                                      // by time zone
    std::unordered_map<std::string, std::unique_ptr<icu::MessageFormat>> messages;  // by pattern
};

// Nearly always that of the call before.
LocaleFormats& FormatsOf(const std::string& locale) {
    thread_local std::unordered_map<std::string, LocaleFormats> all;
    thread_local LocaleFormats* last = nullptr;
    if (last == nullptr || last->tag != locale)
        last = &all.try_emplace(locale, locale).first->second;
    return *last;
}

// The one of `key`, made by `make` when it is not there.
template <class Map, class Make>
auto& In(Map& map, const typename Map::key_type& key, const Make& make) {
    const auto found = map.find(key);
    return found != map.end() ? found->second : map.emplace(key, make()).first->second;
}

template <class T, class Make>
T& In(std::optional<T>& slot, const Make& make) {
    if (!slot) slot.emplace(make());
    return *slot;
}

DecimalFormat Plain(const LocaleFormats& formats) {
    return icu::number::NumberFormatter::withLocale(formats.locale);
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

DateWriter MakeDateWriter(const LocaleFormats& formats, const std::string& zone,
                          const char* skeleton) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::DateTimePatternGenerator> generator(
        icu::DateTimePatternGenerator::createInstance(formats.locale, status));
    const auto pattern = generator->getBestPattern(icu::UnicodeString(skeleton), status);
    auto format = std::make_unique<icu::SimpleDateFormat>(pattern, formats.locale, status);
    LIVERY_CHECK(U_SUCCESS(status), "ICU has no date format for " + formats.tag);
    format->adoptTimeZone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(zone)));
    return DateWriter(std::move(format));
}

DaysWriter MakeDaysWriter(const LocaleFormats& formats) {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::DateIntervalFormat> format(
        icu::DateIntervalFormat::createInstance("yMMMd", formats.locale, status));
    LIVERY_CHECK(U_SUCCESS(status), "ICU has no interval of dates for " + formats.tag);
    format->adoptTimeZone(icu::TimeZone::createTimeZone("UTC"));
    return DaysWriter(std::move(format));
}

// Since 1970, of a day or a moment.
template <class Time>
std::int64_t MillisecondsOf(Time time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
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

bool IcuFormatter::right_to_left() const { return FormatsOf(locale_).right_to_left; }

const std::string* IcuFormatter::Find(std::string_view key) const {
    const std::string* text = texts_.Find(key);
    LIVERY_CHECK(text != nullptr || missing_ == Missing::kShowKey,
                 fmt::format("no language has the text `{}`", key));
    return text;
}

std::string IcuFormatter::Text(std::string_view key) const {
    const std::string* text = Find(key);
    return text == nullptr ? std::string(key) : *text;
}

std::string IcuFormatter::Text(std::string_view key, std::initializer_list<Arg> args) const {
    const std::string* text = Find(key);
    if (text == nullptr) return std::string(key);
    if (const auto plain = Substituted(*text, args)) return *plain;
    auto& formats = FormatsOf(locale_);
    // A tenant's texts are few, but those of many tenants are not.
    if (formats.messages.size() > 2000) formats.messages.clear();
    const auto& format = In(formats.messages, *text, [&] {
        UErrorCode status = U_ZERO_ERROR;
        auto made = std::make_unique<icu::MessageFormat>(icu::UnicodeString::fromUTF8(*text),
                                                         formats.locale, status);
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
            const auto value = std::get<std::string_view>(arg.value);
            values.emplace_back(
                icu::UnicodeString::fromUTF8({value.data(), static_cast<int>(value.size())}));
        }
    }
    icu::UnicodeString out;
    UErrorCode status = U_ZERO_ERROR;
    format->format(names.data(), values.data(), static_cast<int>(values.size()), out, status);
    LIVERY_CHECK(U_SUCCESS(status), fmt::format("text `{}` cannot be formatted", key));
    return Utf8(out);
}

std::string IcuFormatter::Number(std::int64_t number) const {
    auto& formats = FormatsOf(locale_);
    auto& writer = In(formats.numbers, [&] { return NumberWriter(Plain(formats)); });
    return writer.Recall(number, [&](auto& format) {
        UErrorCode status = U_ZERO_ERROR;
        return Utf8(format.formatInt(number, status).toString(status));
    });
}

std::string IcuFormatter::Amount(const Money& money) const {
    auto& formats = FormatsOf(locale_);
    auto& writer = In(formats.amounts, money.currency(), [&] {
        // Digits by ISO 4217 as our amounts have them, not by cash usage in a country.
        return NumberWriter(
            Plain(formats)
                .unit(UnitOf(money.currency()))
                .precision(icu::number::Precision::fixedFraction(money.currency().minor_digits())));
    });
    return writer.Recall(money.minor_units(), [&](auto& format) {
        return MoneyText(format, money.ToDecimal(), formats.right_to_left);
    });
}

std::string IcuFormatter::Number(const Decimal& number) const {
    auto& formats = FormatsOf(locale_);
    auto& writer = In(formats.decimals, [&] {
        return DecimalWriter(Plain(formats).precision(icu::number::Precision::unlimited()));
    });
    return writer.Recall(
        number, [&](auto& format) { return Utf8(DecimalText(format, number.ToString())); });
}

std::string IcuFormatter::UnitPrice(const Decimal& price, Currency currency) const {
    auto& formats = FormatsOf(locale_);
    auto& writer = In(formats.unit_prices, currency, [&] {
        return DecimalWriter(Plain(formats)
                                 .unit(UnitOf(currency))
                                 .precision(icu::number::Precision::minMaxFraction(
                                     currency.minor_digits(), Decimal::kMostDecimals)));
    });
    return writer.Recall(price, [&](auto& format) {
        return MoneyText(format, price.ToString(), formats.right_to_left);
    });
}

std::string IcuFormatter::Day(Date date, DateStyle style) const {
    auto& formats = FormatsOf(locale_);
    auto& writer = In(formats.days.at(static_cast<std::size_t>(style)),
                      [&] { return MakeDateWriter(formats, "UTC", SkeletonOf(style)); });
    return WriteDate(writer, MillisecondsOf(date));
}

std::string IcuFormatter::Days(Date first, Date last) const {
    auto& formats = FormatsOf(locale_);
    auto& writer = In(formats.spans, [&] { return MakeDaysWriter(formats); });
    return writer.Recall(DaySpan{first, last}, [&](auto& format) {
        const icu::DateInterval days(static_cast<UDate>(MillisecondsOf(first)),
                                     static_cast<UDate>(MillisecondsOf(last)));
        icu::UnicodeString text;
        icu::FieldPosition nowhere(icu::FieldPosition::DONT_CARE);
        UErrorCode status = U_ZERO_ERROR;
        format->format(&days, text, nowhere, status);
        LIVERY_CHECK(U_SUCCESS(status), "ICU cannot write an interval of dates");
        return Utf8(text);
    });
}

std::string IcuFormatter::Moment(Instant instant) const {
    auto& formats = FormatsOf(locale_);
    auto& writer = In(formats.moments, time_zone_,
                      [&] { return MakeDateWriter(formats, time_zone_, "yMMMdjm"); });
    return WriteDate(writer, MillisecondsOf(instant));
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
    auto& formats = FormatsOf(locale);
    if (formats.language_name.empty()) {
        icu::UnicodeString name;
        formats.locale.getDisplayLanguage(formats.locale, name);
        formats.language_name = Utf8(name.toTitle(nullptr, formats.locale));
    }
    return formats.language_name;
}

}  // namespace livery::view
