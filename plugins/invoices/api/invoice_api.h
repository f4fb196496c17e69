#pragma once

#include <livery/api/operation.h>
#include <livery/registrar.h>

#include "domain/document.h"

namespace livery::invoices {

// Invoices and credit notes for the tenant's own programs: lists without lines, one with the
// derivation of every line.
class InvoiceApi {
 public:
    explicit InvoiceApi(db::Database& database) : database_(database) {}
    void AddTo(Registrar& registrar) const;

 private:
    Result<api::Json> List(const api::Call& call, DocumentKind kind) const;
    Result<api::Json> Show(const api::Call& call, DocumentKind kind) const;
    void AddKind(Registrar& registrar, DocumentKind kind) const;

    db::Database& database_;
};

// The final document of a call's path; kNotFound: none of this tenant, or of the other kind.
Result<Document> DocumentOf(db::Database& database, const api::Call& call, DocumentKind kind);

void AddInvoiceSchemas(Registrar& registrar);
// A span that may be none: {"from", "to"}, `to` does not belong to it.
api::Json SpanOrNull();

}  // namespace livery::invoices
