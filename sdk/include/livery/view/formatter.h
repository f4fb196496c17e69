#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include <livery/ids.h>
#include <livery/money/decimal.h>
#include <livery/money/money.h>
#include <livery/time/instant.h>

namespace livery {

// Makes the strings that people read, in one language, region and time zone (CLDR by ICU). The
// text keys are those of the plugin's own locale files. Thread: the request's own.
class Formatter {
 public:
    // A named argument of an ICU message: `{count, plural, one {…} other {…}}`.
    struct Arg {
        std::string_view name;
        std::variant<std::string_view, std::int64_t> value;
    };
    enum class DateStyle { kMedium, kLong, kMonth };  // 31 Mar 2026 · 31 March 2026 · March 2026

    virtual ~Formatter();
    virtual std::string_view language() const = 0;  // "de"
    virtual bool right_to_left() const = 0;
    virtual std::string Text(std::string_view key) const = 0;
    virtual std::string Text(std::string_view key, std::initializer_list<Arg> args) const = 0;
    virtual std::string Number(std::int64_t number) const = 0;
    virtual std::string Amount(const Money& money) const = 0;
    // Exact: with as many decimals as it has.
    virtual std::string Number(const Decimal& number) const = 0;
    // A price of one, which may be finer than the currency's minor unit but is never shown coarser.
    virtual std::string UnitPrice(const Decimal& price, Currency currency) const = 0;
    virtual std::string Day(Date date, DateStyle style = DateStyle::kMedium) const = 0;
    // The days from the first to the last, both meant: "26 Nov – 25 Dec 2026"; of one day that day.
    virtual std::string Days(Date first, Date last) const = 0;
    virtual std::string Moment(Instant instant) const = 0;  // date and time of day, in the zone
    virtual Date DayOf(Instant instant) const = 0;          // the civil date in the zone
};

// Formatters for what no request asks for: documents, mails. In the tenant's first language and
// time zone, with the texts of one plugin. Provided by the core. Thread: any; what it makes is the
// caller's.
class TenantFormatters {
 public:
    static constexpr std::string_view kPortId = "livery.tenant_formatters/1";
    virtual ~TenantFormatters();
    virtual std::unique_ptr<const Formatter> Of(const TenantId& tenant,
                                                const std::string& plugin) = 0;
};

// Formatters with the texts of other plugins, in the same language, region and time zone: for a
// page that is put together from what several plugins say. Thread: the request's own.
class FormatterSource {
 public:
    virtual ~FormatterSource();
    virtual std::unique_ptr<const Formatter> FormatterOf(const std::string& plugin) const = 0;
};

}  // namespace livery
