#pragma once

#include <cstddef>

#include "cost.h"
#include "db/testing/private_server.h"

namespace livery::bench {

// The tables of a run, and beside each an empty one like it.
void MakeTables(db::testing::PrivateServer& server);

// What a run can at best be as fast as: its rows once more, as bare inserts in transactions of
// `together` invoices, of the first `invoices` that it made. Reading them is not counted.
struct Copied {
    std::size_t rows = 0;
    Cost cost;
};
Copied Ceiling(db::testing::PrivateServer& server, std::size_t invoices, std::size_t together);

}  // namespace livery::bench
