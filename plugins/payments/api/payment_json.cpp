#include "api/payment_json.h"

#include <livery/api/schema.h>

namespace livery::payments {

using api::Json;

namespace {

Json NextActionOf(bool waits, const std::string& url,
                  const std::map<std::string, std::string>& fields, const std::string& return_url) {
    if (!waits || url.empty()) return nullptr;
    Json action{{"type", "redirect"}, {"method", fields.empty() ? "GET" : "POST"}, {"url", url}};
    if (!fields.empty()) action["fields"] = fields;
    if (!return_url.empty()) action["return_url"] = return_url;
    return action;
}

Json NumberOrNull(int number) { return number == 0 ? Json(nullptr) : Json(number); }

// Why nothing was taken; null when that is not so, or nobody said.
Json DeclineOf(const Payment& payment) {
    const bool came_to_nothing =
        payment.state == PaymentState::kDeclined || payment.state == PaymentState::kFailed;
    if (!came_to_nothing || !payment.refusal) return nullptr;
    const Refusal& refusal = *payment.refusal;
    return {{"class", std::string(ToString(ClassOf(refusal)))},
            {"reason", refusal.reason},
            {"advice", refusal.advice},
            {"retry_after_seconds",
             refusal.retry_after ? Json(refusal.retry_after->count()) : Json(nullptr)}};
}

}  // namespace

Result<Money> MoneyIn(const Json& json, const std::string& field) {
    const auto currency = Currency::Parse(json.at("currency").get<std::string>());
    if (!currency) return InvalidField(field, "error.currency");
    return Money(json.at("amount").get<std::int64_t>(), *currency);
}

void NoteSaid(Audit& audit, db::Transaction& tx, const api::Call& call, std::string_view action,
              SubjectId subject) {
    const std::string by = call.body.value("by", "");
    const std::string detail =
        (by.empty() ? "" : by + ": ") + call.body.at("reason").get<std::string>();
    audit.Record(tx, {.action = action,
                      .subject = subject,
                      .address = call.request.request().client_address,
                      .detail = detail});
}

Json JsonOf(const Refund& refund) {
    return {{"id", refund.id.ToString()},
            {"payment", refund.payment.ToString()},
            {"account", refund.account.ToString()},
            {"kind", std::string(ToString(refund.kind))},
            {"state", std::string(ToString(refund.state))},
            {"amount", api::MoneyOf(refund.amount)},
            {"reason", refund.reason},
            {"credit_note_on", api::IdOrNull(refund.noted)},
            {"created_at", ToIso(refund.shown_at)},
            {"receipt", refund.receipt}};
}

Json JsonOf(const Payment& payment, const std::vector<Refund>& refunds,
            const std::string& return_url) {
    Json parts = Json::array();
    for (const Share& part : payment.parts)
        parts.push_back(
            {{"invoice", part.invoice.ToString()}, {"amount", api::MoneyOf(part.amount)}});
    Json back = Json::array();
    for (const Refund& refund : refunds) back.push_back(JsonOf(refund));
    const bool waits = payment.state == PaymentState::kRequiresAction;
    return {
        {"id", payment.id.ToString()},
        {"account", payment.account.ToString()},
        {"origin", std::string(ToString(payment.origin))},
        {"instance", payment.instance},
        {"method", api::IdOrNull(payment.method)},
        {"state", std::string(ToString(payment.state))},
        {"reference", payment.reference},
        {"provider_id", payment.provider_id},
        {"amount", api::MoneyOf(payment.amount)},
        {"processed", payment.processed ? api::MoneyOf(*payment.processed) : Json(nullptr)},
        {"parts", std::move(parts)},
        {"next_action", NextActionOf(waits, payment.action_url, payment.action_fields, return_url)},
        {"decline", DeclineOf(payment)},
        {"refunds", std::move(back)},
        {"created_at", ToIso(payment.shown_at)},
        {"receipt", payment.receipt}};
}

Json JsonOf(const PaymentMethod& method, Date today, const std::string& return_url) {
    return {{"id", method.id.ToString()},
            {"account", method.account.ToString()},
            {"instance", method.instance},
            {"state", std::string(StandsAs(method, today))},
            {"kind", method.kind},
            {"brand", method.brand},
            {"last4", method.last4},
            {"expiry_month", NumberOrNull(method.expiry_month)},
            {"expiry_year", NumberOrNull(method.expiry_year)},
            {"is_default", method.is_default},
            {"next_action", NextActionOf(method.state == MethodState::kBegun, method.action_url,
                                         method.action_fields, return_url)}};
}

Json JsonOf(const Standing& standing, Date today) {
    const bool holds = Holds(standing.promise, today);
    const auto next_try = standing.NextTry();
    return {{"account", standing.account.ToString()},
            {"state", WordOf(standing)},
            {"step", standing.step.empty() ? Json(nullptr) : Json(standing.step)},
            {"pays_by", holds ? Json(ToIso(standing.promise->pays_by)) : Json(nullptr)},
            {"pays_automatically", standing.pays_automatically},
            {"tries", standing.MostTries()},
            {"next_try", next_try ? Json(ToIso(*next_try)) : Json(nullptr)}};
}

}  // namespace livery::payments
