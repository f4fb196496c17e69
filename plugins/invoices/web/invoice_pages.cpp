#include "web/invoice_pages.h"

#include <algorithm>
#include <array>

#include <livery/http/page_routes.h>

#include "settings/invoice_settings.h"
#include "web/document_text.h"
#include "web/invoice_model.h"

namespace livery::invoices {

namespace {

struct Filter {
    const char* name;
    ListQuery::Which which;
};
constexpr std::array kFilters{Filter{"all", ListQuery::Which::kAll},
                              Filter{"open", ListQuery::Which::kOpen},
                              Filter{"paid", ListQuery::Which::kPaid},
                              Filter{"credit_notes", ListQuery::Which::kCreditNotes}};

const Filter& FilterOf(const RequestContext& r) {
    const auto found = std::find_if(kFilters.begin(), kFilters.end(), [&](const Filter& filter) {
        return r.Query("show") == filter.name;
    });
    return found == kFilters.end() ? kFilters.front() : *found;
}

std::string HrefOf(const Filter& filter) {
    return &filter == &kFilters.front() ? "/invoices"
                                        : std::string("/invoices?show=") + filter.name;
}

void ShowFilters(const RequestContext& r, const Filter& chosen, ViewModel& model) {
    auto& rows = model.Rows("filters", kFilters.size());
    for (const Filter& filter : kFilters) {
        rows.emplace_back()
            .Set("label", r.format().Text(std::string("filter.") + filter.name))
            .Set("href", HrefOf(filter))
            .Flag("current", &filter == &chosen);
    }
}

void ShowPager(const Filter& filter, const ListPage& page, bool older, ViewModel& model) {
    const std::string base = HrefOf(filter);
    const char* join = base.find('?') == std::string::npos ? "?" : "&";
    model.Flag("has_older", page.next.has_value())
        .Set("older_href", page.next ? base + join + "before=" + page.next->ToString() : "")
        .Flag("has_newer", older)
        .Set("newer_href", base);
}

// nullptr: this tenant's subscribers pay another way.
InvoicePayment* PaymentOf(const InvoicePageParts& parts, const RequestContext& r) {
    return r.tenant().Enables("payments") ? parts.payment.get() : nullptr;
}

std::optional<InvoicePayment::Way> WayToPay(const InvoicePageParts& parts, const RequestContext& r,
                                            const Document& document) {
    InvoicePayment* payment = PaymentOf(parts, r);
    if (payment == nullptr || document.Balance().minor_units() <= 0) return std::nullopt;
    return payment->WayFor(r.tenant(), document.id);
}

std::optional<std::string> WayToPayAll(const InvoicePageParts& parts, const RequestContext& r) {
    InvoicePayment* payment = PaymentOf(parts, r);
    return payment == nullptr ? std::nullopt : payment->PageForAll(r.tenant());
}

void ShowPaying(const std::optional<std::string>& href, ViewModel& model) {
    model.Flag("can_pay", href.has_value()).Set("pay_href", href.value_or(""));
}

// "" where the line is not owed, or nobody is there to say so to.
std::string WayToDispute(const InvoicePageParts& parts, const RequestContext& r,
                         const Document& document, const Line& line) {
    const bool owed = document.kind == DocumentKind::kInvoice &&
                      document.status != Status::kWrittenOff &&
                      document.Balance().minor_units() > 0 && line.Total().minor_units() > 0;
    return owed && parts.help ? parts.help->ForDispute(r.tenant(), line.id) : "";
}

// Beside each line, in the rows that ShowDocument has made.
void ShowLineHelp(const InvoicePageParts& parts, const RequestContext& r, const Document& document,
                  ViewModel& model) {
    auto& rows = model.Rows("lines");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Line& line = document.lines.at(i);
        const std::string help =
            parts.help ? parts.help->For(r.tenant(), "invoice_line", line.id.ToString()) : "";
        rows[i].Flag("has_help", !help.empty()).Set("line_help_href", help);
    }
}

DocumentListRepository::FirstPage Listed(db::Database& database, const RequestContext& r,
                                         AccountId account, const ListQuery& query) {
    const TenantId& tenant = r.tenant().id;
    if (query.which == ListQuery::Which::kAll && !query.before)
        return DocumentListRepository::ListFirst(database, tenant, account, r.today());
    return {DocumentListRepository::List(database, tenant, account, query),
            DocumentListRepository::StandingOf(database, tenant, account, r.today())};
}

}  // namespace

