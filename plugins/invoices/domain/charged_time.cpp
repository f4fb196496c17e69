#include "domain/charged_time.h"

namespace livery::invoices {

Money PartOf(const Line& line, const Ratio& part) {
    const Money charged = line.Charged();
    if (part.den == line.share.den) return Part(charged, part.num, line.share.num);
    return Part(charged, part.num * line.share.den, part.den * line.share.num);
}

bool IsWorthNothing(const Line& line, const Span& time, billing::Policies::Proration proration) {
    if (line.share.num <= 0) return true;
    return PartOf(line, billing::ShareOf(time, line.period, proration)).minor_units() <= 0;
}

}  // namespace livery::invoices
