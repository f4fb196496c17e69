#include "domain/span_list.h"

namespace livery::invoices {

std::vector<Span> Without(const std::vector<Span>& spans, const Span& cut) {
    std::vector<Span> rest;
    for (const Span& span : spans) {
        const Span out = Intersect(span, cut);
        if (out.IsEmpty()) {
            rest.push_back(span);
            continue;
        }
        if (span.from < out.from) rest.push_back({span.from, out.from});
        if (out.to < span.to) rest.push_back({out.to, span.to});
    }
    return rest;
}

}  // namespace livery::invoices
