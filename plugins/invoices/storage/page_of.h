#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include <livery/ids.h>

namespace livery::invoices {

// Newest first.
template <class Listed>
struct PageOf {
    std::vector<Listed> rows;
    std::optional<InvoiceId> next;  // there are more

    bool operator==(const PageOf&) const = default;
};

// Of at most `limit + 1` rows: the one too many says that there are more. `id` of a row.
template <class Listed, class IdOf>
PageOf<Listed> CutTo(std::size_t limit, std::vector<Listed> rows, const IdOf& id) {
    PageOf<Listed> page{std::move(rows), std::nullopt};
    if (page.rows.size() > limit) {
        page.rows.pop_back();
        page.next = id(page.rows.back());
    }
    return page;
}

}  // namespace livery::invoices
