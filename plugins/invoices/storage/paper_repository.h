#pragma once

#include <optional>
#include <string>

#include <livery/db/database.h>

namespace livery::invoices {

// The PDFs of documents: each is kept once and never changes.
class PaperRepository {
 public:
    struct Paper {
        std::string pdf;
        std::string sha256;  // of it, in hexadecimal
    };
    static std::optional<Paper> Find(db::Database& database, const TenantId& tenant,
                                     AccountId account, InvoiceId document);
    // What was there first stays.
    static void Keep(db::Transaction& tx, AccountId account, InvoiceId document, Instant now,
                     const std::string& pdf);
};

}  // namespace livery::invoices
