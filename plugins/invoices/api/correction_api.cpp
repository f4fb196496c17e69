#include "api/correction_api.h"

#include <algorithm>

#include "api/request_values.h"
#include "app/document_json.h"
#include "storage/document_repository.h"

namespace livery::invoices {

using api::Call;
using api::Json;

CivilTime CorrectionApi::NowOf(const Call& call) const {
    return time_.ToCivil(call.tenant(), call.request.now());
}

Result<AccountId> CorrectionApi::OwnerOf(db::Transaction& tx, InvoiceId id) {
    const auto owner = DocumentRepository::OwnerOf(tx, id);
    if (!owner) return NotFound("no such document");
    return *owner;
}

Json CorrectionApi::Shown(db::Transaction& tx, const Call& call, AccountId account, InvoiceId id) {
    const AccountBook book = ports_.books.Load(tx, account);
    return JsonOf(*book.Find(id), DayOf(NowOf(call)));
}

Result<Json> CorrectionApi::Charge(db::Transaction& tx, const Call& call) {
    const auto account = IdIn<AccountId>(call.body, "account");
    const BillingProfile profile = LIVERY_TRY(ports_.profiles.Of(tx, account));
    const ManualInvoice wanted =
        LIVERY_TRY(ManualInvoiceIn(call.body, *ports_.catalogs.Of(tx.tenant()), profile));
    const std::vector<InvoiceId> made =
        LIVERY_TRY(biller_.Charge(tx, account, wanted, NowOf(call)));
    // One currency makes one document; without its taxes it is none to hand out.
    const AccountBook book = ports_.books.Load(tx, account);
    const Document& document = *book.Find(made.front());
    if (!document.IsFinal()) return Error{ErrorCode::kUnavailable, "error.tax_provider", {}};
    return JsonOf(document, DayOf(NowOf(call)));
}

Result<Json> CorrectionApi::GrantCredit(db::Transaction& tx, const Call& call) {
    const AccountId account = LIVERY_TRY(call.request.PathId<AccountId>("id"));
    const Money amount = LIVERY_TRY(MoneyIn(call.body, "amount"));
    const std::string text = call.body.at("text").get<std::string>();
    const InvoiceId note =
        LIVERY_TRY(receivables_.GrantCredit(tx, account, amount, text, NowOf(call)));
    return Shown(tx, call, account, note);
}

Result<Json> CorrectionApi::CreateNote(db::Transaction& tx, const Call& call) {
    const auto invoice = IdIn<InvoiceId>(call.body, "invoice");
    const AccountId account = LIVERY_TRY(OwnerOf(tx, invoice));
    const auto amount = LIVERY_TRY(MaybeMoneyIn(call.body, "amount"));
    const auto refund = LIVERY_TRY(MaybeMoneyIn(call.body, "refund"));
    if (!call.body.contains("line")) {
        const InvoiceId note = LIVERY_TRY(
            receivables_.CreditInvoice(tx, account, {invoice, amount, refund}, NowOf(call)));
        return Shown(tx, call, account, note);
    }
    if (!amount) return InvalidField("amount", "missing");
    const auto line = IdIn<InvoiceLineId>(call.body, "line");
    const AccountBook book = ports_.books.Load(tx, account);
    const auto& lines = book.Find(invoice)->lines;
    if (std::none_of(lines.begin(), lines.end(), [&](const Line& l) { return l.id == line; }))
        return InvalidField("line", "error.no_such_line");
    const InvoiceId note =
        LIVERY_TRY(receivables_.AdjustLine(tx, account, {line, *amount, refund}, NowOf(call)));
    return Shown(tx, call, account, note);
}

Result<Json> CorrectionApi::Void(db::Transaction& tx, const Call& call) {
    const InvoiceId id = LIVERY_TRY(call.request.PathId<InvoiceId>("id"));
    const AccountId account = LIVERY_TRY(OwnerOf(tx, id));
    LIVERY_TRY(receivables_.VoidInvoice(tx, account, id, NowOf(call)));
    return Shown(tx, call, account, id);
}

Result<Json> CorrectionApi::WriteOff(db::Transaction& tx, const Call& call) {
    const InvoiceId id = LIVERY_TRY(call.request.PathId<InvoiceId>("id"));
    const AccountId account = LIVERY_TRY(OwnerOf(tx, id));
    LIVERY_TRY(receivables_.WriteOff(tx, account, id, NowOf(call)));
    return Shown(tx, call, account, id);
}

void CorrectionApi::AddTo(Registrar& registrar) {
    AddCorrectionSchemas(registrar);
    struct Way {
        const char* path;
        const char* id;
        const char* tag;
        const char* summary;
        const char* description;
        const char* body;
        int status;
        Result<Json> (CorrectionApi::*handler)(db::Transaction&, const Call&);
    };
    const Way ways[]{
        {"/api/v1/invoices", "createInvoice", "Invoices", "Charge what no subscription does",
         "Taxes follow from the account's address and each line's tax class. The invoice is final "
         "at once.",
         "NewInvoice", 201, &CorrectionApi::Charge},
        {"/api/v1/invoices/:id/void", "voidInvoice", "Invoices", "Take all of an invoice back",
         "By a credit note on everything that is left of it; the answer is the invoice, the note "
         "names it in `corrects`. What the account paid is noted as refunded.",
         "", 200, &CorrectionApi::Void},
        {"/api/v1/invoices/:id/write-off", "writeOffInvoice", "Invoices",
         "Give up what is still owed", "A payment that comes later is the account's credit.", "",
         200, &CorrectionApi::WriteOff},
        {"/api/v1/credit-notes", "createCreditNote", "Credit notes",
         "Give back an invoice, or a part of it",
         "Without `amount`, all that is left. With `line`, `amount` is without tax, which goes "
         "back "
         "with it. What is not in `refund` settles what is owed of the invoice, then of others, "
         "and then is the account's credit.",
         "NewCreditNote", 201, &CorrectionApi::CreateNote},
        {"/api/v1/accounts/:id/credits", "grantCredit", "Credit notes",
         "Give an account credit of no invoice", "", "NewCredit", 201, &CorrectionApi::GrantCredit},
    };
    for (const Way& way : ways) {
        registrar.Add(api::Operation{
            Method::kPost,
            way.path,
            way.id,
            way.tag,
            "invoices:write",
            way.summary,
            way.description,
            {},
            way.body,
            "Document",
            way.status,
            api::Writing([this, handler = way.handler](db::Transaction& tx, const Call& call) {
                return (this->*handler)(tx, call);
            })});
    }
}

}  // namespace livery::invoices
