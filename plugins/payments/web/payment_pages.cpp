#include "web/payment_pages.h"

#include <algorithm>

#include <livery/db/attempt.h>
#include <livery/http/form_again.h>
#include <livery/http/page_routes.h>
#include <livery/money/typed_amount.h>

#include "app/cancel_payment.h"
#include "app/continue_payment.h"
#include "settings/payment_settings.h"
#include "storage/payment_repository.h"
#include "storage/refund_repository.h"
#include "web/payment_text.h"
#include "web/their_payment.h"
#include "web/way_out.h"

namespace livery::payments {

namespace {

constexpr std::size_t kPerPage = 25;
constexpr const char* kNewMethod = "new";

const PaymentSettings& SettingsOf(const RequestContext& r) {
    return r.SettingsOf<PaymentSettings>("payments");
}

void ShowPayment(const Payment& payment, const Formatter& t, ViewModel& row) {
    row.Set("href", PathOf(payment.id))
        .Set("date", t.Moment(payment.began_at))
        .Set("what",
             t.Text(payment.instance.empty() ? "origin.by_hand"
                                             : "origin." + std::string(ToString(payment.origin))))
        .Set("amount", t.Amount(payment.processed.value_or(payment.amount)))
        .Set("state", BadgeOf(payment.state))
        .Set("state_label", StateText(payment, t))
        .Set("receipt", payment.receipt)
        .Set("receipt_href", PathOf(payment.id) + "/receipt")
        .Flag("has_receipt", !payment.receipt.empty());
}

void ShowRefund(const Refund& refund, const Formatter& t, ViewModel& row) {
    const bool back = refund.kind != RefundKind::kReversal;
    const Money amount = back ? Money(0, refund.amount.currency()) - refund.amount : refund.amount;
    row.Set("date", t.Moment(refund.began_at))
        .Set("what", t.Text("refund_kind." + std::string(ToString(refund.kind))))
        .Set("amount", t.Amount(amount))
        .Set("state", BadgeOf(refund.state))
        .Set("state_label", t.Text("refund_state." + std::string(ToString(refund.state))))
        .Set("receipt", refund.receipt)
        .Set("receipt_href",
             PathOf(refund.payment) + "/refunds/" + refund.id.ToString() + "/receipt")
        .Flag("has_receipt", !refund.receipt.empty());
}

// Which invoices it is for, as far as a line has room.
void ShowNumbers(const Payment& payment, ViewModel& row) {
    constexpr std::size_t kNamed = 2;
    std::string numbers;
    for (std::size_t i = 0; i < std::min(kNamed, payment.parts.size()); ++i)
        numbers += (numbers.empty() ? "" : ", ") + payment.parts[i].number;
    if (payment.parts.size() > kNamed)
        numbers += " +" + std::to_string(payment.parts.size() - kNamed);
    row.Set("numbers", numbers).Flag("has_numbers", !numbers.empty());
}

bool LeadsOut(const Payment& payment) {
    return payment.state == PaymentState::kRequiresAction && !payment.action_url.empty();
}

// What a form that is shown again was filled in with.
std::string TypedOr(const RequestContext& r, const std::string& field, std::string otherwise) {
    if (r.request().method != Method::kPost) return otherwise;
    return std::string(r.Form(field));
}

// What was typed for an invoice; nothing, or nothing of it, is no part. The field's name is the
// invoice's id.
Result<std::vector<Share>> ChosenOf(const RequestContext& r,
                                    const std::vector<Invoicing::Owed>& owed) {
    std::vector<Share> chosen;
    std::vector<FieldError> wrong;
    for (const Invoicing::Owed& invoice : owed) {
        const std::string field = invoice.id.ToString();
        const std::string_view typed = r.Form(field);
        if (typed.empty()) continue;
        const auto amount =
            ParseTypedMoney(typed, r.format().language(), invoice.balance.currency());
        if (!amount || amount->minor_units() < 0) {
            wrong.push_back({field, "error.amount"});
        } else if (amount->minor_units() > invoice.balance.minor_units()) {
            wrong.push_back({field, "error.more_than_owed"});
        } else if (amount->minor_units() > 0) {
            chosen.push_back({invoice.id, *amount});
        }
    }
    if (!wrong.empty()) return Invalid(std::move(wrong));
    if (chosen.empty() && !owed.empty())
        return InvalidField(owed.front().id.ToString(), "error.choose_invoices");
    return chosen;
}

// An error of the use case, beside the first field: it names none of the page's.
Error OnPage(Error error, const std::vector<Invoicing::Owed>& owed) {
    for (FieldError& field : error.fields) {
        if (!owed.empty()) field.field = owed.front().id.ToString();
    }
    return error;
}

}  // namespace

Result<Reply> PaymentPages::List(const RequestContext& r) const {
    const Formatter& t = r.format();
    View view{"payment_list", t.Text("list.title"), {}, 200, {}};
    db::Database& database = desk_.ports().database;
    const auto before = PaymentId::Parse(r.Query("before"));
    // One more than is shown: whether there is another page.
    auto payments =
        PaymentRepository::Page(database, r.tenant().id, AccountOf(r), before, kPerPage + 1);
    const bool more = payments.size() > kPerPage;
    if (more) payments.pop_back();
    std::multimap<PaymentId, Refund> refunds;
    if (!payments.empty())
        refunds = RefundRepository::OfPayments(database, r.tenant().id, AccountOf(r),
                                               payments.back().id, payments.front().id);
    auto& rows = view.model.Rows("rows", payments.size());
    for (const Payment& payment : payments) {
        ViewModel& row = rows.emplace_back();
        ShowPayment(payment, t, row);
        ShowNumbers(payment, row);
        const auto [first, last] = refunds.equal_range(payment.id);
        auto& back = row.Flag("has_refunds", first != last).Rows("refunds");
        for (auto refund = first; refund != last; ++refund)
            ShowRefund(refund->second, t, back.emplace_back());
    }
    view.model.Flag("has_rows", !payments.empty())
        .Flag("can_pay", !SettingsOf(r).instance.empty())
        .Flag("has_older", more)
        .Set("older_href", more ? "/payments?before=" + payments.back().id.ToString() : "")
        .Flag("has_newer", before.has_value());
    return view;
}

Result<Reply> PaymentPages::Show(const RequestContext& r) const {
    return Page(r, LIVERY_TRY(TheirPayment(desk_.ports().database, r)));
}

View PaymentPages::Page(const RequestContext& r, const Payment& shown) const {
    const Formatter& t = r.format();
    const Payment* const payment = &shown;
    const PaymentId id = shown.id;
    View view{"payment", t.Text("detail.title"), {}, 200, {}};
    ViewModel& model = view.model;
    ShowPayment(*payment, t, model);
    const std::string next = NextStepText(*payment, t);
    model.Set("asked", t.Amount(payment->amount))
        .Set("reference", payment->reference)
        .Set("next_step", next)
        .Flag("has_next_step", !next.empty())
        .Flag("goes_on", LeadsOut(*payment))
        .Set("action_url", payment->action_url)
        .Flag("waits_for_payer", payment->state == PaymentState::kRequiresAction)
        .Flag("can_cancel", CanCancel(desk_.ports().gateways, r.tenant(), *payment))
        .Set("cancel_href", PathOf(payment->id) + "/cancel")
        .Flag("can_pay_again", !IsUnderWay(payment->state) && !HasMoney(payment->state));
    auto& parts = model.Rows("parts", payment->parts.size());
    for (const Share& part : payment->parts)
        parts.emplace_back()
            .Set("href", "/invoices/" + part.invoice.ToString())
            .Set("number", part.number)
            .Set("amount", t.Amount(part.amount));
    model.Flag("has_parts", !payment->parts.empty());
    const auto refunds = RefundRepository::OfPayment(desk_.ports().database, r.tenant().id, id);
    auto& back = model.Flag("has_refunds", !refunds.empty()).Rows("refunds", refunds.size());
    for (const Refund& refund : refunds) ShowRefund(refund, t, back.emplace_back());
    return view;
}

std::vector<Invoicing::Owed> PaymentPages::OwedBy(const RequestContext& r) const {
    using Owed = std::vector<Invoicing::Owed>;
    // Only looked at: a page that is read changes nothing.
    Owed owed = *db::Rehearse<Owed>(desk_.ports().database, r.tenant().id,
                                    [&](db::Transaction& tx) -> Result<Owed> {
                                        return desk_.ports().invoicing.LockOwed(tx, AccountOf(r));
                                    });
    const auto only = InvoiceId::Parse(r.Query("invoice"));
    if (only) std::erase_if(owed, [&](const Invoicing::Owed& one) { return one.id != *only; });
    return owed;
}

FormPage PaymentPages::PayForm(const RequestContext& r,
                               const std::vector<Invoicing::Owed>& owed) const {
    const Formatter& t = r.format();
    const auto only = InvoiceId::Parse(r.Query("invoice"));
    FormPage form{.title = t.Text("pay.title"),
                  .intro = t.Text(owed.empty() ? "pay.nothing" : "pay.intro"),
                  .action = only ? "/payments/pay?invoice=" + only->ToString() : "/payments/pay",
                  .submit = owed.empty() ? "" : t.Text("pay.submit"),
                  .fields = {},
                  .back = {t.Text("list.title"), "/payments"}};
    for (const Invoicing::Owed& invoice : owed) {
        form.fields.push_back(
            {.name = invoice.id.ToString(),
             .label = t.Text("pay.invoice", {{"number", invoice.number},
                                             {"currency", invoice.balance.currency().code()}}),
             .value =
                 TypedOr(r, invoice.id.ToString(), MoneyForField(invoice.balance, t.language())),
             .hint = t.Text("pay.open", {{"amount", t.Amount(invoice.balance)},
                                         {"date", t.Day(invoice.due_on)}}),
             .required = owed.size() == 1});
    }
    const auto methods = Chargeable(methods_.Of(r.tenant(), AccountOf(r)), r.today());
    if (!owed.empty() && !methods.empty()) {
        FormField choice{.name = "method",
                         .label = t.Text("pay.method"),
                         .value = TypedOr(r, "method", methods.front().id.ToString()),
                         .kind = FormField::Kind::kSelect};
        for (const PaymentMethod& method : methods)
            choice.options.push_back({method.id.ToString(), MethodText(method, t)});
        choice.options.push_back({kNewMethod, t.Text("pay.new_method")});
        form.fields.push_back(std::move(choice));
    }
    if (!owed.empty() && methods_.AreKeptBy(r.tenant(), SettingsOf(r).instance)) {
        form.fields.push_back({.name = "keep",
                               .label = t.Text(methods.empty() ? "pay.keep" : "pay.keep_new"),
                               .value = TypedOr(r, "keep", ""),
                               .kind = FormField::Kind::kCheckbox,
                               .hint = t.Text("pay.keep_hint"),
                               .required = false});
    }
    if (only) form.links.push_back({t.Text("pay.all"), "/payments/pay"});
    const bool late = std::any_of(owed.begin(), owed.end(), [&](const Invoicing::Owed& one) {
        return one.due_on < r.today();
    });
    if (late) form.links.push_back({t.Text("promise.title"), "/payments/promise"});
    return form;
}

Result<Reply> PaymentPages::ShowPay(const RequestContext& r) const {
    if (SettingsOf(r).instance.empty()) return NotFound("nothing is paid here");
    return ToView(PayForm(r, OwedBy(r)));
}

Payer PaymentPages::PayerFor(const RequestContext& r, std::optional<MethodId>& method) const {
    Payer payer;
    payer.locale = r.format().language();
    payer.keep_method = !r.Form("keep").empty();
    for (const PaymentMethod& kept : Chargeable(methods_.Of(r.tenant(), AccountOf(r)), r.today())) {
        if (kept.id.ToString() != r.Form("method")) continue;
        method = kept.id;
        payer.token = kept.token;
        payer.customer = kept.customer;
        payer.mandate = kept.mandate;
    }
    return payer;
}

Result<Reply> PaymentPages::Pay(const RequestContext& r) const {
    const std::string& instance = SettingsOf(r).instance;
    if (instance.empty()) return NotFound("nothing is paid here");
    const auto owed = OwedBy(r);
    const auto chosen = ChosenOf(r, owed);
    if (!chosen) return FormAgain(r, PayForm(r, owed), chosen.error());
    StartPayment::Wish wish{AccountOf(r), instance, Origin::kCustomer, *chosen};
    wish.payer = PayerFor(r, wish.method);
    const auto paid = start_.Run(r.tenant(), wish);
    if (!paid && paid.error().fields.empty()) {
        FormPage form = PayForm(r, owed);
        form.alert = ReasonText(paid.error(), r.format());
        return ToView(form);
    }
    if (!paid) return FormAgain(r, PayForm(r, owed), OnPage(paid.error(), owed));
    return Redirect{PathOf(paid->id) + (LeadsOut(*paid) ? "/go" : "")};
}

Result<Reply> PaymentPages::Go(const RequestContext& r) const {
    const Payment payment = LIVERY_TRY(TheirPayment(desk_.ports().database, r));
    if (!LeadsOut(payment)) return Redirect{PathOf(payment.id)};
    return LeadOut(r.format(), payment.action_url, PathOf(payment.id));
}

Result<Reply> PaymentPages::Return(const RequestContext& r) const {
    std::map<std::string, std::string> query;
    for (const auto& [name, value] : r.request().query) query.emplace(name, value);
    const auto payment =
        ContinuePayment(desk_, r.tenant(), AccountOf(r), std::string(r.Path("token")), query);
    // Whatever is wrong with it: what became of the payment stands in the list.
    if (!payment) return Redirect{"/payments"};
    return Redirect{PathOf(payment->id)};
}

// With `again`: and on to paying once more.
Result<Reply> PaymentPages::Cancel(const RequestContext& r) const {
    const PaymentId id = LIVERY_TRY(r.PathId<PaymentId>("id"));
    const auto cancelled = CancelPayment(desk_, r.tenant(), AccountOf(r), id);
    if (!cancelled && cancelled.error().code == ErrorCode::kNotFound) return cancelled.error();
    if (!cancelled) {
        const auto payment = PaymentRepository::Find(desk_.ports().database, r.tenant().id, id);
        View view = Page(r, *payment);
        view.status = 409;
        view.errors.push_back({"payment", ReasonText(cancelled.error(), r.format())});
        return view;
    }
    const bool gone = cancelled->state == PaymentState::kCancelled;
    if (gone && r.Form("again") == "yes") return Redirect{"/payments/pay"};
    return Redirect{PathOf(id), gone ? "notice.cancelled" : ""};
}

void PaymentPages::AddTo(Registrar& registrar) {
    PageRoutes<PaymentPages> routes(registrar, *this);
    routes.Get(Access::kSignedIn, "/payments", &PaymentPages::List, "Payments");
    routes.Get(Access::kSignedIn, "/payments/pay", &PaymentPages::ShowPay, "Pay invoices");
    routes.Post(Access::kSignedIn, "/payments/pay", &PaymentPages::Pay, "Pay invoices",
                RateClass::kForm, Pace::kWaits);
    routes.Get(Access::kSignedIn, "/payments/return/:token", &PaymentPages::Return,
               "Back from the provider's page", RateClass::kForm, Pace::kWaits);
    routes.Get(Access::kSignedIn, "/payments/:id", &PaymentPages::Show, "One payment");
    routes.Get(Access::kSignedIn, "/payments/:id/go", &PaymentPages::Go,
               "On to the provider's page");
    routes.Post(Access::kSignedIn, "/payments/:id/cancel", &PaymentPages::Cancel,
                "Cancel a payment that waits", RateClass::kForm, Pace::kWaits);
}

namespace {

bool TakesMoney(const Tenant& tenant) {
    const auto settings = tenant.FindSettings<PaymentSettings>("payments");
    return settings && !settings->instance.empty();
}

}  // namespace

std::optional<std::string> PaymentWay::PageFor(const Tenant& tenant, InvoiceId invoice) {
    if (!TakesMoney(tenant)) return std::nullopt;
    return "/payments/pay?invoice=" + invoice.ToString();
}

std::optional<std::string> PaymentWay::PageForAll(const Tenant& tenant) {
    if (!TakesMoney(tenant)) return std::nullopt;
    return "/payments/pay";
}

}  // namespace livery::payments
