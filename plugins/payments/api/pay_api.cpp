#include "api/pay_api.h"

#include <algorithm>

#include "api/pay_outcome.h"
#include "api/payment_json.h"
#include "app/cancel_payment.h"
#include "app/owed.h"
#include "settings/payment_settings.h"
#include "storage/method_repository.h"
#include "storage/payment_repository.h"
#include "storage/refund_repository.h"

namespace livery::payments {

using api::Call;
using api::Finished;
using api::Json;

namespace {

// What is owed of an invoice, when nothing was said of how much.
Result<Money> AmountOf(const Json& wanted, InvoiceId invoice,
                       const std::vector<OwedInvoice>& owed) {
    if (wanted.contains("amount")) return MoneyIn(wanted["amount"], "amount");
    const auto found = std::find_if(owed.begin(), owed.end(),
                                    [&](const OwedInvoice& one) { return one.id == invoice; });
    if (found == owed.end()) return InvalidField("invoices", "error.not_owed");
    return found->balance;
}

Result<std::vector<Share>> PartsOf(const Json& body, const std::vector<OwedInvoice>& owed) {
    std::vector<Share> parts;
    if (!body.contains("invoices")) {
        for (const OwedInvoice& invoice : owed) parts.push_back({invoice.id, invoice.balance});
        if (parts.empty()) return Conflict("error.nothing_owed");
        return parts;
    }
    for (const Json& wanted : body["invoices"]) {
        const auto invoice = InvoiceId::Parse(wanted.at("invoice").get<std::string>());
        if (!invoice) return InvalidField("invoices", "malformed_id");
        parts.push_back({*invoice, LIVERY_TRY(AmountOf(wanted, *invoice, owed))});
    }
    return parts;
}

// One that the account can be charged on. Of another account it is not there.
Result<PaymentMethod> MethodIn(db::Transaction& tx, const std::string& text, AccountId account,
                               Date today) {
    const auto id = MethodId::Parse(text);
    const auto all = MethodRepository::OfAccount(tx, account);
    const auto is_it = [&](const PaymentMethod& one) {
        return one.id == id && one.state != MethodState::kRemoved;
    };
    if (std::none_of(all.begin(), all.end(), is_it)) return NotFound("no such method");
    const auto usable = Chargeable(all, today);
    const auto found = std::find_if(usable.begin(), usable.end(), is_it);
    if (found == usable.end()) return Conflict("error.not_active");
    return *found;
}

// What is charged first, where nobody said on what.
Result<PaymentMethod> FirstOf(db::Transaction& tx, AccountId account, Date today) {
    const auto usable = Chargeable(MethodRepository::OfAccount(tx, account), today);
    if (usable.empty()) return Conflict("error.no_method");
    return usable.front();
}

}  // namespace

Result<Json> PayApi::Begin(db::Transaction& tx, const Call& call) {
    const Json& body = call.body;
    const PaymentPorts& ports = desk_.ports();
    const auto account = AccountId::Parse(body.at("account").get<std::string>());
    if (!account) return InvalidField("account", "malformed_id");
    LIVERY_TRY(profiles_.Of(tx, *account));
    const bool by_staff = body.value("origin", "customer") == "staff";
    StartPayment::Wish wish{*account,
                            PaymentSettings::Of(call.tenant()).instance,
                            by_staff ? Origin::kStaff : Origin::kCustomer,
                            {}};
    if (wish.instance.empty()) return Conflict("error.nothing_paid_here");
    const Date today = DayOf(ports.time.CivilNow(call.tenant()));
    if (body.contains("method"))
        wish.ChargeOn(LIVERY_TRY(MethodIn(tx, body["method"].get<std::string>(), *account, today)));
    else if (by_staff)
        wish.ChargeOn(LIVERY_TRY(FirstOf(tx, *account, today)));
    wish.payer.keep_method = body.value("keep_method", false);
    wish.payer.locale = call.request.format().language();
    if (body.contains("amount")) {
        if (body.contains("invoices")) return InvalidField("amount", "error.amount_or_invoices");
        wish.amount = LIVERY_TRY(MoneyIn(body["amount"], "amount"));
    } else {
        wish.parts = LIVERY_TRY(PartsOf(body, OwedBy(tx, ports.invoicing, *account)));
    }
    const ReturnId back(ports.ids.Next());
    const Payment begun = LIVERY_TRY(
        start_.BeginIn(tx, call.tenant(), wish, PaymentId(ports.ids.Next()), back.uuid()));
    return Json{{"payment", begun.id.ToString()}, {"back", back.ToString()}};
}

Json PayApi::Shown(const Tenant& tenant, const Payment& payment, const std::string& return_url) {
    return JsonOf(payment,
                  RefundRepository::OfPayment(desk_.ports().database, tenant.id, payment.id),
                  return_url);
}

// The process that began it died, or nobody could tell what came of it. While the provider keeps
// keys, the same attempt under its own key is charged once, whether it was there before or not;
// afterwards it is only asked about.
Result<StartPayment::Sent> PayApi::Repeat(const Tenant& tenant, const Payment& payment,
                                          const Payer& payer) {
    if (!IsDark(payment.state)) return StartPayment::Sent{payment, {}};
    const auto habits = HabitsOf(desk_.ports().gateways, tenant, payment.instance);
    if (!MayResend(payment.began_at, habits.idempotency, desk_.ports().clock.Now())) {
        PaymentDesk::Applied applied = LIVERY_TRY(desk_.LookUp(tenant, payment));
        return StartPayment::Sent{std::move(applied.payment), {}};
    }
    auto sent = start_.SendAgain(tenant, payment, payer);
    if (!sent && sent.error().code == ErrorCode::kConflict) {
        // Decided meanwhile, by a message of the provider or the janitor.
        const auto decided = PaymentRepository::Find(desk_.ports().database, tenant.id, payment.id);
        if (decided) return StartPayment::Sent{*decided, {}};
    }
    return StartPayment::Sent{LIVERY_TRY(std::move(sent)), {}};
}

Result<Finished> PayApi::Finish(const Call& call, const Json& note, bool is_repeat) {
    const auto id = PaymentId::Parse(note.at("payment").get<std::string>());
    const auto back = ReturnId::Parse(note.at("back").get<std::string>());
    const auto payment = PaymentRepository::Find(desk_.ports().database, call.tenant().id, *id);
    if (!payment) return NotFound("what was begun is gone");
    const std::string return_url = start_.ReturnUrl(call.tenant(), *payment, back->uuid());
    const Payer payer =
        start_.AsBefore(call.tenant(), *payment, methods_.PayerOf(call.tenant(), *payment));
    const StartPayment::Sent sent =
        LIVERY_TRY(is_repeat ? Repeat(call.tenant(), *payment, payer)
                             : start_.Send(call.tenant(), *payment, payer));
    return OutcomeOf(sent.payment, Shown(call.tenant(), sent.payment, return_url),
                     sent.retry_after);
}

Result<Json> PayApi::BeginCancel(db::Transaction& tx, const Call& call) {
    const PaymentId id = LIVERY_TRY(call.request.PathId<PaymentId>("id"));
    const auto payment = PaymentRepository::Lock(tx, id);
    if (!payment) return NotFound("no such payment");
    LIVERY_TRY(CheckCancel(desk_.ports().gateways, call.tenant(), *payment));
    return Json{{"payment", id.ToString()}, {"account", payment->account.ToString()}};
}

Result<Finished> PayApi::FinishCancel(const Call& call, const Json& note) {
    const auto id = PaymentId::Parse(note.at("payment").get<std::string>());
    const auto account = AccountId::Parse(note.at("account").get<std::string>());
    // A repeat of what was done before finds it gone.
    auto payment = CancelPayment(desk_, call.tenant(), *account, *id);
    if (!payment && payment.error().code == ErrorCode::kConflict) {
        const auto found = PaymentRepository::Find(desk_.ports().database, call.tenant().id, *id);
        if (found) payment = *found;
    }
    if (!payment) return payment.error();
    Json shown = Shown(call.tenant(), *payment, "");
    if (payment->state != PaymentState::kRequiresAction)
        return Finished{std::move(shown), Finished::Key::kKept};
    return Finished{
        api::Trouble{502, "error.not_cancelled", Json{{"payment", std::move(shown)}}, {}},
        Finished::Key::kOpen};
}

Result<Json> PayApi::BeginLookUp(db::Transaction& tx, const Call& call) {
    const PaymentId id = LIVERY_TRY(call.request.PathId<PaymentId>("id"));
    if (!PaymentRepository::Lock(tx, id)) return NotFound("no such payment");
    return Json{{"payment", id.ToString()}};
}

// What nobody could learn changes nothing: then it is as it was known.
Result<Finished> PayApi::FinishLookUp(const Call& call, const Json& note) {
    const auto id = PaymentId::Parse(note.at("payment").get<std::string>());
    auto payment = PaymentRepository::Find(desk_.ports().database, call.tenant().id, *id);
    if (!payment) return NotFound("it is gone");
    if (IsUnderWay(payment->state) && payment->state != PaymentState::kHeld) {
        PaymentDesk::Applied applied = LIVERY_TRY(desk_.LookUp(call.tenant(), *payment));
        payment = std::move(applied.payment);
    }
    return Finished{Shown(call.tenant(), *payment, ""), Finished::Key::kKept};
}

void PayApi::AddTo(Registrar& registrar) {
    registrar.Add(api::Operation{
        Method::kPost,
        "/api/v1/payments/:id/look-up",
        "lookUpPayment",
        "Payments",
        "payments:write",
        "Ask the provider what became of a payment",
        "When who paid is back from the provider's page, or you cannot wait until it tells by "
        "itself. Each question has a key of its own. What it could not say leaves the payment as "
        "it is.",
        {},
        "",
        "Payment",
        200,
        api::SendingOf(
            {[this](db::Transaction& tx, const Call& call) { return BeginLookUp(tx, call); },
             [this](const Call& call, const Json& note, bool) { return FinishLookUp(call, note); },
             "PaymentProblem"})});
    registrar.Add(api::Operation{
        Method::kPost,
        "/api/v1/payments/pay",
        "payInvoices",
        "Payments",
        "payments:write",
        "Take money for invoices",
        "On a kept `method`, or without one on the provider's page: send the browser to "
        "`next_action.url`, with `method` POST by a form with its `fields`. Taken, pending or "
        "waiting for who pays: 201. Declined: 402, with what "
        "to do in `code` and `decline`. Came to nothing another way: 502. `no_method` where its "
        "provider has no page and none was named, or `origin` is staff and none is kept. "
        "`under_way` when another payment of an invoice is not "
        "over.",
        {},
        "PaymentOrder",
        "Payment",
        201,
        api::SendingOf({[this](db::Transaction& tx, const Call& call) { return Begin(tx, call); },
                        [this](const Call& call, const Json& note, bool is_repeat) {
                            return Finish(call, note, is_repeat);
                        },
                        "PaymentProblem"})});
    registrar.Add(api::Operation{
        Method::kPost,
        "/api/v1/payments/:id/cancel",
        "cancelPayment",
        "Payments",
        "payments:write",
        "Let go of a payment that waits for who pays",
        "The answer is what the provider says of it then: it may have been paid meanwhile. "
        "`not_waiting`, `cannot_cancel` when that is not so, or its provider cannot.",
        {},
        "",
        "Payment",
        200,
        api::SendingOf(
            {[this](db::Transaction& tx, const Call& call) { return BeginCancel(tx, call); },
             [this](const Call& call, const Json& note, bool) { return FinishCancel(call, note); },
             "PaymentProblem"})});
}

}  // namespace livery::payments
