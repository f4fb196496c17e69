#pragma once

#include <map>
#include <string>
#include <vector>

#include <livery/db/database.h>

#include "domain/document.h"

namespace livery::invoices {

// A credit note and an invoice that it was set off against, seen from one of them.
struct SetOff {
    InvoiceId document;  // the other one
    std::string number;
    Money amount;
};

// What credit notes were used for when they were made: written once, with them.
class SetOffRepository {
 public:
    // Of a credit note, the invoices that its credit was used for at once; of an invoice, the
    // credit notes whose credit was used for it.
    static std::vector<SetOff> Of(db::Database& database, const TenantId& tenant,
                                  const Document& document);
    static std::vector<SettledPart> PartsOf(db::Database& database, const TenantId& tenant,
                                            AccountId account, InvoiceId note);
    // Of the credit notes issued in the span, both ends included.
    static std::map<InvoiceId, std::vector<SettledPart>> PartsFromTo(db::Database& database,
                                                                     const TenantId& tenant,
                                                                     AccountId account,
                                                                     const Span& issued);
};

}  // namespace livery::invoices
