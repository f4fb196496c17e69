#include "web/pay_pages.h"

#include <algorithm>

#include <livery/db/attempt.h>
#include <livery/http/form_again.h>
#include <livery/http/page_routes.h>
#include <livery/money/typed_amount.h>

#include "settings/payment_settings.h"
#include "storage/payment_repository.h"
#include "storage/slot_repository.h"
#include "web/payment_text.h"
#include "web/way_out.h"

namespace livery::payments {

namespace {

constexpr const char* kNewMethod = "new";

const PaymentSettings& SettingsOf(const RequestContext& r) {
    return r.SettingsOf<PaymentSettings>("payments");
}

// What a form that is shown again was filled in with.
std::string TypedOr(const RequestContext& r, const std::string& field, std::string otherwise) {
    if (r.request().method == Method::kPost) return std::string(r.Form(field));
    return otherwise;
}

const Share* PartFor(const std::optional<Payment>& payment, InvoiceId invoice) {
    if (!payment) return nullptr;
    const auto found = std::find_if(payment->parts.begin(), payment->parts.end(),
                                    [&](const Share& part) { return part.invoice == invoice; });
    return found == payment->parts.end() ? nullptr : &*found;
}

// Of an invoice that another payment took after the form was drawn.
bool WantsWhatIsBeingPaid(const RequestContext& r, const Choice& choice) {
    for (const auto& [payment, invoices] : choice.under_way) {
        for (const Invoicing::Owed& invoice : invoices)
            if (!r.Form(invoice.id.ToString()).empty()) return true;
    }
    return false;
}

// What was typed for an invoice; nothing, or nothing of it, is no part. The field's name is the
// invoice's id.
Result<std::vector<Share>> ChosenOf(const RequestContext& r, const Choice& choice) {
    if (WantsWhatIsBeingPaid(r, choice)) return Conflict("error.under_way");
    std::vector<Share> chosen;
    std::vector<FieldError> wrong;
    for (const Invoicing::Owed& invoice : choice.owed) {
        const std::string field = invoice.id.ToString();
        const std::string_view typed = r.Form(field);
        if (typed.empty()) continue;
        const auto amount =
            ParseTypedMoney(typed, NumberMarks::Of(r.format()), invoice.balance.currency());
        if (!amount || amount->minor_units() < 0) {
            wrong.push_back({field, "error.amount"});
        } else if (amount->minor_units() > invoice.balance.minor_units()) {
            wrong.push_back({field, "error.more_than_owed"});
        } else if (amount->minor_units() > 0) {
            chosen.push_back({invoice.id, *amount});
        }
    }
    if (!wrong.empty()) return Invalid(std::move(wrong));
    if (chosen.empty() && !choice.owed.empty())
        return InvalidField(choice.owed.front().id.ToString(), "error.choose_invoices");
    return chosen;
}

std::string NumbersOf(const std::vector<Invoicing::Owed>& invoices) {
    std::string numbers;
    for (const Invoicing::Owed& one : invoices)
        numbers += (numbers.empty() ? "" : ", ") + one.number;
    return numbers;
}

// An error of the use case, beside the first field: it names none of the page's.
Error OnPage(Error error, const std::vector<Invoicing::Owed>& owed) {
    for (FieldError& field : error.fields) {
        if (!owed.empty()) field.field = owed.front().id.ToString();
    }
    return error;
}

}  // namespace

Result<Choice> PayPages::ChoiceOf(const RequestContext& r) const {
    using Owed = std::vector<Invoicing::Owed>;
    Choice choice{LIVERY_TRY(AskedOf(r)), {}, {}};
    // Only looked at: a page that is read changes nothing.
    choice.owed = *db::Rehearse<Owed>(ports_.database, r.tenant().id,
                                      [&](db::Transaction& tx) -> Result<Owed> {
                                          return ports_.invoicing.LockOwed(tx, AccountOf(r));
                                      });
    const auto slots = SlotRepository::TakenBy(ports_.database, r.tenant().id, AccountOf(r));
    std::erase_if(choice.owed, [&](const Invoicing::Owed& one) {
        if (choice.asked.invoice && one.id != *choice.asked.invoice) return true;
        if (choice.asked.again && PartFor(choice.asked.again, one.id) == nullptr) return true;
        const auto slot = slots.find(one.id);
        if (slot == slots.end()) return false;
        choice.under_way[slot->second].push_back(one);
        return true;
    });
    return choice;
}

Result<Asked> PayPages::AskedOf(const RequestContext& r) const {
    Asked asked;
    if (const std::string_view named = r.Query("invoice"); !named.empty()) {
        asked.invoice = InvoiceId::Parse(named);
        if (!asked.invoice) return NotFound("that names no invoice");
        asked.query = "&invoice=" + asked.invoice->ToString();
    }
    if (const std::string_view named = r.Query("again"); !named.empty()) {
        const auto id = PaymentId::Parse(named);
        if (id) asked.again = PaymentRepository::Find(ports_.database, r.tenant().id, *id);
        if (!asked.again || asked.again->account != AccountOf(r))
            return NotFound("not there, or not theirs");
        asked.query += "&again=" + id->ToString();
    }
    return asked;
}

// Drawn with the form, so that a form that is sent twice pays once.
PaymentId PayPages::PaymentOf(const RequestContext& r) const {
    const auto sent = PaymentId::Parse(r.Query("payment"));
    return sent ? *sent : PaymentId(ports_.ids.Next());
}

// Each payment of it that came to nothing makes way for one more, whose id follows from the one
// before: two requests that are sent at once mean the same one.
PayPages::Sent PayPages::SentBefore(const RequestContext& r) const {
    PaymentId id = PaymentOf(r);
    while (auto known = PaymentRepository::Find(ports_.database, r.tenant().id, id)) {
        const bool counts = IsUnderWay(known->state) || HasMoney(known->state);
        if (counts && known->account == AccountOf(r)) return {std::move(known), id};
        Uuid next = id.uuid();
        for (std::size_t at = next.bytes.size(); at > 8 && ++next.bytes[--at] == 0;) continue;
        id = PaymentId(next);
    }
    return {std::nullopt, id};
}

// As much as the payment before was to be, where that is still owed.
Money PayPages::WantedOf(const Invoicing::Owed& invoice, const Asked& asked) {
    const Share* part = PartFor(asked.again, invoice.id);
    const bool fits = part != nullptr && part->amount.currency() == invoice.balance.currency() &&
                      part->amount.minor_units() < invoice.balance.minor_units();
    return fits ? part->amount : invoice.balance;
}

FormPage PayPages::PayForm(const RequestContext& r, const Choice& choice) const {
    const Formatter& t = r.format();
    const auto& [asked, owed, under_way] = choice;
    FormPage form{.title = t.Text("pay.title"),
                  .intro = t.Text(!owed.empty()       ? "pay.intro"
                                  : under_way.empty() ? "pay.nothing"
                                                      : "pay.nothing_more"),
                  .action = "/payments/pay?payment=" + PaymentOf(r).ToString() + asked.query,
                  .submit = owed.empty() ? "" : t.Text("pay.submit"),
                  .fields = {},
                  .back = {t.Text("list.title"), "/payments"}};
    for (const Invoicing::Owed& invoice : owed) {
        form.fields.push_back(
            {.name = invoice.id.ToString(),
             .label = t.Text("pay.invoice", {{"number", invoice.number},
                                             {"currency", invoice.balance.currency().code()}}),
             .value = TypedOr(r, invoice.id.ToString(),
                              MoneyForField(WantedOf(invoice, asked), NumberMarks::Of(t))),
             .hint = t.Text("pay.open", {{"amount", t.Amount(invoice.balance)},
                                         {"date", t.Day(invoice.due_on)}}),
             .required = owed.size() == 1});
    }
    const auto methods = Chargeable(methods_.Of(r.tenant(), AccountOf(r)), r.today());
    // Where the provider has no page to pay on, a kept method is the only way.
    const bool on_page = start_.HasPage(r.tenant(), SettingsOf(r).instance);
    if (!owed.empty() && methods.empty() && !on_page) {
        form.submit.clear();
        form.alert = t.Text("error.no_method");
        form.links.push_back({t.Text("methods.title"), "/payment-methods"});
    }
    if (!owed.empty() && !methods.empty()) {
        FormField pay_with{.name = "method",
                           .label = t.Text("pay.method"),
                           .value = TypedOr(r, "method", methods.front().id.ToString()),
                           .kind = FormField::Kind::kSelect};
        for (const PaymentMethod& method : methods)
            pay_with.options.push_back({method.id.ToString(), MethodText(method, t)});
        if (on_page) pay_with.options.push_back({kNewMethod, t.Text("pay.new_method")});
        form.fields.push_back(std::move(pay_with));
    }
    if (!owed.empty() && on_page && methods_.AreKeptBy(r.tenant(), SettingsOf(r).instance)) {
        form.fields.push_back({.name = "keep",
                               .label = t.Text(methods.empty() ? "pay.keep" : "pay.keep_new"),
                               .value = TypedOr(r, "keep", ""),
                               .kind = FormField::Kind::kCheckbox,
                               .hint = t.Text("pay.keep_hint"),
                               .required = false});
    }
    for (const auto& [payment, invoices] : under_way)
        form.links.push_back(
            {t.Text("pay.under_way", {{"numbers", NumbersOf(invoices)}}), PathOf(payment)});
    if (!asked.query.empty()) form.links.push_back({t.Text("pay.all"), "/payments/pay"});
    const bool late = std::any_of(owed.begin(), owed.end(), [&](const Invoicing::Owed& one) {
        return one.due_on < r.today();
    });
    if (late) form.links.push_back({t.Text("promise.title"), "/payments/promise"});
    return form;
}

Result<Reply> PayPages::ShowPay(const RequestContext& r) const {
    if (SettingsOf(r).instance.empty()) return NotFound("nothing is paid here");
    return ToView(PayForm(r, LIVERY_TRY(ChoiceOf(r))));
}

void PayPages::ChooseMethod(const RequestContext& r, StartPayment::Wish& wish) const {
    wish.payer.locale = r.format().language();
    wish.payer.keep_method = !r.Form("keep").empty();
    for (const PaymentMethod& kept : Chargeable(methods_.Of(r.tenant(), AccountOf(r)), r.today())) {
        if (kept.id.ToString() == r.Form("method")) wish.ChargeOn(kept);
    }
}

Result<Reply> PayPages::PayFormAgain(const RequestContext& r, const Choice& choice,
                                     const Error& wrong) const {
    FormPage form = PayForm(r, choice);
    if (!wrong.fields.empty()) return FormAgain(r, std::move(form), wrong);
    form.alert = ReasonText(wrong, r.format());
    return ToView(form);
}

Result<Reply> PayPages::Pay(const RequestContext& r) const {
    const std::string& instance = SettingsOf(r).instance;
    if (instance.empty()) return NotFound("nothing is paid here");
    const Sent before = SentBefore(r);
    if (before.payment) return Redirect{PathOf(before.payment->id)};
    const Choice choice = LIVERY_TRY(ChoiceOf(r));
    const auto chosen = ChosenOf(r, choice);
    // The same form was sent twice at once, and the other one was first.
    if (const auto first = chosen ? std::nullopt : SentBefore(r).payment)
        return Redirect{PathOf(first->id)};
    if (!chosen) return PayFormAgain(r, choice, chosen.error());
    StartPayment::Wish wish{AccountOf(r), instance, Origin::kCustomer, *chosen};
    ChooseMethod(r, wish);
    wish.id = before.next;
    const auto paid = start_.Run(r.tenant(), wish);
    if (const auto first = paid ? std::nullopt : SentBefore(r).payment)
        return Redirect{PathOf(first->id)};
    if (!paid) return PayFormAgain(r, choice, OnPage(paid.error(), choice.owed));
    return Redirect{PathOf(paid->id) + (LeadsOut(*paid) ? "/go" : "")};
}

void PayPages::AddTo(Registrar& registrar) {
    PageRoutes<PayPages> routes(registrar, *this);
    routes.Get(Access::kSignedIn, "/payments/pay", &PayPages::ShowPay, "Pay invoices");
    routes.Post(Access::kSignedIn, "/payments/pay", &PayPages::Pay, "Pay invoices",
                RateClass::kForm, Pace::kWaits);
}

namespace {

bool TakesMoney(const Tenant& tenant) {
    const auto settings = tenant.FindSettings<PaymentSettings>("payments");
    return settings && !settings->instance.empty();
}

}  // namespace

std::optional<PaymentWay::Way> PaymentWay::WayFor(const Tenant& tenant, InvoiceId invoice) {
    if (const auto payment = SlotRepository::TakenOf(database_, tenant.id, invoice))
        return Way{PathOf(*payment), true};
    if (!TakesMoney(tenant)) return std::nullopt;
    return Way{"/payments/pay?invoice=" + invoice.ToString()};
}

std::optional<std::string> PaymentWay::PageForAll(const Tenant& tenant) {
    if (!TakesMoney(tenant)) return std::nullopt;
    return "/payments/pay";
}

}  // namespace livery::payments
