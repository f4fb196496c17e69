#include "actions.h"

#include <algorithm>

#include <fmt/format.h>

#include <livery/config/problems.h>
#include <livery/money/rounding.h>

#include "settings/catalog_reader.h"
#include "settings/tax_file.h"

namespace livery::golden {

using config::Node;
using config::TypeDoc;
using subscriptions::Agreement;

const Node& Args::Get(const std::string& key) const {
    const Node* found = node_.Find(key);
    if (found == nullptr) throw ScenarioError{node_.at, fmt::format("`{}` is missing", key)};
    return *found;
}

void Args::Fail(const std::string& key, const std::string& message) const {
    const Node* found = node_.Find(key);
    throw ScenarioError{found == nullptr ? node_.at : found->at, key + ": " + message};
}

std::string Args::Text(const std::string& key, const std::string& otherwise) const {
    return Has(key) ? Get(key).text : otherwise;
}

Decimal Args::Number(const std::string& key, const Decimal& otherwise) const {
    if (!Has(key)) return otherwise;
    const auto number = Decimal::Parse(Get(key).text);
    if (!number) Fail(key, fmt::format("`{}` is no number", Get(key).text));
    return *number;
}

std::int64_t Args::Whole(const std::string& key, std::int64_t otherwise) const {
    const Decimal number = Number(key, Decimal(otherwise));
    if (number.decimals() > 0) Fail(key, "write a whole number");
    return number.unscaled();
}

CivilTime Args::Time(const std::string& key) const {
    const auto time = ParseCivilTime(Get(key).text);
    if (!time) Fail(key, "write a day (2026-03-31) or a moment (2026-03-31T12:00:00)");
    return *time;
}

Money Args::Amount(const std::string& key, Currency currency) const {
    const auto amount = ParseMoney(Get(key).text, currency);
    if (!amount) Fail(key, fmt::format("`{}` is no amount of {}", Get(key).text, currency.code()));
    return *amount;
}

bool Args::Flag(const std::string& key, bool otherwise) const {
    if (!Has(key)) return otherwise;
    const std::string& text = Get(key).text;
    if (text != "true" && text != "false") Fail(key, "write true or false");
    return text == "true";
}

namespace {

TypeDoc Words(std::initializer_list<const char*> required,
              std::initializer_list<const char*> optional) {
    TypeDoc doc{.kind = TypeDoc::Kind::kObject};
    for (const char* key : required) doc.fields.push_back({.key = key, .required = true});
    for (const char* key : optional) doc.fields.push_back({.key = key});
    return doc;
}

// The words of what stands inside an action.
void CheckWords(const Node& node, const TypeDoc& words, const char* what = "a line") {
    if (node.kind != Node::Kind::kMap)
        throw ScenarioError{node.at, fmt::format("{} is a map: {{…: …}}", what)};
    for (const Node::Entry& entry : node.entries) {
        const bool known =
            std::any_of(words.fields.begin(), words.fields.end(),
                        [&](const config::FieldDoc& field) { return field.key == entry.key; });
        if (!known) throw ScenarioError{entry.at, fmt::format("{} has no `{}`", what, entry.key)};
    }
    for (const config::FieldDoc& field : words.fields) {
        if (field.required && node.Find(field.key) == nullptr)
            throw ScenarioError{node.at, fmt::format("{} needs `{}`", what, field.key)};
    }
}

// A list where one is meant: a word alone is not taken for none.
const std::vector<Node>& ListIn(const Node& node, const char* key) {
    const Node& list = *node.Find(key);
    if (list.kind != Node::Kind::kList)
        throw ScenarioError{list.at, fmt::format("`{}` is a list: […]", key)};
    return list.items;
}

}  // namespace

AccountSetup& AccountNamed(World& world, const Args& args, const std::string& key) {
    std::string name = args.Text(key);
    // The only account need not be named.
    if (name.empty() && world.accounts().size() == 1) name = world.accounts().begin()->first;
    AccountSetup* found = world.FindAccount(name);
    if (found == nullptr) args.Fail(key, fmt::format("there is no account `{}`", name));
    return *found;
}

SubscriptionId SubscriptionNamed(const World& world, const Args& args, const std::string& key) {
    const std::string name = args.Text(key);
    // The only one need not be named.
    const auto& all = world.store().state().agreements;
    if (name.empty() && all.size() == 1) return all.front().id;
    if (name.empty() && world.subscriptions.size() == 1) return world.subscriptions.begin()->second;
    if (name.empty()) args.Fail(key, "which one? name it with `as` where it begins");
    const auto found = world.subscriptions.find(name);
    if (found == world.subscriptions.end())
        args.Fail(key, fmt::format("no subscription was named `{}`", name));
    return found->second;
}

InvoiceId DocumentNamed(const World& world, const Args& args, const std::string& key) {
    const std::string name = args.Text(key, "last");
    if (const auto found = world.documents.find(name); found != world.documents.end())
        return found->second;
    if (const auto* document = world.FindDocument(name)) return document->id;
    const std::vector<InvoiceId> final = world.Finalized();
    if (name == "last" && !final.empty()) return final.back();
    args.Fail(key, fmt::format("no document was named `{}`, and none has that number", name));
}

OrderId OrderNamed(const World& world, const Args& args, const std::string& key) {
    const std::string name = args.Text(key);
    const auto& all = world.store().state().orders;
    if (name.empty() && all.size() == 1) return all.front().id;
    if (name.empty()) args.Fail(key, "which one? name it with `as` where it is placed");
    const auto found = world.order_names.find(name);
    if (found == world.order_names.end())
        args.Fail(key, fmt::format("no order was named `{}`", name));
    return found->second;
}

namespace {

// The account that a subscription or document belongs to, unless the action names another.
AccountId OwnerOf(World& world, const Args& args, SubscriptionId id) {
    if (args.Has("account")) return AccountNamed(world, args, "account").profile.account;
    for (const Agreement& agreement : world.store().state().agreements) {
        if (agreement.id == id) return agreement.account;
    }
    return AccountNamed(world, args, "account").profile.account;
}

AccountId OwnerOf(World& world, const Args& args, InvoiceId id) {
    if (args.Has("account")) return AccountNamed(world, args, "account").profile.account;
    return world.FindDocument(id)->account;
}

Currency CurrencyOf(World& world, const Args& args, Currency otherwise) {
    if (!args.Has("currency")) return otherwise;
    const auto currency = Currency::Parse(args.Text("currency"));
    if (!currency) args.Fail("currency", "no ISO 4217 currency");
    (void)world;
    return *currency;
}

billing::Place PlaceOf(const Node& node) {
    const Args args(node);
    return {args.Text("country"), args.Text("region"), args.Text("postcode")};
}

// What a subscription's change makes due is invoiced with it.
Result<Made> Billed(World& world, db::Transaction& tx, const Args& args, AccountId account) {
    if (!args.Flag("bill", world.tenant().bills_by_itself)) return Made{};
    return Made{LIVERY_TRY(world.biller().Bill(tx, account, world.now())), std::nullopt};
}

Result<Made> Subscribe(World& world, db::Transaction& tx, const Args& args) {
    const AccountSetup& account = AccountNamed(world, args, "account");
    SubscriptionRequest wanted{args.Text("plan"),
                               args.Number("quantity", Decimal(1)),
                               CurrencyOf(world, args, account.currency),
                               args.Text("site"),
                               std::nullopt,
                               std::nullopt};
    if (args.Has("base")) wanted.base = SubscriptionNamed(world, args, "base");
    if (args.Has("anchor")) wanted.anchor = args.Time("anchor");
    const AccountId id = account.profile.account;
    const CivilTime at = args.Has("from") ? args.Time("from") : world.now();
    const SubscriptionId made = LIVERY_TRY(world.desk().Subscribe(tx, id, wanted, at));
    if (args.Has("coupon")) {
        LIVERY_TRY(world.biller().RedeemCoupon(tx, id, args.Text("coupon"), made, world.now()));
    }
    Made all = LIVERY_TRY(Billed(world, tx, args, id));
    all.subscription = made;
    return all;
}

Result<Made> ChangeAgreement(World& world, db::Transaction& tx, const Args& args,
                             const subscriptions::AgreementDesk::Transition& transition) {
    const SubscriptionId id = SubscriptionNamed(world, args, "subscription");
    const AccountId account = OwnerOf(world, args, id);
    LIVERY_TRY(world.desk().Change(tx, account, id, transition));
    return Billed(world, tx, args, account);
}

Result<Made> ChangePlan(World& world, db::Transaction& tx, const Args& args) {
    subscriptions::PlanChange change{args.Text("to"), std::nullopt, world.now(), std::nullopt};
    if (args.Has("quantity")) change.quantity = args.Number("quantity", Decimal(1));
    const std::string when = args.Text("when");
    if (when == "now") change.timing = billing::ChangeRule::Timing::kImmediate;
    if (when == "end_of_term") change.timing = billing::ChangeRule::Timing::kEndOfTerm;
    if (!when.empty() && !change.timing) args.Fail("when", "write now or end_of_term");
    if (args.Has("on")) change.on = args.Time("on");
    if (args.Has("on") && !when.empty()) args.Fail("on", "write `when` or `on`, not both");
    const std::string proration = args.Text("proration");
    if (!proration.empty()) change.prorated = proration == "prorate";
    if (!proration.empty() && proration != "prorate" && proration != "none")
        args.Fail("proration", "write prorate or none");
    const SubscriptionId id = SubscriptionNamed(world, args, "subscription");
    const auto owner = world.Of(tx, OwnerOf(world, args, id));
    if (owner) change.account_class = owner->account_class;
    return ChangeAgreement(
        world, tx, args, [&](Agreement agreement, const billing::Catalog& catalog) {
            return subscriptions::ChangePlan(std::move(agreement), catalog, change);
        });
}

Result<Made> ChangeQuantity(World& world, db::Transaction& tx, const Args& args) {
    const std::string when = args.Text("when", "now");
    if (when != "now" && when != "end_of_term") args.Fail("when", "write now or end_of_term");
    const subscriptions::QuantityChange change{args.Number("to", Decimal(0)), world.now(),
                                               when == "end_of_term"};
    return ChangeAgreement(
        world, tx, args, [&](Agreement agreement, const billing::Catalog& catalog) {
            return subscriptions::ChangeQuantity(std::move(agreement), catalog, change);
        });
}

Result<Made> Cancel(World& world, db::Transaction& tx, const Args& args) {
    using subscriptions::Ending;
    Ending ending{Ending::When::kEndOfTerm, std::nullopt, args.Text("reason"), world.now()};
    const std::string when = args.Text("when", args.Has("on") ? "on" : "end_of_term");
    if (when == "now") ending.when = Ending::When::kNow;
    if (args.Has("on")) ending.when = Ending::When::kOn, ending.on = args.Time("on");
    if (when != "now" && when != "end_of_term" && when != "on")
        args.Fail("when", "write now or end_of_term, or give a day with `on`");
    return ChangeAgreement(world, tx, args,
                           [&](Agreement agreement, const billing::Catalog& catalog) {
                               return subscriptions::Cancel(std::move(agreement), catalog, ending);
                           });
}

Result<Made> Pause(World& world, db::Transaction& tx, const Args& args) {
    subscriptions::Pause pause{args.Has("from") ? args.Time("from") : world.now(), std::nullopt};
    if (args.Has("until")) pause.to = args.Time("until");
    return ChangeAgreement(
        world, tx, args, [&](Agreement agreement, const billing::Catalog& catalog) {
            return subscriptions::PauseFrom(std::move(agreement), catalog, pause, world.now());
        });
}

Result<Made> MoveBillingDay(World& world, db::Transaction& tx, const Args& args) {
    const std::int64_t day = args.Whole("to", 0);
    return ChangeAgreement(
        world, tx, args, [&](Agreement agreement, const billing::Catalog& catalog) {
            return subscriptions::MoveBillingDay(std::move(agreement), catalog,
                                                 static_cast<int>(day), world.now());
        });
}

// The transitions that need nothing but the time.
template <class Transition>
auto AtNow(Transition transition) {
    return [transition](World& world, db::Transaction& tx, const Args& args) {
        return ChangeAgreement(world, tx, args,
                               [&](Agreement agreement, const billing::Catalog& catalog) {
                                   return transition(std::move(agreement), catalog, world.now());
                               });
    };
}

Result<Made> Use(World& world, db::Transaction& tx, const Args& args) {
    const SubscriptionId id = SubscriptionNamed(world, args, "subscription");
    LIVERY_TRY(world.desk().RecordUse(
        tx, OwnerOf(world, args, id), id,
        {args.Text("meter"), args.Number("units", Decimal(1)), world.now()}));
    return Made{};
}

invoices::ManualLine ReadLine(World& world, const Node& node, Currency currency) {
    CheckWords(node, Words({}, {"text", "amount", "unit_price", "quantity", "site", "tax_class",
                                "taxes", "currency"}));
    const Args args(node);
    const char* price = args.Has("amount") ? "amount" : "unit_price";
    if (!args.Has(price)) args.Fail(price, "a line needs `amount` or `unit_price`");
    invoices::ManualLine line{args.Text("text", "charge"),
                              args.Number(price, Decimal()),
                              args.Number("quantity", Decimal(1)),
                              CurrencyOf(world, args, currency),
                              args.Text("site"),
                              args.Text("tax_class", "standard"),
                              std::nullopt};
    if (args.Has("amount")) (void)args.Amount("amount", line.currency);
    if (args.Has("taxes")) {
        line.taxes.emplace();
        for (const Node& code : ListIn(node, "taxes")) line.taxes->push_back(code.text);
    }
    return line;
}

Result<Made> Charge(World& world, db::Transaction& tx, const Args& args) {
    const AccountSetup& account = AccountNamed(world, args, "account");
    invoices::ManualInvoice invoice{{}, args.Text("coupon"), args.Flag("draft", false)};
    const Node* lines = args.node().Find("lines");
    if (lines == nullptr || lines->kind != Node::Kind::kList) args.Fail("lines", "a list of lines");
    for (const Node& line : lines->items)
        invoice.lines.push_back(ReadLine(world, line, account.currency));
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
    const Money amount = args.Amount("amount", CurrencyOf(world, args, account.currency));
    const InvoiceId id = LIVERY_TRY(world.receivables().GrantCredit(
        tx, account.profile.account, amount, args.Text("text", "credit"), world.now()));
    return Made{{id}, std::nullopt};
}

std::optional<Money> MaybeAmount(const Args& args, const std::string& key, Currency currency) {
    if (!args.Has(key)) return std::nullopt;
    return args.Amount(key, currency);
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
    args.Fail("line", fmt::format("{} has no line `{}`", document.number, name));
}

Result<Made> Adjust(World& world, db::Transaction& tx, const Args& args) {
    const InvoiceId id = DocumentNamed(world, args, "invoice");
    const invoices::Document& document = *world.FindDocument(id);
    const InvoiceId note = LIVERY_TRY(world.receivables().AdjustLine(
        tx, OwnerOf(world, args, id),
        {LineNamed(args, document), args.Amount("amount", document.currency),
         MaybeAmount(args, "refund", document.currency)},
        world.now()));
    return Made{{note}, std::nullopt};
}

Result<Made> CreditNote(World& world, db::Transaction& tx, const Args& args) {
    const InvoiceId id = DocumentNamed(world, args, "invoice");
    const Currency currency = world.FindDocument(id)->currency;
    invoices::Receivables::Note note{id, MaybeAmount(args, "amount", currency),
                                     MaybeAmount(args, "refund", currency)};
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

Result<Made> Pay(World& world, db::Transaction& tx, const Args& args) {
    std::optional<InvoiceId> only;
    AccountId account;
    Currency currency = world.tenant().currency;
    if (args.Has("invoice") || !args.Has("account")) {
        only = DocumentNamed(world, args, "invoice");
        account = OwnerOf(world, args, *only);
        currency = world.FindDocument(*only)->currency;
    } else {
        const AccountSetup& setup = AccountNamed(world, args, "account");
        account = setup.profile.account;
        currency = CurrencyOf(world, args, setup.currency);
    }
    const Money amount = args.Has("amount") || !only ? args.Amount("amount", currency)
                                                     : world.FindDocument(*only)->Balance();
    invoices::Payment payment{args.Text("reference"), world.now(), amount, {}};
    LIVERY_TRY(world.receivables().Pay(tx, account, std::move(payment), only));
    return Made{};
}

Result<Made> Refund(World& world, db::Transaction& tx, const Args& args) {
    const InvoiceId id = DocumentNamed(world, args, "invoice");
    LIVERY_TRY(world.receivables().Refund(
        tx, OwnerOf(world, args, id), {id, args.Amount("amount", world.FindDocument(id)->currency)},
        world.now()));
    return Made{};
}

Result<Made> Redeem(World& world, db::Transaction& tx, const Args& args) {
    const AccountSetup& account = AccountNamed(world, args, "account");
    std::optional<SubscriptionId> subscription;
    if (args.Has("subscription")) subscription = SubscriptionNamed(world, args, "subscription");
    LIVERY_TRY(world.biller().RedeemCoupon(tx, account.profile.account, args.Text("coupon"),
                                           subscription, world.now()));
    return Made{};
}

Result<Made> CreditToParent(World& world, db::Transaction& tx, const Args& args) {
    LIVERY_TRY(world.receivables().CreditToParent(
        tx, AccountNamed(world, args, "account").profile.account, world.now()));
    return Made{};
}

Result<Made> Bill(World& world, db::Transaction& tx, const Args& args) {
    if (args.Has("account")) {
        LIVERY_TRY(world.BillAccount(tx, AccountNamed(world, args, "account").profile.account));
    } else {
        LIVERY_TRY(world.BillAll(tx));
    }
    return Made{};
}

Result<Made> PlaceOrder(World& world, db::Transaction& tx, const Args& args) {
    const AccountSetup& account = AccountNamed(world, args, "account");
    orders::OrderRequest request{
        args.Text("name"),
        {args.Text("created_by_kind", "subscriber"), args.Text("created_by")},
        CurrencyOf(world, args, account.currency),
        args.Has("activate_on") ? args.Time("activate_on") : world.now(),
        {}};
    const Node* lines = args.node().Find("lines");
    if (lines == nullptr || lines->kind != Node::Kind::kList) args.Fail("lines", "a list of lines");
    const std::string& kind = request.created_by.kind;
    if (kind != "subscriber" && kind != "staff" && kind != "partner" && kind != "api")
        args.Fail("created_by_kind", "write subscriber, staff, partner or api");
    for (const Node& node : lines->items) {
        CheckWords(node, Words({"plan"}, {"quantity", "site", "base"}));
        const Args line(node);
        request.lines.push_back(
            {line.Text("plan"), line.Number("quantity", Decimal(1)), line.Text("site")});
        if (line.Has("base")) request.lines.back().base = SubscriptionNamed(world, line, "base");
    }
    Made made;
    made.order =
        LIVERY_TRY(world.orders().Place(tx, account.profile.account, request, world.now()));
    return made;
}

Result<Made> ActivateOrder(World& world, db::Transaction& tx, const Args& args) {
    const OrderId id = OrderNamed(world, args, "order");
    std::optional<std::size_t> line;
    if (args.Has("line")) line = static_cast<std::size_t>(args.Whole("line", 1) - 1);
    const AccountId account = LIVERY_TRY(world.orders().Activate(tx, id, line, world.now()));
    return Billed(world, tx, args, account);
}

Result<Made> CancelOrder(World& world, db::Transaction& tx, const Args& args) {
    LIVERY_TRY(world.orders().Cancel(tx, OrderNamed(world, args, "order")));
    return Made{};
}

Result<Made> CheckVatId(World& world, db::Transaction&, const Args& args) {
    AccountSetup& account = AccountNamed(world, args, "account");
    const std::string answer = args.Text("answer");
    if (answer != "valid" && answer != "invalid" && answer != "unreachable")
        args.Fail("answer", "write valid, invalid or unreachable");
    account.profile.vat_id_valid.reset();
    if (answer != "unreachable") account.profile.vat_id_valid = answer == "valid";
    return Made{};
}

Result<Made> SetRate(World& world, db::Transaction&, const Args& args) {
    const Currency currency = CurrencyOf(world, args, world.tenant().currency);
    world.rates.insert_or_assign(currency, args.Number("rate", Decimal(1)));
    return Made{};
}

Result<Made> TaxProvider(World& world, db::Transaction&, const Args& args) {
    world.tax_provider_answers = args.Flag("answers", true);
    return Made{};
}

Error RefusedBy(const catalog::Objection& objection) {
    switch (objection.reason) {
        case catalog::Objection::Reason::kGone:
            return Conflict("error.sold_and_gone");
        case catalog::Objection::Reason::kChanged:
            return Conflict("error.sold_otherwise");
        case catalog::Objection::Reason::kDatedBack:
            return Conflict("error.dated_back");
    }
    return Conflict("error.sold_otherwise");
}

// As a host does when it reads its files again: what cannot stand beside what was sold is refused.
// Everybody has the new catalog from now on; the policies stay unless it says others.
Result<Made> ChangeCatalog(World& world, db::Transaction&, const Args& args) {
    config::Problems problems;
    billing::Catalog catalog = catalog::ReadCatalog(
        args.node(), config::Reader("catalog", problems), world.tenant().currency);
    if (!problems.empty()) throw ScenarioError{args.node().at, problems.ToString()};
    const auto objections = catalog::ObjectionsTo(catalog, world.store().state().used);
    if (!objections.empty()) return RefusedBy(objections.front());
    if (!args.Has("policies")) catalog.policies = world.catalog().policies;
    world.Set(std::move(catalog));
    return Made{};
}

Result<Made> ChangeTaxes(World& world, db::Transaction&, const Args& args) {
    config::Problems problems;
    taxes::TaxRules rules = taxes::ReadTaxRules(args.node(), config::Reader("taxes", problems));
    if (!problems.empty()) throw ScenarioError{args.node().at, problems.ToString()};
    world.Set(std::move(rules));
    return Made{};
}

Result<Made> ChangeAccount(World& world, db::Transaction&, const Args& args) {
    ReadProfile(args, AccountNamed(world, args, "account").profile);
    return Made{};
}

Result<Made> Wait(World&, db::Transaction&, const Args&) { return Made{}; }

std::map<std::string, Action> MakeActions() {
    std::map<std::string, Action> actions;
    actions["subscribe"] = {Words({"plan"}, {"account", "as", "quantity", "base", "anchor", "from",
                                             "site", "currency", "coupon", "bill"}),
                            Subscribe};
    actions["change_plan"] = {Words({"to"}, {"subscription", "account", "quantity", "when", "on",
                                             "proration", "bill", "as"}),
                              ChangePlan};
    actions["change_quantity"] = {Words({"to"}, {"subscription", "account", "when", "bill", "as"}),
                                  ChangeQuantity};
    const auto simple = Words({}, {"subscription", "account", "bill", "as"});
    actions["withdraw_change"] = {simple, AtNow(subscriptions::WithdrawChange)};
    actions["withdraw_cancel"] = {simple, AtNow(subscriptions::WithdrawCancel)};
    actions["resume"] = {simple, AtNow(subscriptions::Resume)};
    actions["cancel"] = {
        Words({}, {"subscription", "account", "when", "on", "reason", "bill", "as"}), Cancel};
    actions["pause"] = {Words({}, {"subscription", "account", "from", "until", "bill", "as"}),
                        Pause};
    actions["move_billing_day"] = {Words({"to"}, {"subscription", "account", "bill", "as"}),
                                   MoveBillingDay};
    actions["use"] = {Words({"meter"}, {"subscription", "account", "units"}), Use};
    actions["charge"] = {Words({"lines"}, {"account", "as", "coupon", "draft"}), Charge};
    actions["credit_draft"] = {Words({"amount"}, {"invoice", "account", "taxed"}), CreditDraft};
    actions["finalize"] = {Words({}, {"invoice", "account"}), FinalizeDraft};
    actions["grant_credit"] = {Words({"amount"}, {"account", "currency", "text", "as"}),
                               GrantCredit};
    actions["adjust"] = {Words({"amount"}, {"invoice", "account", "line", "refund", "as"}), Adjust};
    actions["credit_note"] = {Words({}, {"invoice", "account", "amount", "refund", "as"}),
                              CreditNote};
    actions["void"] = {Words({}, {"invoice", "account", "as"}), Void};
    actions["write_off"] = {Words({}, {"invoice", "account"}), WriteOff};
    actions["pay"] = {Words({}, {"invoice", "account", "amount", "reference", "currency"}), Pay};
    actions["refund"] = {Words({"amount"}, {"invoice", "account"}), Refund};
    actions["redeem"] = {Words({"coupon"}, {"account", "subscription"}), Redeem};
    actions["credit_to_parent"] = {Words({"account"}, {}), CreditToParent};
    actions["bill"] = {Words({}, {"account"}), Bill};
    actions["place_order"] = {Words({"lines"}, {"account", "as", "name", "created_by",
                                                "created_by_kind", "activate_on", "currency"}),
                              PlaceOrder};
    actions["activate_order"] = {Words({}, {"order", "line", "bill"}), ActivateOrder};
    actions["cancel_order"] = {Words({}, {"order"}), CancelOrder};
    actions["check_vat_id"] = {Words({"answer"}, {"account"}), CheckVatId};
    actions["set_rate"] = {Words({"rate"}, {"currency"}), SetRate};
    actions["tax_provider"] = {Words({"answers"}, {}), TaxProvider};
    actions["change_catalog"] = {
        Words({"products", "plans"}, {"currency", "policies", "changes", "coupons"}),
        ChangeCatalog};
    actions["change_taxes"] = {Words({}, {"seller_country", "prices_include_tax", "taxes"}),
                               ChangeTaxes};
    actions["change_account"] = {
        Words({}, {"account", "billing_day", "class", "customer_class", "country", "region",
                   "postcode", "vat_id", "vat_id_valid", "sites", "exemptions"}),
        ChangeAccount};
    actions["wait"] = {Words({}, {}), Wait};
    return actions;
}

}  // namespace

void ReadProfile(const Args& args, BillingProfile& profile) {
    profile.account_class = args.Text("class", profile.account_class);
    profile.customer_class = args.Text("customer_class", profile.customer_class);
    // An address is one: what is not said of a new one is not known.
    if (args.Has("country") || args.Has("region") || args.Has("postcode"))
        profile.place = PlaceOf(args.node());
    if (args.Has("vat_id")) {
        profile.vat_id = args.Text("vat_id");
        profile.vat_id_valid.reset();
    }
    if (args.Has("vat_id_valid")) profile.vat_id_valid = args.Flag("vat_id_valid", false);
    profile.billing_day = static_cast<int>(args.Whole("billing_day", profile.billing_day));
    if (profile.billing_day < 0 || profile.billing_day > 31) args.Fail("billing_day", "is 1 to 31");
    if (const Node* sites = args.node().Find("sites")) {
        profile.sites.clear();
        for (const Node::Entry& site : sites->entries) {
            CheckWords(site.value, Words({}, {"country", "region", "postcode"}), "a site");
            profile.sites[site.key] = PlaceOf(site.value);
        }
    }
    if (args.Has("exemptions")) {
        profile.exemptions.clear();
        for (const Node& each : ListIn(args.node(), "exemptions")) {
            CheckWords(each, Words({"tax", "until"}, {"certificate"}), "an exemption");
            const Args of(each);
            profile.exemptions.push_back({of.Text("tax"), of.Text("certificate"),
                                          std::chrono::floor<std::chrono::days>(of.Time("until"))});
        }
    }
}

const std::map<std::string, Action>& Actions() {
    static const std::map<std::string, Action> actions = MakeActions();
    return actions;
}

}  // namespace livery::golden
