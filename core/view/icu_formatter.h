#pragma once

#include <string>

#include <livery/view/formatter.h>

#include "view/text_catalog.h"

namespace livery::view {

// Formatter by ICU. Formatting objects are kept per thread and reused: making one costs 35 times
// what using it does.
class IcuFormatter final : public Formatter {
 public:
    // `locale` BCP 47, `time_zone` IANA; both were checked when the tenant was loaded.
    // `missing`: what becomes of a text that no catalog knows.
    enum class Missing { kShowKey, kThrow };
    IcuFormatter(std::string locale, std::string time_zone, Texts texts,
                 Missing missing = Missing::kShowKey);

    std::string_view language() const override { return language_; }
    bool right_to_left() const override;
    std::string Text(std::string_view key) const override;
    std::string Text(std::string_view key, std::initializer_list<Arg> args) const override;
    std::string Number(std::int64_t number) const override;
    std::string Amount(const Money& money) const override;
    std::string Number(const Decimal& number) const override;
    std::string UnitPrice(const Decimal& price, Currency currency) const override;
    std::string Day(Date date, DateStyle style) const override;
    std::string Days(Date first, Date last) const override;
    std::string Moment(Instant instant) const override;
    Date DayOf(Instant instant) const override;

    // The same locale and zone with another component's texts.
    IcuFormatter With(Texts texts) const {
        return {locale_, time_zone_, std::move(texts), missing_};
    }
    const std::string& locale() const { return locale_; }

 private:
    const std::string* Find(std::string_view key) const;  // nullptr: its key is shown
    std::string locale_;
    std::string language_;
    std::string time_zone_;
    Texts texts_;
    Missing missing_;
};

bool IsKnownLocale(const std::string& locale);       // language known to ICU, well formed
bool IsKnownTimeZone(const std::string& time_zone);  // in the system's tz database
// "Deutsch", "العربية": a language's name in itself.
std::string LanguageName(const std::string& locale);

}  // namespace livery::view
