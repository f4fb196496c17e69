#pragma once

#include <string>
#include <vector>

#include <livery/api/schema.h>

namespace livery::api {

// A page of a list of which one row more than its limit was read: where there is one, it is cut
// off, and the position from which the next page goes on is returned; "" = this is the last page.
// `id` of a row.
template <class Row, class IdOf>
std::string CutToPage(std::vector<Row>& rows, const Paging& paging, const IdOf& id) {
    if (rows.size() <= paging.limit) return "";
    rows.pop_back();
    return id(rows.back()).ToString();
}

// The same of rows that bear their id.
template <class Row>
std::string CutToPage(std::vector<Row>& rows, const Paging& paging) {
    return CutToPage(rows, paging, [](const Row& row) { return row.id; });
}

}  // namespace livery::api
