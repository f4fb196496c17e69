#include "domain/charged_time.h"

namespace livery::invoices {

Money PartOf(const Line& line, const Ratio& part) {
    const Money charged = line.Charged();
    if (part.den == line.share.den) return Part(charged, part.num, line.share.num);
    return Part(charged, part.num * line.share.den, part.den * line.share.num);
}

}  // namespace livery::invoices
