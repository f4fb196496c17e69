#pragma once

#include <livery/registrar.h>

#include "app/document_files.h"
#include "web/invoice_pages.h"

namespace livery::invoices {

// Files to take away: a document as PDF, UBL and CII, and a range of documents as CSV, JSON or a
// ZIP of e-invoices.
class FilePages {
 public:
    explicit FilePages(const InvoicePageParts& parts)
        : parts_(parts), database_(parts.database), files_(parts.files) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> Pdf(const RequestContext& request) const;
    Result<Reply> Ubl(const RequestContext& request) const;
    Result<Reply> Cii(const RequestContext& request) const;
    Result<Reply> Export(const RequestContext& request) const;
    Result<Reply> EInvoices(const RequestContext& request, const std::vector<Document>& documents,
                            DocumentFiles::Syntax syntax, const std::string& name) const;
    Result<Reply> Xml(const RequestContext& request, DocumentFiles::Syntax syntax,
                      const std::string& suffix) const;

    const InvoicePageParts& parts_;
    db::Database& database_;
    DocumentFiles& files_;
};

}  // namespace livery::invoices
