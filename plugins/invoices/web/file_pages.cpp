#include "web/file_pages.h"

#include <livery/http/page_routes.h>

#include "app/document_export.h"
#include "settings/invoice_settings.h"
#include "storage/document_repository.h"
#include "web/document_text.h"
#include "web/invoice_model.h"
#include "web/invoice_pages.h"

namespace livery::invoices {

namespace {

// As many as an answer may hold; who needs more asks for a shorter time.
constexpr std::size_t kMostDocuments = 1000;

Response Attachment(std::string bytes, const std::string& type, const std::string& name) {
    Response response;
    response.content_type = type;
    response.body = std::move(bytes);
    response.headers.Set("Content-Disposition", "attachment; filename=\"" + name + "\"");
    response.headers.Set("Cache-Control", "private, no-store");
    return response;
}

// The same export once more; its parts are dates and names, nothing to be escaped.
std::string ExportHref(const RequestContext& r) {
    const auto part = [&](const char* name) { return name + ("=" + std::string(r.Query(name))); };
    return "/invoices/export?" + part("from") + "&" + part("to") + "&" + part("format");
}

std::string TextOf(const std::vector<LeftOut>& left_out) {
    std::string text;
    for (const LeftOut& document : left_out) text += document.number + ": " + document.why + "\r\n";
    return text;
}

// What was wrong about a range of dates, on the list.
View Refused(const InvoicePageParts& parts, const RequestContext& r, const std::string& field,
             const std::string& key) {
    return ListView(parts, r, {{field, r.format().Text(key)}});
}

struct Range {
    Date first;
    Date last;
    std::string format;
};

// nullopt with the reason's field and text key in `field` and `key`.
std::optional<Range> RangeOf(const RequestContext& r, std::string& field, std::string& key) {
    const auto first = ParseDate(r.Query("from"));
    const auto last = ParseDate(r.Query("to"));
    const std::string format(r.Query("format"));
    const bool xml = format == "ubl" || format == "cii";
    field = first ? "to" : "from";
    key = "error.date";
    if (!first || !last) return std::nullopt;
    key = "error.date_order";
    if (*last < *first) return std::nullopt;
    field = "format";
    key = "error.format";
    if (format != "csv" && format != "json" && !xml) return std::nullopt;
    if (xml && !r.SettingsOf<InvoiceSettings>("invoices").WritesEInvoices()) return std::nullopt;
    return Range{*first, *last, format};
}

}  // namespace

Result<Reply> FilePages::Pdf(const RequestContext& r) const {
    const Document document = LIVERY_TRY(OwnDocument(database_, r));
    std::string pdf = LIVERY_TRY(files_.Pdf(r.tenant(), document));
    Response response = Attachment(std::move(pdf), "application/pdf", document.number + ".pdf");
    response.headers.Set("Content-Disposition", "inline; filename=\"" + document.number + ".pdf\"");
    return response;
}

Result<Reply> FilePages::Xml(const RequestContext& r, DocumentFiles::Syntax syntax,
                             const std::string& suffix) const {
    const Document document = LIVERY_TRY(OwnDocument(database_, r));
    if (!r.SettingsOf<InvoiceSettings>("invoices").WritesEInvoices())
        return NotFound("this tenant writes no e-invoices");
    auto xml = files_.EInvoice(r.tenant(), document, syntax);
    if (!xml && xml.error().code == ErrorCode::kConflict) {
        View view = DocumentView(parts_, r, document);
        view.status = 422;
        view.errors.push_back({"h-balance", NoEInvoiceText(xml.error(), r.format())});
        return view;
    }
    return Attachment(LIVERY_TRY(std::move(xml)), "application/xml; charset=utf-8",
                      document.number + suffix);
}

Result<Reply> FilePages::Ubl(const RequestContext& r) const {
    return Xml(r, DocumentFiles::Syntax::kUbl, ".ubl.xml");
}

Result<Reply> FilePages::Cii(const RequestContext& r) const {
    return Xml(r, DocumentFiles::Syntax::kCii, ".cii.xml");
}

Result<Reply> FilePages::Export(const RequestContext& r) const {
    std::string field;
    std::string key;
    const auto range = RangeOf(r, field, key);
    if (!range) return Refused(parts_, r, field, key);
    const auto documents =
        DocumentRepository::InRange(database_, r.tenant().id, AccountOf(r),
                                    {range->first, range->last, std::nullopt, kMostDocuments + 1});
    if (documents.size() > kMostDocuments) return Refused(parts_, r, "from", "error.too_many");
    const std::string name =
        "invoices-" + ToIso(range->first) + "-" + ToIso(range->last) + "." + range->format;
    if (range->format == "csv")
        return Attachment(CsvOf(documents, r.today()), "text/csv; charset=utf-8", name);
    if (range->format == "json")
        return Attachment(JsonListOf(documents, r.today()), "application/json", name);
    const auto syntax =
        range->format == "ubl" ? DocumentFiles::Syntax::kUbl : DocumentFiles::Syntax::kCii;
    return EInvoices(r, documents, syntax, name + ".zip");
}

// What has no place in the standard is told before anything is downloaded, and in the archive.
Result<Reply> FilePages::EInvoices(const RequestContext& r, const std::vector<Document>& documents,
                                   DocumentFiles::Syntax syntax, const std::string& name) const {
    std::vector<ArchivedFile> files;
    std::vector<LeftOut> left_out;
    for (const Document& document : documents) {
        auto xml = files_.EInvoice(r.tenant(), document, syntax);
        if (xml) {
            files.push_back({document.number + ".xml", *std::move(xml)});
        } else {
            left_out.push_back({document.number, "/invoices/" + document.id.ToString(),
                                NoEInvoiceText(xml.error(), r.format())});
        }
    }
    if (!left_out.empty() && (files.empty() || r.Query("partial") != "yes")) {
        View view = ListView(parts_, r, {});
        ShowLeftOut(left_out, files.size(), ExportHref(r) + "&partial=yes", r.format(), view.model);
        return view;
    }
    if (!left_out.empty()) files.push_back({"left-out.txt", TextOf(left_out)});
    return Attachment(ZipOf(files), "application/zip", name);
}

void FilePages::AddTo(Registrar& registrar) {
    PageRoutes<FilePages> routes(registrar, *this);
    routes.Get(Access::kSignedIn, "/invoices/export", &FilePages::Export,
               "Invoices of a range of dates as a file");
    routes.Get(Access::kSignedIn, "/invoices/:id/pdf", &FilePages::Pdf, "A document as PDF");
    routes.Get(Access::kSignedIn, "/invoices/:id/ubl", &FilePages::Ubl, "A document as UBL 2.1");
    routes.Get(Access::kSignedIn, "/invoices/:id/cii", &FilePages::Cii,
               "A document as Cross Industry Invoice");
}

}  // namespace livery::invoices
