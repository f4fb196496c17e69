#pragma once

#include <functional>
#include <string>

#include <livery/db/database.h>

namespace livery {

// Something that the tables of a plugin must always say, recomputed by `livery verify`.
struct Violation {
    std::string row;   // what breaks it: an id as people read it
    std::string says;  // "balance 12.00, by the ledger 11.00"
};

struct Invariant {
    std::string id;       // "I3", as in the list of invariants, or the case that it comes from
    std::string summary;  // "Every receivable is what its invoices still owe"
    // Reads in the caller's transaction and reports each row that breaks it, as many as it likes;
    // bounded memory whatever the tables hold. Thread: one.
    std::function<void(db::Transaction&, const std::function<void(Violation)>&)> check;
};

}  // namespace livery
