#pragma once

#include <string>

#include <livery/db/database.h>
#include <livery/ports/document.h>
#include <livery/ports/tenants.h>
#include <livery/time/clock.h>
#include <livery/view/formatter.h>

#include "domain/document.h"
#include "domain/party.h"
#include "storage/set_off_repository.h"

namespace livery::invoices {

// The files of final documents: the PDF, made once and kept for ever, and the e-invoice, made of
// the stored lines each time, always the same. Thread: any; blocks while a PDF is set.
class DocumentFiles {
 public:
    // Sets an invoice as a paper (web/invoice_paper.h): a page knows words, a use case does not.
    struct Related {
        std::string corrects_number;  // "" = none
        std::vector<SetOff> set_off;  // of a credit note
    };
    using PaperMaker =
        std::function<livery::Document(const Tenant&, const Document&, const Related&)>;
    struct Parts {
        db::Database& database;
        PdfRenderer& renderer;
        const Clock& clock;
    };
    DocumentFiles(const Parts& parts, PaperMaker paper) : parts_(parts), paper_(std::move(paper)) {}

    // kUnavailable: the renderer does not answer now.
    Result<std::string> Pdf(const Tenant& tenant, const Document& document);
    enum class Syntax { kUbl, kCii };
    // kConflict: it has no place in EN 16931, as domain/e_invoice_of.h says;
    // `error.e_invoice_rule`, with the rule as its field: what was written would be refused by it.
    Result<std::string> EInvoice(const Tenant& tenant, const Document& document, Syntax syntax);

 private:
    std::optional<Document> Corrected(const Tenant& tenant, const Document& document) const;
    Result<livery::Document> Compose(const Tenant& tenant, const Document& document);

    Parts parts_;
    PaperMaker paper_;
};

}  // namespace livery::invoices
