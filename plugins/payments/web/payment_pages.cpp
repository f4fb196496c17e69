#include "web/payment_pages.h"

#include <algorithm>

#include <livery/http/page_routes.h>

#include "app/cancel_payment.h"
#include "app/continue_payment.h"
#include "app/owed.h"
#include "settings/payment_settings.h"
#include "storage/payment_repository.h"
#include "storage/refund_repository.h"
#include "storage/standing_repository.h"
#include "web/payment_text.h"
#include "web/their_payment.h"
#include "web/way_out.h"

namespace livery::payments {

namespace {

constexpr std::size_t kPerPage = 25;

const PaymentSettings& SettingsOf(const RequestContext& r) {
    return r.SettingsOf<PaymentSettings>("payments");
}

void ShowPayment(const Payment& payment, const std::vector<Refund>& refunds, const Formatter& t,
                 ViewModel& row) {
    row.Set("href", PathOf(payment.id))
        .Set("date", t.Moment(payment.shown_at))
        .Set("what",
             t.Text(payment.instance.empty() ? "origin.by_hand"
                                             : "origin." + std::string(ToString(payment.origin))))
        .Set("amount", t.Amount(payment.processed.value_or(payment.amount)))
        .Set("state", BadgeOf(payment, refunds))
        .Set("state_label", StateText(payment, refunds, t))
        .Set("receipt", payment.receipt)
        .Set("receipt_href", PathOf(payment.id) + "/receipt")
        .Flag("has_receipt", !payment.receipt.empty());
}

void ShowRefund(const Refund& refund, const Formatter& t, ViewModel& row) {
    const bool back = refund.kind != RefundKind::kReversal;
    const Money amount = back ? Money(0, refund.amount.currency()) - refund.amount : refund.amount;
    row.Set("date", t.Moment(refund.shown_at))
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
    std::map<PaymentId, std::vector<Refund>> refunds;
    if (!payments.empty())
        for (auto& [id, refund] : RefundRepository::OfPayments(
                 database, r.tenant().id, AccountOf(r), payments.back().id, payments.front().id))
            refunds[id].push_back(std::move(refund));
    auto& rows = view.model.Rows("rows", payments.size());
    for (const Payment& payment : payments) {
        ViewModel& row = rows.emplace_back();
        const std::vector<Refund>& its = refunds[payment.id];
        ShowPayment(payment, its, t, row);
        ShowNumbers(payment, row);
        auto& back = row.Flag("has_refunds", !its.empty()).Rows("refunds");
        for (const Refund& refund : its) ShowRefund(refund, t, back.emplace_back());
    }
    const Standing how = StandingRepository::Of(database, r.tenant().id, AccountOf(r));
    const bool is_being_paid =
        how.MostTries() > 0 &&
        IsBeingTaken(database, desk_.ports().invoicing, r.tenant().id, AccountOf(r), r.today());
    auto& standing = view.model.Rows("standing");
    for (const std::string& text : StandingTexts(how, is_being_paid, r.today(), t))
        standing.emplace_back().Set("text", text);
    view.model.Flag("has_standing", !standing.empty());
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
    const auto refunds = RefundRepository::OfPayment(desk_.ports().database, r.tenant().id, id);
    ShowPayment(*payment, refunds, t, model);
    const std::string next = NextStepText(*payment, refunds, t);
    model.Set("asked", t.Amount(payment->amount))
        .Set("reference", payment->reference)
        .Set("next_step", next)
        .Flag("has_next_step", !next.empty())
        .Flag("goes_on", LeadsOut(*payment))
        .Set("action_url",
             LinkTo(payment->action_url, payment->action_fields, PathOf(payment->id) + "/go"))
        .Flag("waits_for_payer", payment->state == PaymentState::kRequiresAction)
        .Flag("can_cancel", CanCancel(desk_.ports().gateways, r.tenant(), *payment))
        .Set("cancel_href", PathOf(payment->id) + "/cancel")
        .Flag("can_pay_again", CanPayAgain(*payment, refunds))
        .Set("pay_again_href", PayAgainPath(*payment));
    ShowHelp(help_, r, "payment", id, model);
    auto& parts = model.Rows("parts", payment->parts.size());
    for (const Share& part : payment->parts)
        parts.emplace_back()
            .Set("href", "/invoices/" + part.invoice.ToString())
            .Set("number", part.number)
            .Set("amount", t.Amount(part.amount));
    model.Flag("has_parts", !payment->parts.empty());
    auto& back = model.Flag("has_refunds", !refunds.empty()).Rows("refunds", refunds.size());
    for (const Refund& refund : refunds) ShowRefund(refund, t, back.emplace_back());
    return view;
}

Result<Reply> PaymentPages::Go(const RequestContext& r) const {
    const Payment payment = LIVERY_TRY(TheirPayment(desk_.ports().database, r));
    if (!LeadsOut(payment)) return Redirect{PathOf(payment.id)};
    return LeadOut(r.format(), {payment.action_url, payment.action_fields}, PathOf(payment.id));
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
    const bool waits = cancelled && cancelled->state == PaymentState::kRequiresAction;
    if (!cancelled || waits) {
        const auto payment = PaymentRepository::Find(desk_.ports().database, r.tenant().id, id);
        View view = Page(r, *payment);
        view.status = 409;
        view.errors.push_back(
            {"payment",
             ReasonText(waits ? Conflict("error.not_cancelled") : cancelled.error(), r.format())});
        return view;
    }
    // Some providers say that it has expired: either way nothing was taken.
    const bool gone = IsExit(cancelled->state);
    if (gone && r.Form("again") == "yes") return Redirect{PayAgainPath(*cancelled)};
    // Declined, or failed, is told by the page.
    const bool is_let_go =
        cancelled->state == PaymentState::kCancelled || cancelled->state == PaymentState::kExpired;
    return Redirect{PathOf(id), is_let_go ? "notice.cancelled" : ""};
}

void PaymentPages::AddTo(Registrar& registrar) {
    PageRoutes<PaymentPages> routes(registrar, *this);
    routes.Get(Access::kSignedIn, "/payments", &PaymentPages::List, "Payments");
    routes.Get(Access::kSignedIn, "/payments/return/:token", &PaymentPages::Return,
               "Back from the provider's page", RateClass::kForm, Pace::kWaits);
    routes.Get(Access::kSignedIn, "/payments/:id", &PaymentPages::Show, "One payment");
    routes.Get(Access::kSignedIn, "/payments/:id/go", &PaymentPages::Go,
               "On to the provider's page");
    routes.Post(Access::kSignedIn, "/payments/:id/cancel", &PaymentPages::Cancel,
                "Cancel a payment that waits", RateClass::kForm, Pace::kWaits);
}

}  // namespace livery::payments
