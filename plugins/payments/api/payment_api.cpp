#include "api/payment_api.h"

#include <livery/api/schema.h>
#include <livery/money/rounding.h>

#include "app/hand_payments.h"
#include "storage/payment_repository.h"
#include "storage/refund_repository.h"

namespace livery::payments {

using api::Call;
using api::Json;

namespace {

Json JsonOf(const Refund& refund) {
    return {{"id", refund.id.ToString()},
            {"kind", std::string(ToString(refund.kind))},
            {"state", std::string(ToString(refund.state))},
            {"amount", api::MoneyOf(refund.amount)},
            {"reason", refund.reason},
            {"credit_note_on", api::IdOrNull(refund.noted)},
            {"receipt", refund.receipt}};
}

Json JsonOf(const Payment& payment, const std::vector<Refund>& refunds) {
    Json parts = Json::array();
    for (const Share& part : payment.parts)
        parts.push_back(
            {{"invoice", part.invoice.ToString()}, {"amount", api::MoneyOf(part.amount)}});
    Json back = Json::array();
    for (const Refund& refund : refunds) back.push_back(JsonOf(refund));
    return {{"id", payment.id.ToString()},
            {"account", payment.account.ToString()},
            {"origin", std::string(ToString(payment.origin))},
            {"instance", payment.instance},
            {"state", std::string(ToString(payment.state))},
            {"reference", payment.reference},
            {"provider_id", payment.provider_id},
            {"amount", api::MoneyOf(payment.amount)},
            {"processed", payment.processed ? api::MoneyOf(*payment.processed) : Json(nullptr)},
            {"parts", std::move(parts)},
            {"refunds", std::move(back)},
            {"receipt", payment.receipt}};
}

Json RefundSchema() {
    return api::Object(
        "What went back of a payment, or came again.",
        {{"id", api::IdText("ref")},
         {"kind", api::OneOf({"refund", "chargeback", "reversal"})},
         {"state", api::OneOf({"created", "pending", "succeeded", "failed", "unknown", "held"})},
         {"amount", api::Ref("Money")},
         {"reason", api::Text("Why", 200)},
         {"credit_note_on", api::Nullable(api::IdText("inv"))},
         {"receipt", api::Text("Its number; empty: none", 40)}});
}

Json PaymentSchema() {
    const Json part =
        api::Object("A part.", {{"invoice", api::IdText("inv")}, {"amount", api::Ref("Money")}});
    return api::Object(
        "A payment.",
        {{"id", api::IdText("pay")},
         {"account", api::IdText("acc")},
         {"origin", api::OneOf({"customer", "automatic", "staff"})},
         {"instance", api::Text("The tenant's word for the gateway; empty: by hand", 64)},
         {"state",
          api::OneOf({"created", "requires_action", "pending", "authorised", "partly_captured",
                      "captured", "partly_refunded", "refunded", "declined", "failed", "cancelled",
                      "expired", "unknown", "held", "failed_late"})},
         {"reference", api::Text("Ours; of money by hand the payer's", 40)},
         {"provider_id", api::Text("What the provider calls it; empty: not known", 255)},
         {"amount", api::Ref("Money")},
         {"processed", Json{{"anyOf", {api::Ref("Money"), {{"type", "null"}}}}}},
         {"parts", api::ArrayOf(part)},
         {"refunds", api::ArrayOf(api::Ref("PaymentRefund"))},
         {"receipt", api::Text("Its number; empty: none", 40)}});
}

Json NewPaymentSchema() {
    Json reference = api::Text("The payer's; unique, without spaces", 40);
    reference["minLength"] = 1;
    return api::Object("Money that came another way: cash, a cheque, a transfer.",
                       {{"account", api::IdText("acc")},
                        {"amount", api::Ref("Money")},
                        {"reference", std::move(reference)},
                        api::Optional("invoice", api::IdText("inv"))});
}

}  // namespace

Result<Json> PaymentApi::List(const Call& call) {
    const api::Paging paging = LIVERY_TRY(api::PagingOf(call));
    const auto before = LIVERY_TRY(api::PositionOf<PaymentId>(paging));
    const auto account = LIVERY_TRY(api::QueryId<AccountId>(call, "account"));
    auto page = PaymentRepository::Page(ports_.database, call.tenant().id, account, before,
                                        paging.limit + 1);
    const bool more = page.size() > paging.limit;
    if (more) page.pop_back();
    Json data = Json::array();
    for (const Payment& payment : page) {
        data.push_back(JsonOf(
            payment, RefundRepository::OfPayment(ports_.database, call.tenant().id, payment.id)));
    }
    return api::ListReply(std::move(data), more ? page.back().id.ToString() : "");
}

Result<Json> PaymentApi::Find(const Call& call) {
    const PaymentId id = LIVERY_TRY(call.request.PathId<PaymentId>("id"));
    const auto payment = PaymentRepository::Find(ports_.database, call.tenant().id, id);
    if (!payment) return NotFound("no such payment");
    return JsonOf(*payment, RefundRepository::OfPayment(ports_.database, call.tenant().id, id));
}

Result<Json> PaymentApi::Record(db::Transaction& tx, const Call& call) {
    const auto account = AccountId::Parse(call.body.at("account").get<std::string>());
    const Json& money = call.body.at("amount");
    const auto currency = Currency::Parse(money.at("currency").get<std::string>());
    if (!account) return InvalidField("account", "malformed_id");
    if (!currency) return InvalidField("amount", "unknown_currency");
    const Money amount(money.at("amount").get<std::int64_t>(), *currency);
    HandPayment wanted{*account, amount, call.body.at("reference").get<std::string>(), {}};
    if (call.body.contains("invoice")) {
        const auto invoice = InvoiceId::Parse(call.body["invoice"].get<std::string>());
        if (!invoice) return InvalidField("invoice", "malformed_id");
        wanted.parts.push_back({*invoice, amount});
    }
    const Payment payment = LIVERY_TRY(WriteDownIn(
        ports_, tx, call.tenant(), wanted, ports_.time.ToCivil(call.tenant(), call.request.now())));
    return JsonOf(payment, {});
}

void PaymentApi::AddTo(Registrar& registrar) {
    registrar.Add(api::Schema{"PaymentRefund", RefundSchema()});
    registrar.Add(api::Schema{"Payment", PaymentSchema()});
    registrar.Add(api::Schema{"NewPayment", NewPaymentSchema()});
    registrar.Add(api::ListOf("PaymentList", "Payment"));
    std::vector<api::Parameter> query = api::PagingParameters();
    query.push_back({"account", "Of this account only", api::IdText("acc")});
    registrar.Add(api::Operation{
        Method::kGet, "/api/v1/payments", "listPayments", "Payments", "payments:read",
        "List payments", "The newest first, with what went back of each.", std::move(query), "",
        "PaymentList", 200, api::Reading([this](const Call& call) { return List(call); })});
    registrar.Add(api::Operation{Method::kGet,
                                 "/api/v1/payments/:id",
                                 "getPayment",
                                 "Payments",
                                 "payments:read",
                                 "One payment",
                                 "",
                                 {},
                                 "",
                                 "Payment",
                                 200,
                                 api::Reading([this](const Call& call) { return Find(call); })});
    registrar.Add(api::Operation{
        Method::kPost,
        "/api/v1/payments",
        "recordPayment",
        "Payments",
        "payments:write",
        "Write down money that came another way",
        "For one invoice, or for the oldest due first; what is over is the account's credit.",
        {},
        "NewPayment",
        "Payment",
        201,
        api::Writing([this](db::Transaction& tx, const Call& call) { return Record(tx, call); })});
}

}  // namespace livery::payments
