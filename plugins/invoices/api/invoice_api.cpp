#include "api/invoice_api.h"

#include <livery/api/schema.h>

#include "app/document_json.h"
#include "storage/document_repository.h"

namespace livery::invoices {

using api::Call;
using api::Json;

Result<Json> InvoiceApi::List(const Call& call, DocumentKind kind) const {
    const api::Paging paging = LIVERY_TRY(api::PagingOf(call));
    const TenantPage page = DocumentRepository::ListOfTenant(
        database_, call.tenant().id,
        {kind, LIVERY_TRY(api::QueryId<AccountId>(call, "account")),
         LIVERY_TRY(api::PositionOf<InvoiceId>(paging)), paging.limit});
    Json data = Json::array();
    for (const ListedDocument& listed : page.rows)
        data.push_back(JsonOf(DocumentSums{listed.document, listed.net, listed.tax, listed.period},
                              call.request.today()));
    return api::ListReply(std::move(data), page.next ? page.next->ToString() : "");
}

Result<Document> DocumentOf(db::Database& database, const Call& call, DocumentKind kind) {
    const InvoiceId id = LIVERY_TRY(call.request.PathId<InvoiceId>("id"));
    auto found = DocumentRepository::FindOfTenant(database, call.tenant().id, id);
    if (!found || found->kind != kind) return NotFound("no such document");
    return *std::move(found);
}

Result<Json> InvoiceApi::Show(const Call& call, DocumentKind kind) const {
    return JsonOf(LIVERY_TRY(DocumentOf(database_, call, kind)), call.request.today());
}

void InvoiceApi::AddKind(Registrar& registrar, DocumentKind kind) const {
    const bool note = kind == DocumentKind::kCreditNote;
    const std::string path = note ? "/api/v1/credit-notes" : "/api/v1/invoices";
    auto query = api::PagingParameters();
    query.push_back({"account", "Only those of one account.", api::IdText("acc")});
    registrar.Add(api::Operation{
        Method::kGet, path, note ? "listCreditNotes" : "listInvoices",
        note ? "Credit notes" : "Invoices", "invoices:read",
        note ? "List credit notes" : "List invoices", "", std::move(query), "", "DocumentList", 200,
        api::Reading([this, kind](const Call& call) { return List(call, kind); })});
    registrar.Add(
        api::Operation{Method::kGet,
                       path + "/:id",
                       note ? "getCreditNote" : "getInvoice",
                       note ? "Credit notes" : "Invoices",
                       "invoices:read",
                       note ? "One credit note" : "One invoice",
                       "Every line says in `derivation` why its amount is what it is.",
                       {},
                       "",
                       "Document",
                       200,
                       api::Reading([this, kind](const Call& call) { return Show(call, kind); })});
}

void InvoiceApi::AddTo(Registrar& registrar) const {
    AddInvoiceSchemas(registrar);
    AddKind(registrar, DocumentKind::kInvoice);
    AddKind(registrar, DocumentKind::kCreditNote);
}

}  // namespace livery::invoices
