#pragma once

#include <optional>
#include <vector>

#include "domain/agreement.h"

namespace livery::subscriptions {

// Which part of an account's subscriptions to show. Bundles (a base with its add-ons) come newest
// first and are never cut; `before` is the bundle that the last page ended with.
struct ListQuery {
    std::optional<AgreementState> state;
    std::optional<SubscriptionId> before;
    std::size_t limit = 50;
};

struct ListPage {
    std::vector<const Agreement*> rows;  // each base followed by its add-ons
    std::int64_t total = 0;              // of all pages, under the same filter
    std::optional<SubscriptionId> next;
};

// Of an agreement what its place in the list depends on.
struct BundleMember {
    SubscriptionId id;
    std::optional<SubscriptionId> base;
};

struct ListCut {
    std::vector<std::size_t> places;  // in `members`, as the page shows them
    std::optional<SubscriptionId> next;
};

// The page out of all that fit, whatever they are; the state of `query` is not looked at.
ListCut CutToPage(const std::vector<BundleMember>& members, const ListQuery& query);

// The state follows from the time and the catalog, so that no database could filter by it: the page
// is cut out of everything the account has. Borrows `agreements`.
ListPage PageOf(const std::vector<Agreement>& agreements, const billing::Catalog& catalog,
                const ListQuery& query, CivilTime now);

}  // namespace livery::subscriptions
