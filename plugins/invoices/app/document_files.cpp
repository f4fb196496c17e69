#include "app/document_files.h"

#include "domain/e_invoice/cii.h"
#include "domain/e_invoice/factur_x.h"
#include "domain/e_invoice/rules.h"
#include "domain/e_invoice/ubl.h"
#include "domain/e_invoice_of.h"
#include "settings/invoice_settings.h"
#include "storage/document_repository.h"
#include "storage/paper_repository.h"

namespace livery::invoices {

namespace {

const InvoiceSettings& SettingsOf(const Tenant& tenant) {
    return tenant.SettingsOf<InvoiceSettings>("invoices");
}

}  // namespace

std::optional<Document> DocumentFiles::Corrected(const Tenant& tenant,
                                                 const Document& document) const {
    if (!document.corrects) return std::nullopt;
    return DocumentRepository::Find(parts_.database, tenant.id, document.account,
                                    *document.corrects);
}

Result<std::string> DocumentFiles::EInvoice(const Tenant& tenant, const Document& document,
                                            Syntax syntax) {
    const auto corrected = Corrected(tenant, document);
    EInvoiceInput input{document, SettingsOf(tenant).seller, "", std::nullopt};
    if (corrected) {
        input.corrects_number = corrected->number;
        input.corrects_on = DayOf(corrected->issued_at);
    }
    const e_invoice::EInvoice invoice = LIVERY_TRY(EInvoiceOf(input));
    // Nothing is handed out that a receiver's check would refuse.
    const auto broken = e_invoice::Check(invoice);
    if (!broken.empty()) {
        return Error{ErrorCode::kConflict,
                     "error.e_invoice_rule",
                     {{broken.front().rule, "error.e_invoice_rule"}}};
    }
    return syntax == Syntax::kUbl ? e_invoice::WriteUbl(invoice) : e_invoice::WriteCii(invoice);
}

Result<livery::Document> DocumentFiles::Compose(const Tenant& tenant, const Document& document) {
    const auto corrected = Corrected(tenant, document);
    Related related{corrected ? corrected->number : "", {}};
    if (document.kind == DocumentKind::kCreditNote)
        related.set_off = SetOffRepository::Of(parts_.database, tenant.id, document);
    livery::Document sheet = paper_(tenant, document, related);
    if (!SettingsOf(tenant).EmbedsEInvoice()) return sheet;
    const auto xml = EInvoice(tenant, document, Syntax::kCii);
    if (!xml) return sheet;  // it has no place in the standard: a PDF like any other
    sheet.archival = true;
    sheet.xmp_extension = e_invoice::FacturXMetadata();
    sheet.attachments.push_back({std::string(e_invoice::kFacturXFile), "text/xml", "Factur-X",
                                 livery::Document::Relationship::kAlternative, *xml});
    return sheet;
}

Result<std::string> DocumentFiles::Pdf(const Tenant& tenant, const Document& document) {
    if (auto kept =
            PaperRepository::Find(parts_.database, tenant.id, document.account, document.id))
        return std::move(kept->pdf);
    const livery::Document sheet = LIVERY_TRY(Compose(tenant, document));
    const std::string pdf = LIVERY_TRY(parts_.renderer.Render(sheet));
    parts_.database.Transact(tenant.id, [&](db::Transaction& tx) {
        PaperRepository::Keep(tx, document.account, document.id, parts_.clock.Now(), pdf);
    });
    // Somebody may have been first.
    return std::move(
        PaperRepository::Find(parts_.database, tenant.id, document.account, document.id)->pdf);
}

}  // namespace livery::invoices
