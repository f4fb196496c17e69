#pragma once

#include <string>

#include <livery/view/formatter.h>

#include "domain/agreement.h"
#include "domain/next_charge.h"

namespace livery::subscriptions {

// An agreement as it reads at one moment: what lists, details and the home page have in common.
// Borrows all it is made from.
class AgreementWords {
 public:
    AgreementWords(const Agreement& agreement, const billing::Catalog& catalog, CivilTime now,
                   const Formatter& format)
        : agreement_(agreement),
          catalog_(catalog),
          now_(now),
          view_(agreement, catalog),
          ends_at_(view_.EndsAt()),
          format_(format) {}

    std::string Product() const;
    std::string Plan() const { return PlanOf(view_.ChoiceAt(now_)); }
    std::string PlanOf(const Choice& choice) const;
    std::string State() const { return std::string(ToString(view_.StateAt(now_))); }
    std::string Quantity() const { return QuantityOf(view_.ChoiceAt(now_)); }
    std::string QuantityOf(const Choice& choice) const;
    // What all units cost, or one of them: "120.00 € a month".
    std::string Price() const;
    std::string UnitPrice() const { return UnitPriceFrom(now_); }
    std::string UnitPriceFrom(CivilTime time) const;
    // What happens next with it, in words that need no heading: the next charge, its end, nothing.
    std::string Next() const;
    std::string Path() const { return "/subscriptions/" + agreement_.id.ToString(); }
    bool IsOver() const { return ends_at_ && *ends_at_ <= now_; }
    bool IsTrial() const { return view_.StateAt(now_) == AgreementState::kTrial; }

    std::optional<CivilTime> EndsAt() const { return ends_at_; }
    std::optional<NextCharge> NextDue() const;
    std::string DayOf(CivilTime time,
                      Formatter::DateStyle style = Formatter::DateStyle::kMedium) const;
    // "1 March 2026 to 31 March 2026": the last day belongs to it.
    std::string DaysOf(const Span& span) const;

    const AgreementView& view() const { return view_; }
    const Agreement& agreement() const { return agreement_; }
    const billing::Catalog& catalog() const { return catalog_; }
    CivilTime now() const { return now_; }
    const Formatter& format() const { return format_; }

 private:
    std::string PriceText(const billing::Pricing& pricing, const std::string& amount,
                          CivilTime time) const;

    const Agreement& agreement_;
    const billing::Catalog& catalog_;
    CivilTime now_;
    AgreementView view_;
    std::optional<CivilTime> ends_at_;
    const Formatter& format_;
};

}  // namespace livery::subscriptions
