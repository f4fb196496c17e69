#pragma once

#include <optional>
#include <vector>

#include <livery/db/database.h>

#include "domain/line.h"

namespace livery::invoices {

// The periods of documents that keep none beside them: before migration 0011 nobody kept one, and
// while hosts are replaced one after the other, the old ones go on like that. Nearly always there
// are none such, or only some that cover no time.
class DocumentPeriodsRepository {
 public:
    // A document that says nothing of its period, and where it is to be written.
    struct Gap {
        InvoiceId id;
        std::optional<Span>* period;
    };
    // As Document::Period says, for gaps of one account; what covers no time stays as it is.
    static void Fill(db::Database& database, const TenantId& tenant, AccountId account,
                     const std::vector<Gap>& gaps);
};

}  // namespace livery::invoices
