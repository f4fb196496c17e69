#pragma once

#include <map>
#include <string>
#include <vector>

#include <livery/db/database.h>

namespace livery::invoices {

class NumberRepository {
 public:
    // Of those that have one, in one statement.
    static std::map<InvoiceId, std::string> Of(db::Database& database, const TenantId& tenant,
                                               const std::vector<InvoiceId>& documents);
};

}  // namespace livery::invoices
