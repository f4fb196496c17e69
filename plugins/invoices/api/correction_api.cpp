#include "api/correction_api.h"

#include <algorithm>

#include <livery/api/schema.h>

#include "app/document_json.h"
#include "storage/document_repository.h"

namespace livery::invoices {

using api::Call;
using api::Json;

namespace {

// Within these every sum of a document, and of many of them, is an amount.
constexpr std::int64_t kMostMoney = 1'000'000'000'000;
const Decimal kMostPrice(1'000'000);
const Decimal kMostUnits(100'000);

Result<Money> MoneyIn(const Json& body, const char* name) {
    const Json& money = body.at(name);
    const auto currency = Currency::Parse(money.at("currency").get<std::string>());
    if (!currency) return InvalidField(name, "error.currency");
    const auto amount = money.at("amount").get<std::int64_t>();
    if (amount <= 0 || amount > kMostMoney) return InvalidField(name, "error.amount");
    return Money(amount, *currency);
}

Result<std::optional<Money>> MaybeMoneyIn(const Json& body, const char* name) {
    if (!body.contains(name)) return std::optional<Money>();
    const Money money = LIVERY_TRY(MoneyIn(body, name));
    return std::optional(money);
}

// The schema has checked their form.
template <class TypedId>
TypedId IdIn(const Json& body, const char* name) {
    return TypedId::Parse(body.at(name).get<std::string>()).value_or(TypedId());
}

Result<Decimal> DecimalIn(const Json& line, const char* name) {
    const auto number = Decimal::Parse(line.at(name).get<std::string>());
    if (!number) return InvalidField(name, "error.number");
    return *number;
}

// A class that no product has is misspelt, and would be taxed by nothing; a site that the account
// has not would be taxed somewhere else.
Result<void> CheckPlaced(const ManualLine& line, const billing::Catalog& catalog,
                         const BillingProfile& profile) {
    const bool known =
        line.tax_class == "standard" ||
        std::any_of(catalog.products.begin(), catalog.products.end(), [&](const auto& product) {
            return product.second.tax_class == line.tax_class;
        });
    if (!known) return InvalidField("tax_class", "error.no_such_tax_class");
    if (!line.site.empty() && !profile.sites.contains(line.site))
        return InvalidField("site", "error.no_such_site");
    return {};
}

Result<ManualLine> LineIn(const Json& line, Currency currency) {
    const Decimal price = LIVERY_TRY(DecimalIn(line, "unit_price"));
    ManualLine manual{
        line.at("text").get<std::string>(),  price, Decimal(1), currency, line.value("site", ""),
        line.value("tax_class", "standard"), {}};
    if (line.contains("quantity")) manual.quantity = LIVERY_TRY(DecimalIn(line, "quantity"));
    if (manual.unit_price > kMostPrice) return InvalidField("unit_price", "error.amount");
    if (manual.quantity > kMostUnits) return InvalidField("quantity", "error.quantity");
    return manual;
}

}  // namespace

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
    const auto currency = Currency::Parse(call.body.at("currency").get<std::string>());
    if (!currency) return InvalidField("currency", "error.currency");
    const BillingProfile profile = LIVERY_TRY(ports_.profiles.Of(tx, account));
    const auto catalog = ports_.catalogs.Of(tx.tenant());
    ManualInvoice wanted{{}, call.body.value("coupon", ""), false};
    for (const Json& line : call.body.at("lines")) {
        ManualLine manual = LIVERY_TRY(LineIn(line, *currency));
        LIVERY_TRY(CheckPlaced(manual, *catalog, profile));
        wanted.lines.push_back(std::move(manual));
    }
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
