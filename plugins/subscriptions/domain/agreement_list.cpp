#include "domain/agreement_list.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace livery::subscriptions {

namespace {

// What a base and its add-ons have in common: the base's id.
SubscriptionId BundleOf(const BundleMember& member) { return member.base.value_or(member.id); }

// By id alone an add-on of the same millisecond may precede its base.
std::vector<std::size_t> InOrder(const std::vector<BundleMember>& members) {
    std::vector<std::size_t> places(members.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    std::sort(places.begin(), places.end(), [&](std::size_t i, std::size_t j) {
        const BundleMember& a = members[i];
        const BundleMember& b = members[j];
        return std::tuple(BundleOf(b), a.base.has_value(), a.id) <
               std::tuple(BundleOf(a), b.base.has_value(), b.id);
    });
    return places;
}

}  // namespace

ListCut CutToPage(const std::vector<BundleMember>& members, const ListQuery& query) {
    const std::vector<std::size_t> places = InOrder(members);
    const auto bundle_at = [&](std::size_t i) { return BundleOf(members[places[i]]); };
    ListCut cut;
    for (std::size_t i = 0; i < places.size();) {
        const SubscriptionId bundle = bundle_at(i);
        std::size_t end = i;
        while (end < places.size() && bundle_at(end) == bundle) ++end;
        const bool shown_before = query.before && bundle >= *query.before;
        if (!shown_before) {
            if (!cut.places.empty() && cut.places.size() + (end - i) > query.limit) {
                cut.next = BundleOf(members[cut.places.back()]);
                break;
            }
            for (std::size_t each = i; each < end; ++each) cut.places.push_back(places[each]);
        }
        i = end;
    }
    return cut;
}

ListPage PageOf(const std::vector<Agreement>& agreements, const billing::Catalog& catalog,
                const ListQuery& query, CivilTime now) {
    std::vector<const Agreement*> fitting;
    std::vector<BundleMember> members;
    for (const Agreement& agreement : agreements) {
        if (query.state && AgreementView(agreement, catalog).StateAt(now) != *query.state) continue;
        fitting.push_back(&agreement);
        members.push_back({agreement.id, agreement.base});
    }
    const ListCut cut = CutToPage(members, query);
    ListPage page{{}, static_cast<std::int64_t>(fitting.size()), cut.next};
    for (const std::size_t place : cut.places) page.rows.push_back(fitting[place]);
    return page;
}

}  // namespace livery::subscriptions
