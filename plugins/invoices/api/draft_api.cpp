#include "api/draft_api.h"

#include <livery/api/schema.h>

#include "api/request_values.h"
#include "app/document_json.h"
#include "storage/document_repository.h"

namespace livery::invoices {

using api::Call;
using api::Json;

CivilTime DraftApi::NowOf(const Call& call) const {
    return parts_.time.ToCivil(call.tenant(), call.request.now());
}

Result<DraftApi::Draft> DraftApi::DraftOf(db::Transaction& tx, const Call& call) {
    const InvoiceId id = LIVERY_TRY(call.request.PathId<InvoiceId>("id"));
    const auto owner = DocumentRepository::OwnerOfDraft(tx, id);
    if (!owner) return NotFound("no such draft");
    return Draft{*owner, id};
}

Json DraftApi::Shown(db::Transaction& tx, const Draft& draft) {
    const AccountBook book = ports_.books.Load(tx, draft.account);
    return DraftJson(*book.Find(draft.id));
}

Result<Json> DraftApi::List(const Call& call) const {
    const api::Paging paging = LIVERY_TRY(api::PagingOf(call));
    const TenantPage page = DocumentRepository::ListDrafts(
        parts_.database, call.tenant().id,
        {LIVERY_TRY(api::QueryId<AccountId>(call, "account")),
         LIVERY_TRY(api::PositionOf<InvoiceId>(paging)), paging.limit});
    Json data = Json::array();
    for (const ListedDocument& listed : page.rows)
        data.push_back(
            DraftJson(DocumentSums{listed.document, listed.net, listed.tax, listed.period}));
    return api::ListReply(std::move(data), page.next ? page.next->ToString() : "");
}

Result<Json> DraftApi::Show(const Call& call) const {
    const InvoiceId id = LIVERY_TRY(call.request.PathId<InvoiceId>("id"));
    const auto draft = DocumentRepository::FindDraft(parts_.database, call.tenant().id, id);
    if (!draft) return NotFound("no such draft");
    return DraftJson(*draft);
}

Result<Json> DraftApi::Create(db::Transaction& tx, const Call& call) {
    const auto account = IdIn<AccountId>(call.body, "account");
    const BillingProfile profile = LIVERY_TRY(ports_.profiles.Of(tx, account));
    ManualInvoice wanted =
        LIVERY_TRY(ManualInvoiceIn(call.body, *ports_.catalogs.Of(tx.tenant()), profile));
    wanted.draft = true;
    const std::vector<InvoiceId> made =
        LIVERY_TRY(biller_.Charge(tx, account, wanted, NowOf(call)));
    return Shown(tx, {account, made.front()});  // one currency makes one document
}

Result<Json> DraftApi::Credit(db::Transaction& tx, const Call& call) {
    const Draft draft = LIVERY_TRY(DraftOf(tx, call));
    const Money amount = LIVERY_TRY(MoneyIn(call.body, "amount"));
    const auto as = call.body.value("as", "granted") == "reduction"
                        ? Biller::DraftCredit::kReduction
                        : Biller::DraftCredit::kGranted;
    LIVERY_TRY(biller_.CreditDraft(tx, draft.account, draft.id, {amount, as}, NowOf(call)));
    return Shown(tx, draft);
}

Result<Json> DraftApi::Finalize(db::Transaction& tx, const Call& call) {
    const Draft draft = LIVERY_TRY(DraftOf(tx, call));
    LIVERY_TRY(biller_.FinalizeDraft(tx, draft.account, draft.id, NowOf(call)));
    const AccountBook book = ports_.books.Load(tx, draft.account);
    return JsonOf(*book.Find(draft.id), DayOf(NowOf(call)));
}

Result<Json> DraftApi::Discard(db::Transaction& tx, const Call& call) {
    const Draft draft = LIVERY_TRY(DraftOf(tx, call));
    Json shown = Shown(tx, draft);
    LIVERY_TRY(receivables_.DiscardDraft(tx, draft.account, draft.id, NowOf(call)));
    return shown;
}

void DraftApi::AddReads(Registrar& registrar) {
    auto query = api::PagingParameters();
    query.push_back({"account", "Only those of one account.", api::IdText("acc")});
    registrar.Add(api::Operation{
        Method::kGet, "/api/v1/drafts", "listDrafts", "Drafts", "invoices:read", "List drafts",
        "What is no invoice yet: drafts, what parents are to pay for their children at the end of "
        "the day, and what waits for its taxes (`pending_tax`).",
        std::move(query), "", "DraftList", 200,
        api::Reading([this](const Call& call) { return List(call); })});
    registrar.Add(api::Operation{Method::kGet,
                                 "/api/v1/drafts/:id",
                                 "getDraft",
                                 "Drafts",
                                 "invoices:read",
                                 "One draft",
                                 "Once it is final it is at the same id among invoices, or credit "
                                 "notes, and no longer here.",
                                 {},
                                 "",
                                 "Draft",
                                 200,
                                 api::Reading([this](const Call& call) { return Show(call); })});
}

void DraftApi::AddWrites(Registrar& registrar) {
    struct Way {
        Method method;
        const char* path;
        const char* id;
        const char* summary;
        const char* description;
        const char* body;
        const char* reply;
        int status;
        Result<Json> (DraftApi::*handler)(db::Transaction&, const Call&);
    };
    const Way ways[]{
        {Method::kPost, "/api/v1/drafts", "createDraft", "Write a draft",
         "As `createInvoice`, but nobody owes it before it is made final. Its taxes are shown as "
         "they are now, and calculated again then.",
         "NewInvoice", "Draft", 201, &DraftApi::Create},
        {Method::kPost, "/api/v1/drafts/:id/credit", "creditDraft", "Lower a draft",
         "As `granted`, by a line of its own that leaves the taxes as they are; what is more than "
         "the draft comes to is the account's credit. As a `reduction` of its prices, by a "
         "discount before tax over its charges in proportion.",
         "NewDraftCredit", "Draft", 200, &DraftApi::Credit},
        {Method::kPost, "/api/v1/drafts/:id/finalize", "finalizeDraft", "Make a draft final",
         "It gets its number and is owed from now on; worth less than nothing it is a credit note. "
         "A parent's draft asks for what its children owe now.",
         "", "Document", 200, &DraftApi::Finalize},
        {Method::kDelete, "/api/v1/drafts/:id", "discardDraft", "Throw a draft away",
         "With what was credited on it; coupons that it used are there again. The answer is what "
         "it "
         "was. What waits for its taxes (`pending_tax`) is no draft.",
         "", "Draft", 200, &DraftApi::Discard},
    };
    for (const Way& way : ways) {
        registrar.Add(api::Operation{
            way.method,
            way.path,
            way.id,
            "Drafts",
            "invoices:write",
            way.summary,
            way.description,
            {},
            way.body,
            way.reply,
            way.status,
            api::Writing([this, handler = way.handler](db::Transaction& tx, const Call& call) {
                return (this->*handler)(tx, call);
            })});
    }
}

void DraftApi::AddTo(Registrar& registrar) {
    AddDraftSchemas(registrar);
    AddReads(registrar);
    AddWrites(registrar);
}

}  // namespace livery::invoices
