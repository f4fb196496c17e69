#include <fmt/format.h>

#include "actions.h"
#include "names.h"

namespace livery::golden {

using config::Node;

namespace {

invoices::ManualLine ReadLine(const Node& node, Currency currency) {
    CheckWords(node, Words({}, {"text", "amount", "unit_price", "quantity", "site", "tax_class",
                                "taxes", "currency"}));
    const Args args(node);
    const char* price = args.Has("amount") ? "amount" : "unit_price";
    if (!args.Has(price)) args.Fail(price, "a line needs `amount` or `unit_price`");
    invoices::ManualLine line{args.Text("text", "charge"),
                              args.Number(price, Decimal()),
                              args.Number("quantity", Decimal(1)),
                              args.CurrencyOr(currency),
                              args.Text("site"),
                              args.Text("tax_class", "standard"),
                              std::nullopt};
    if (args.Has("amount")) (void)args.Amount("amount", line.currency);
    if (args.Has("taxes")) {
        line.taxes.emplace();
        for (const Node& code : args.List("taxes")) line.taxes->push_back(code.text);
    }
    return line;
}

Result<Made> Charge(World& world, db::Transaction& tx, const Args& args) {
    const AccountSetup& account = AccountNamed(world, args, "account");
    invoices::ManualInvoice invoice{{}, args.Text("coupon"), args.Flag("draft", false)};
    for (const Node& line : args.List("lines"))
        invoice.lines.push_back(ReadLine(line, args.CurrencyOr(account.currency)));
    return Made{
        LIVERY_TRY(world.biller().Charge(tx, account.profile.account, invoice, world.now())),
        std::nullopt};
}

// The draft that `invoice` names; with `account` alone, the only one that it has.
InvoiceId DraftNamed(World& world, const Args& args) {
    if (args.Has("invoice") || !args.Has("account")) return DocumentNamed(world, args, "invoice");
    const AccountId account = AccountNamed(world, args, "account").profile.account;
    std::vector<InvoiceId> drafts;
    const auto& books = world.store().state().books;
    if (const auto book = books.find(account); book != books.end()) {
        for (const invoices::Document& document : book->second.documents()) {
            if (document.status == invoices::Status::kDraft) drafts.push_back(document.id);
        }
    }
    if (drafts.size() != 1) args.Fail("account", "name the draft with `invoice`: it has not one");
    return drafts.front();
}

Result<Made> CreditDraft(World& world, db::Transaction& tx, const Args& args) {
    const InvoiceId id = DraftNamed(world, args);
    const invoices::Document& document = *world.FindDocument(id);
    using DraftCredit = invoices::Biller::DraftCredit;
    const auto as = args.Flag("taxed", false) ? DraftCredit::kReduction : DraftCredit::kGranted;
    LIVERY_TRY(world.biller().CreditDraft(tx, OwnerOf(world, args, id), id,
                                          {args.Amount("amount", document.currency), as},
                                          world.now()));
    return Made{};
}

Result<Made> FinalizeDraft(World& world, db::Transaction& tx, const Args& args) {
    const InvoiceId id = DraftNamed(world, args);
    LIVERY_TRY(world.biller().FinalizeDraft(tx, OwnerOf(world, args, id), id, world.now()));
    return Made{{id}, std::nullopt};
}

Result<Made> GrantCredit(World& world, db::Transaction& tx, const Args& args) {
    const AccountSetup& account = AccountNamed(world, args, "account");
    const Money amount = args.Amount("amount", args.CurrencyOr(account.currency));
    const InvoiceId id = LIVERY_TRY(world.receivables().GrantCredit(
        tx, account.profile.account, amount, args.Text("text", "credit"), world.now()));
    return Made{{id}, std::nullopt};
}

// The line that `line` means: its place (from 1), its kind, its plan or its text.
InvoiceLineId LineNamed(const Args& args, const invoices::Document& document) {
    const std::string name = args.Text("line", "1");
    const auto place = Decimal::Parse(name);
    for (std::size_t i = 0; i < document.lines.size(); ++i) {
        const invoices::Line& line = document.lines[i];
        if (place ? *place == Decimal(static_cast<std::int64_t>(i + 1))
                  : (name == ToString(line.kind) || name == line.text ||
                     (line.key && name == line.key->plan)))
            return line.id;
    }
    std::string lines;
    for (std::size_t i = 0; i < document.lines.size(); ++i)
        lines += fmt::format("{}{} ({}, {})", i == 0 ? "" : ", ", i + 1,
                             ToString(document.lines[i].kind), document.lines[i].text);
    args.Fail("line", fmt::format("{} has no line `{}`; it has {}", document.number, name, lines));
}

Result<Made> Adjust(World& world, db::Transaction& tx, const Args& args) {
    const InvoiceId id = DocumentNamed(world, args, "invoice");
    const invoices::Document& document = *world.FindDocument(id);
    const InvoiceId note = LIVERY_TRY(world.receivables().AdjustLine(
        tx, OwnerOf(world, args, id),
        {LineNamed(args, document), args.Amount("amount", document.currency),
         args.MaybeAmount("refund", document.currency)},
        world.now()));
    return Made{{note}, std::nullopt};
}

Result<Made> CreditNote(World& world, db::Transaction& tx, const Args& args) {
    const InvoiceId id = DocumentNamed(world, args, "invoice");
    const Currency currency = world.FindDocument(id)->currency;
    invoices::Receivables::Note note{id, args.MaybeAmount("amount", currency),
                                     args.MaybeAmount("refund", currency)};
    const InvoiceId made = LIVERY_TRY(
        world.receivables().CreditInvoice(tx, OwnerOf(world, args, id), note, world.now()));
    return Made{{made}, std::nullopt};
}

Result<Made> Void(World& world, db::Transaction& tx, const Args& args) {
    const InvoiceId id = DocumentNamed(world, args, "invoice");
    const InvoiceId note =
        LIVERY_TRY(world.receivables().VoidInvoice(tx, OwnerOf(world, args, id), id, world.now()));
    return Made{{note}, std::nullopt};
}

Result<Made> WriteOff(World& world, db::Transaction& tx, const Args& args) {
    const InvoiceId id = DocumentNamed(world, args, "invoice");
    LIVERY_TRY(world.receivables().WriteOff(tx, OwnerOf(world, args, id), id, world.now()));
    return Made{};
}

}  // namespace

void AddDocumentActions(ActionMap& actions) {
    actions["charge"] = {Words({"lines"}, {"account", "as", "currency", "coupon", "draft"}),
                         Charge};
    actions["credit_draft"] = {Words({"amount"}, {"invoice", "account", "taxed"}), CreditDraft};
    actions["finalize"] = {Words({}, {"invoice", "account"}), FinalizeDraft};
    actions["grant_credit"] = {Words({"amount"}, {"account", "currency", "text", "as"}),
                               GrantCredit};
    actions["adjust"] = {Words({"amount"}, {"invoice", "account", "line", "refund", "as"}), Adjust};
    actions["credit_note"] = {Words({}, {"invoice", "account", "amount", "refund", "as"}),
                              CreditNote};
    actions["void"] = {Words({}, {"invoice", "account", "as"}), Void};
    actions["write_off"] = {Words({}, {"invoice", "account"}), WriteOff};
}

}  // namespace livery::golden
