#pragma once

#include <string>
#include <vector>

#include "db/mariadb_database.h"
#include "shop.h"

namespace livery::kills {

// All that billing keeps of a tenant, as texts in an order of their own: without ids (each is
// replaced by what it stands for), without the counts of locks and of runs.
struct Canonical {
    std::vector<std::string> rows;     // documents, lines, payments, credit, settled, the ledger
    std::vector<std::string> numbers;  // which were drawn
    std::vector<std::string> holders;  // which document has which

    bool operator==(const Canonical&) const = default;
    // SHA-256 of all of it in hexadecimal.
    std::string Hash() const;
    // The first rows that only one of both has.
    std::string DifferenceTo(const Canonical& other) const;
};

Canonical ReadCanonical(db::MariadbDatabase& database, const TenantId& tenant, const Shop& shop);

}  // namespace livery::kills
