#include "api/refund_api.h"

#include "api/pay_outcome.h"
#include "api/payment_json.h"
#include "storage/refund_repository.h"

namespace livery::payments {

using api::Call;
using api::Finished;
using api::Json;

namespace {

constexpr const char* kTag = "Refunds";

// Of what was given up a last look may be due.
bool MayBeAskedAbout(const Refund& one, Instant now) {
    const bool is_given_up =
        one.state == RefundState::kFailed && one.next_look_at && *one.next_look_at <= now;
    return is_given_up || (!IsOver(one.state) && one.state != RefundState::kHeld);
}

}  // namespace

Result<Refund> RefundApi::Noted(const Call& call, const Json& note) {
    const auto id = RefundId::Parse(note.at("refund").get<std::string>());
    auto refund = RefundRepository::Find(ports_.database, call.tenant().id, *id);
    if (!refund) return NotFound("what was begun is gone");
    return *std::move(refund);
}

Result<Json> RefundApi::Find(const Call& call) {
    const RefundId id = LIVERY_TRY(call.request.PathId<RefundId>("id"));
    const auto refund = RefundRepository::Find(ports_.database, call.tenant().id, id);
    if (!refund) return NotFound("no such refund");
    return JsonOf(*refund);
}

Result<Json> RefundApi::Begin(db::Transaction& tx, const Call& call) {
    const Json& body = call.body;
    const auto payment = PaymentId::Parse(body.at("payment").get<std::string>());
    if (!payment) return InvalidField("payment", "malformed_id");
    Refunds::Wish wish{*payment, LIVERY_TRY(MoneyIn(body.at("amount"), "amount")),
                       body.at("reason").get<std::string>()};
    if (body.contains("credit_note_on")) {
        wish.noted = InvoiceId::Parse(body["credit_note_on"].get<std::string>());
        if (!wish.noted) return InvalidField("credit_note_on", "malformed_id");
    }
    const Refund begun =
        LIVERY_TRY(refunds_.BeginIn(tx, call.tenant(), wish, RefundId(ports_.ids.Next())));
    NoteSaid(audit_, tx, call, "payment.given_back", SubjectOf(begun.account));
    return Json{{"refund", begun.id.ToString()}};
}

Result<Finished> RefundApi::Finish(const Call& call, const Json& note, bool is_repeat) {
    Refund refund = LIVERY_TRY(Noted(call, note));
    if (!is_repeat)
        refund = LIVERY_TRY(refunds_.Send(call.tenant(), refund));
    else if (MayBeAskedAbout(refund, ports_.clock.Now()))
        refund = LIVERY_TRY(refunds_.LookUp(call.tenant(), refund));
    return OutcomeOf(refund, JsonOf(refund), is_repeat);
}

Result<Json> RefundApi::BeginLookUp(db::Transaction& tx, const Call& call) {
    const RefundId id = LIVERY_TRY(call.request.PathId<RefundId>("id"));
    if (!RefundRepository::PaymentOf(tx, id)) return NotFound("no such refund");
    return Json{{"refund", id.ToString()}};
}

// What nobody could learn changes nothing: then it is as it was known.
Result<Finished> RefundApi::FinishLookUp(const Call& call, const Json& note) {
    Refund refund = LIVERY_TRY(Noted(call, note));
    if (MayBeAskedAbout(refund, ports_.clock.Now()))
        refund = LIVERY_TRY(refunds_.LookUp(call.tenant(), refund));
    return Finished{JsonOf(refund), Finished::Key::kKept};
}

Result<Json> RefundApi::Decide(db::Transaction& tx, const Call& call) {
    const RefundId id = LIVERY_TRY(call.request.PathId<RefundId>("id"));
    const Json& body = call.body;
    const Refund decided = LIVERY_TRY(
        refunds_.DecideIn(tx, call.tenant(),
                          {id, body.at("went_back").get<bool>(), body.at("by").get<std::string>(),
                           body.at("reason").get<std::string>()}));
    NoteSaid(audit_, tx, call, "refund.decided", SubjectOf(decided.account));
    return JsonOf(decided);
}

// What a payer's bank took back or gave again, where no machine tells it.
Result<Json> RefundApi::NoteByBank(db::Transaction& tx, const Call& call, RefundKind kind) {
    const Refunds::Wish wish{LIVERY_TRY(call.request.PathId<PaymentId>("id")),
                             LIVERY_TRY(MoneyIn(call.body.at("amount"), "amount")),
                             call.body.at("reason").get<std::string>()};
    const Refund noted = LIVERY_TRY(refunds_.NoteIn(tx, call.tenant(), wish, kind));
    const bool bank = kind == RefundKind::kChargeback;
    NoteSaid(audit_, tx, call, bank ? "payment.charged_back" : "payment.reversed",
             SubjectOf(noted.account));
    return JsonOf(noted);
}

void RefundApi::AddTo(Registrar& registrar) {
    const auto add = [&](Method method, const char* path, const char* id, const char* scope,
                         const char* summary, const char* description, const char* body, int status,
                         auto handler) {
        registrar.Add(api::Operation{method,
                                     path,
                                     id,
                                     kTag,
                                     scope,
                                     summary,
                                     description,
                                     {},
                                     body,
                                     "PaymentRefund",
                                     status,
                                     std::move(handler)});
    };
    add(Method::kPost, "/api/v1/refunds", "giveBack", "payments:write", "Give money back",
        "All of a payment or a part; at its provider, or of one by hand only in the books. With "
        "`credit_note_on` a credit note of so much is written on that invoice; without, the "
        "invoices that it had paid are owed again. Not known yet: 503; repeat it with the same "
        "key. `refund_failed`: nothing went back.",
        "NewPaymentRefund", 201,
        api::SendingOf({[this](db::Transaction& tx, const Call& call) { return Begin(tx, call); },
                        [this](const Call& call, const Json& note, bool is_repeat) {
                            return Finish(call, note, is_repeat);
                        },
                        "PaymentRefundProblem"}));
    add(Method::kGet, "/api/v1/refunds/:id", "getRefund", "payments:read", "One that went back", "",
        "", 200, api::Reading([this](const Call& call) { return Find(call); }));
    add(Method::kPost, "/api/v1/refunds/:id/look-up", "lookUpRefund", "payments:write",
        "Ask the provider what became of a refund",
        "Each question has a key of its own. What it could not say leaves the refund as it is.", "",
        200,
        api::SendingOf(
            {[this](db::Transaction& tx, const Call& call) { return BeginLookUp(tx, call); },
             [this](const Call& call, const Json& note, bool) { return FinishLookUp(call, note); },
             "PaymentRefundProblem"}));
    add(Method::kPost, "/api/v1/payments/:id/chargebacks", "noteChargeback", "payments:write",
        "Note what a payer's bank took back",
        "Where the provider does not tell it by itself. What it had paid is owed again.",
        "NewPaymentNote", 201, api::Writing([this](db::Transaction& tx, const Call& call) {
            return NoteByBank(tx, call, RefundKind::kChargeback);
        }));
    add(Method::kPost, "/api/v1/payments/:id/reversals", "noteReversal", "payments:write",
        "Note what a payer's bank gave back to the business",
        "Of a chargeback, all or a part: it pays again what it had paid.", "NewPaymentNote", 201,
        api::Writing([this](db::Transaction& tx, const Call& call) {
            return NoteByBank(tx, call, RefundKind::kReversal);
        }));
    add(Method::kPost, "/api/v1/refunds/:id/decision", "decideRefund", "payments:write",
        "Say, by name, what became of a refund",
        "Of one that no machine can tell about, or that came back after it had gone. `decided` "
        "when there is nothing to be decided.",
        "PaymentRefundDecision", 200,
        api::Writing([this](db::Transaction& tx, const Call& call) { return Decide(tx, call); }));
}

}  // namespace livery::payments
