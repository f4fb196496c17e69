#pragma once

namespace livery::billing {

// Where good engines differ, a tenant chooses; the defaults are the house's (DESIGN section 7,
// cases named). One set per tenant, from `policies:` of catalog.yaml.
struct Policies {
    // What a part of a period is measured in.
    enum class Proration {
        kActualDays,   // days used ÷ days of the enclosing period (PR-01, 04, 06, 14)
        kFixed30,      // every month has 30 days (PR-02, 05)
        kToTheSecond,  // seconds used ÷ seconds of the period (PR-26)
    };
    // Whether the day on which something ends is still charged.
    enum class LastDay { kNotBilled, kBilled };  // kBilled: PR-24, CN-01
    // To which plan the day of a change belongs.
    enum class DayOfChange { kNew, kOld };
    // What a pause gives back of a period that was charged before it.
    enum class PauseCredit { kPausedDays, kNone };      // RP-04, 06
    enum class TaxRounding { kPerLine, kPerDocument };  // TX-09
    // A gross price of which the tax is taken out: which of the two is rounded (TX-07).
    enum class InclusiveRounding { kTax, kNet };

    Proration proration = Proration::kActualDays;
    LastDay last_day = LastDay::kNotBilled;
    DayOfChange day_of_change = DayOfChange::kNew;
    PauseCredit pause_credit = PauseCredit::kPausedDays;
    // A one-time price is given back when its subscription ends on the day it began (RP-11).
    bool credit_one_time_on_cancel = false;
    TaxRounding tax_rounding = TaxRounding::kPerLine;
    InclusiveRounding inclusive_rounding = InclusiveRounding::kTax;
    int payment_days = 14;  // from the date of an invoice until it is due
};

}  // namespace livery::billing
