#include "api/file_api.h"

#include "api/invoice_api.h"
#include "settings/invoice_settings.h"

namespace livery::invoices {

using api::Call;
using api::File;

namespace {

// A program is told which rule in `errors`, where it can branch on it.
Error WhyNone(Error error) {
    if (error.code != ErrorCode::kConflict || error.fields.empty()) return error;
    error.message = "error.breaks_e_invoice_rule";
    for (FieldError& field : error.fields) field.message = error.message;
    return error;
}

}  // namespace

Result<File> FileApi::Pdf(const Call& call, DocumentKind kind) const {
    const Document document = LIVERY_TRY(DocumentOf(database_, call, kind));
    return File{LIVERY_TRY(files_.Pdf(call.tenant(), document)), "application/pdf",
                document.number + ".pdf"};
}

Result<File> FileApi::Xml(const Call& call, DocumentKind kind, DocumentFiles::Syntax syntax) const {
    const Document document = LIVERY_TRY(DocumentOf(database_, call, kind));
    if (!call.request.SettingsOf<InvoiceSettings>("invoices").WritesEInvoices())
        return NotFound("this tenant writes no e-invoices");
    auto xml = files_.EInvoice(call.tenant(), document, syntax);
    if (!xml) return WhyNone(std::move(xml.error()));
    const char* suffix = syntax == DocumentFiles::Syntax::kUbl ? ".ubl.xml" : ".cii.xml";
    return File{*std::move(xml), "application/xml; charset=utf-8", document.number + suffix};
}

void FileApi::AddKind(Registrar& registrar, DocumentKind kind) const {
    const bool note = kind == DocumentKind::kCreditNote;
    const std::string what = note ? "CreditNote" : "Invoice";
    const auto add = [&](const char* path, const char* name, const std::string& summary,
                         const char* description, const char* type, api::Delivering handler) {
        registrar.Add(api::Operation{
            Method::kGet,
            std::string(note ? "/api/v1/credit-notes/:id/" : "/api/v1/invoices/:id/") + path,
            "get" + what + name,
            note ? "Credit notes" : "Invoices",
            "invoices:read",
            (note ? "A credit note as " : "An invoice as ") + summary,
            description,
            {},
            "",
            "",
            200,
            std::move(handler),
            {type}});
    };
    add("pdf", "Pdf", "PDF",
        "Set once and kept: the same bytes each time, and on the portal. `unavailable` while it "
        "cannot be set.",
        "application/pdf", [this, kind](const Call& call) { return Pdf(call, kind); });
    constexpr const char* kWhyNone =
        "Of EN 16931. `not_found` where the business writes no e-invoices; a conflict says why "
        "this document cannot be one.";
    add("ubl", "Ubl", "UBL 2.1", kWhyNone, "application/xml",
        [this, kind](const Call& call) { return Xml(call, kind, DocumentFiles::Syntax::kUbl); });
    add("cii", "Cii", "Cross Industry Invoice", kWhyNone, "application/xml",
        [this, kind](const Call& call) { return Xml(call, kind, DocumentFiles::Syntax::kCii); });
}

void FileApi::AddTo(Registrar& registrar) const {
    AddKind(registrar, DocumentKind::kInvoice);
    AddKind(registrar, DocumentKind::kCreditNote);
}

}  // namespace livery::invoices
