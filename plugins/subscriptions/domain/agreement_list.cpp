#include "domain/agreement_list.h"

#include <algorithm>
#include <tuple>

namespace livery::subscriptions {

SubscriptionId BundleOf(const Agreement& agreement) {
    return agreement.base.value_or(agreement.id);
}

ListPage PageOf(const std::vector<Agreement>& agreements, const billing::Catalog& catalog,
                const ListQuery& query, CivilTime now) {
    std::vector<const Agreement*> fitting;
    for (const Agreement& agreement : agreements) {
        if (!query.state || AgreementView(agreement, catalog).StateAt(now) == *query.state)
            fitting.push_back(&agreement);
    }
    // By id alone an add-on of the same millisecond may precede its base.
    std::sort(fitting.begin(), fitting.end(), [](const Agreement* a, const Agreement* b) {
        return std::tuple(BundleOf(*b), a->base.has_value(), a->id) <
               std::tuple(BundleOf(*a), b->base.has_value(), b->id);
    });
    ListPage page;
    page.total = static_cast<std::int64_t>(fitting.size());
    for (std::size_t i = 0; i < fitting.size();) {
        const SubscriptionId bundle = BundleOf(*fitting[i]);
        std::size_t end = i;
        while (end < fitting.size() && BundleOf(*fitting[end]) == bundle) ++end;
        const bool shown_before = query.before && bundle >= *query.before;
        if (!shown_before) {
            if (!page.rows.empty() && page.rows.size() + (end - i) > query.limit) {
                page.next = BundleOf(*page.rows.back());
                break;
            }
            for (std::size_t each = i; each < end; ++each) page.rows.push_back(fitting[each]);
        }
        i = end;
    }
    return page;
}

}  // namespace livery::subscriptions