View ListView(const InvoicePageParts& parts, const RequestContext& r,
              std::vector<View::ShownError> errors) {
    db::Database& database = parts.database;
    const Filter& filter = FilterOf(r);
    const ListQuery query{filter.which, InvoiceId::Parse(r.Query("before"))};
    const AccountId account = AccountOf(r);
    const auto [page, standing] = Listed(database, r, account, query);
    View view{"invoice_list",
              r.format().Text("list.title"),
              {},
              errors.empty() ? 200 : 422,
              std::move(errors)};
    const View::ShownError wrong = view.errors.empty() ? View::ShownError() : view.errors.front();
    ShowList(page, r.today(), r.format(), view.model);
    ShowStandings(standing.by_currency, r.format(), view.model);
    ShowPending(standing.has_pending
                    ? DocumentRepository::ListPending(database, r.tenant().id, account)
                    : std::vector<ListedDocument>(),
                r.format(), view.model);
    ShowLeftOut({}, 0, "", r.format(), view.model);
    const bool owes = std::any_of(standing.by_currency.begin(), standing.by_currency.end(),
                                  [](const Standing& one) { return one.owed.minor_units() > 0; });
    ShowPaying(owes ? WayToPayAll(parts, r) : std::nullopt, view.model);
    view.model.Flag("is_filtered", &filter != &kFilters.front());
    ShowFilters(r, filter, view.model);
    ShowPager(filter, page, query.before.has_value(), view.model);
    const auto& settings = r.SettingsOf<InvoiceSettings>("invoices");
    ShowExport({r.Query("from"), r.Query("to"), r.Query("format"), r.today(),
                settings.WritesEInvoices(), wrong.field, wrong.text},
               r.format(), view.model);
    return view;
}

Result<Document> OwnDocument(db::Database& database, const RequestContext& r) {
    const InvoiceId id = LIVERY_TRY(r.PathId<InvoiceId>("id"));
    auto document = DocumentRepository::Find(database, r.tenant().id, AccountOf(r), id);
    if (!document) return NotFound("not there, or not theirs");
    return *std::move(document);
}

Result<Reply> InvoicePages::List(const RequestContext& r) const { return ListView(parts_, r, {}); }

View DocumentView(const InvoicePageParts& parts, const RequestContext& r,
                  const Document& document) {
    db::Database& database = parts.database;
    const AccountId account = AccountOf(r);
    const auto notes = DocumentRepository::NotesOn(database, r.tenant().id, account, document.id);
    const auto set_off = SetOffRepository::Of(database, r.tenant().id, document);
    const auto payments = DocumentRepository::Payments(database, r.tenant().id, account);
    std::optional<Document> corrected;
    if (document.corrects)
        corrected = DocumentRepository::Find(database, r.tenant().id, account, *document.corrects);
    View view{"invoice", KindText(document.kind, r.format()) + " " + document.number, {}, 200, {}};
    ShowDocument({document, notes, set_off, payments, corrected ? &*corrected : nullptr}, r.today(),
                 r.format(), view.model);
    const auto way = WayToPay(parts, r, document);
    const bool under_way = way && way->is_under_way;
    ShowPaying(way && !under_way ? std::optional(way->path) : std::nullopt, view.model);
    view.model.Flag("is_being_paid", under_way).Set("paid_by_href", under_way ? way->path : "");
    ShowHelp(parts.help, r, "invoice", document.id, view.model);
    ShowLineHelp(parts, r, document, view.model);
    std::optional<Error> why_none;
    const bool writes = r.SettingsOf<InvoiceSettings>("invoices").WritesEInvoices();
    if (writes) {
        const auto xml = parts.files.EInvoice(r.tenant(), document, DocumentFiles::Syntax::kUbl);
        if (!xml) why_none = xml.error();
    }
    view.model.Flag("has_xml", writes && !why_none)
        .Flag("has_no_xml", why_none.has_value())
        .Set("no_xml_why", why_none ? NoEInvoiceText(*why_none, r.format()) : "");
    return view;
}

Result<Reply> InvoicePages::Show(const RequestContext& r) const {
    const InvoiceId id = LIVERY_TRY(r.PathId<InvoiceId>("id"));
    const auto pending =
        DocumentRepository::FindPending(parts_.database, r.tenant().id, AccountOf(r), id);
    if (!pending) return DocumentView(parts_, r, LIVERY_TRY(OwnDocument(parts_.database, r)));
    View view{"invoice_pending", r.format().Text("pending.title"), {}, 200, {}};
    ShowPendingDocument(*pending, r.format(), view.model);
    return view;
}

Result<Reply> InvoicePages::Why(const RequestContext& r) const {
    const Document document = LIVERY_TRY(OwnDocument(parts_.database, r));
    const InvoiceLineId id = LIVERY_TRY(r.PathId<InvoiceLineId>("line"));
    const auto line = std::find_if(document.lines.begin(), document.lines.end(),
                                   [&](const Line& other) { return other.id == id; });
    if (line == document.lines.end()) return NotFound("no such line");
    View view{"invoice_line", r.format().Text("why.title"), {}, 200, {}};
    view.model.Set("number", document.number).Set("document_href", PathOf(document.id));
    ShowWhy(*line, r.format(), view.model);
    ShowHelp(parts_.help, r, "invoice_line", line->id, view.model);
    const std::string dispute = WayToDispute(parts_, r, document, *line);
    view.model.Flag("can_dispute", !dispute.empty()).Set("dispute_href", dispute);
    return view;
}

void InvoicePages::AddTo(Registrar& registrar) {
    PageRoutes<InvoicePages> routes(registrar, *this);
    routes.GetReused("/invoices", &InvoicePages::List, "Invoices");
    routes.GetReused("/invoices/:id", &InvoicePages::Show, "One invoice or credit note");
    routes.GetReused("/invoices/:id/lines/:line", &InvoicePages::Why, "Why a line is what it is");
}

}  // namespace livery::invoices
