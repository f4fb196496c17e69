#pragma once

#include <optional>
#include <vector>

#include "domain/charging.h"

namespace livery::invoices {

// A net below all that decides what is due: time is charged once. Whatever a timeline says (a
// catalog that was changed for the past, a fault of our own), no document may charge a day for
// which money was taken already; the account fails instead, and somebody looks at it.

// Time that `due` would charge though a line of `input.billed` charges it and keeps money for it,
// or that it would charge twice itself.
std::optional<Span> ChargedAgain(const ChargingInput& input, const std::vector<Line>& due);

// Time that `due` would charge before the last run's day, and of which `input.billed` says nothing:
// lines that end before that day are not among them, so whoever has all lines is to be asked. It is
// charged in arrear, as a rule, and never was before.
std::vector<Span> BeforeWhatIsKnown(const ChargingInput& input, const std::vector<Line>& due);

// For who has all lines, with all that corrects them: where one of them keeps money for a part of
// `time`.
std::optional<Span> TakenOf(const std::vector<BilledLine>& billed, const Span& time,
                            billing::Policies::Proration proration);

}  // namespace livery::invoices
