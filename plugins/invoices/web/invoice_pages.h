#pragma once

#include <livery/db/database.h>
#include <livery/ports/help_links.h>
#include <livery/ports/invoice_payment.h>
#include <livery/registrar.h>

#include "app/document_files.h"
#include "storage/document_repository.h"

namespace livery::invoices {

// What pages of invoices are made from.
struct InvoicePageParts {
    db::Database& database;
    DocumentFiles& files;
    LatePort<InvoicePayment> payment;  // of a plugin that builds on this one
    LatePort<HelpLinks> help;          // of another
};

// What a subscriber reads of invoices and credit notes: the list, one document, and why a line is
// what it is.
class InvoicePages {
 public:
    explicit InvoicePages(const InvoicePageParts& parts) : parts_(parts) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> List(const RequestContext& request) const;
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> Why(const RequestContext& request) const;

    const InvoicePageParts& parts_;
};

// The document of a request's path, if it is the visitor's.
Result<Document> OwnDocument(db::Database& database, const RequestContext& request);
// The page of a document.
View DocumentView(const InvoicePageParts& parts, const RequestContext& request,
                  const Document& document);
// The list with what a form of it was wrong about.
View ListView(const InvoicePageParts& parts, const RequestContext& request,
              std::vector<View::ShownError> errors);

}  // namespace livery::invoices
