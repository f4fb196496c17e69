#include "web/agreement_words.h"

#include <algorithm>
#include <charconv>

#include <livery/money/rounding.h>

#include "domain/agreement_choices.h"

namespace livery::subscriptions {

namespace {

// "9.00 € a month", "9.00 € every 14 days".
std::string RecurringText(const std::string& amount, const Length& every, const Formatter& t) {
    const std::string name = every.ToString();  // "month", or "14 days"
    const std::size_t space = name.find(' ');
    if (space == std::string::npos) return t.Text("price." + name, {{"amount", amount}});
    std::int64_t count = 0;
    std::from_chars(name.data(), name.data() + space, count);
    return t.Text("price." + name.substr(space + 1), {{"amount", amount}, {"count", count}});
}

}  // namespace

std::string AgreementWords::PlanOf(const Choice& choice) const {
    return subscriptions::PlanOf(catalog_, choice.plan).name;
}

std::string AgreementWords::Product() const {
    return catalog_.ProductOf(subscriptions::PlanOf(catalog_, view_.ChoiceAt(now_).plan)).name;
}

std::string AgreementWords::QuantityOf(const Choice& choice) const {
    return format_.Number(choice.quantity);
}

std::string AgreementWords::PriceText(const billing::Pricing& pricing, const std::string& amount,
                                      CivilTime time) const {
    using By = billing::Pricing::By;
    if (pricing.by == By::kUsage) return format_.Text("price.usage");
    if (pricing.unit_price.IsZero()) return format_.Text("price.free");
    if (pricing.by == By::kOnce) return format_.Text("price.once", {{"amount", amount}});
    return RecurringText(amount, view_.VersionAt(view_.ChoiceAt(time), time).frequency, format_);
}

std::string AgreementWords::Price() const {
    const billing::Pricing pricing = PricingAt(agreement_, catalog_, now_);
    const Money all =
        livery::Product(pricing.unit_price, view_.ChoiceAt(now_).quantity, {}, agreement_.currency);
    return PriceText(pricing, format_.Amount(all), now_);
}

std::string AgreementWords::UnitPriceFrom(CivilTime time) const {
    const billing::Pricing pricing = PricingAt(agreement_, catalog_, time);
    return PriceText(pricing, format_.UnitPrice(pricing.unit_price, agreement_.currency), time);
}

std::optional<NextCharge> AgreementWords::NextDue() const {
    if (IsOver()) return std::nullopt;
    return NextChargeOf(TimelineOf(agreement_, catalog_, {}, now_), catalog_.policies.proration,
                        now_);
}

std::string AgreementWords::Next() const {
    if (IsOver()) return "";
    if (const auto end = EndsAt()) return format_.Text("next.ends", {{"date", DayOf(*end)}});
    const auto next = NextDue();
    return next ? format_.Text("next.charge", {{"date", DayOf(next->on)}}) : "";
}

std::string AgreementWords::DayOf(CivilTime time, Formatter::DateStyle style) const {
    return format_.Day(livery::DayOf(time), style);
}

std::string AgreementWords::DaysOf(const Span& span) const {
    // What begins at nine ends with the day before, as it is charged; but not before it began.
    const CivilTime last = view_.Grain(span.to) - std::chrono::seconds(1);
    const std::string from = DayOf(span.from);
    const std::string to = DayOf(std::max(last, span.from));
    return format_.Text("phase.from_to", {{"from", from}, {"to", to}});
}

}  // namespace livery::subscriptions
