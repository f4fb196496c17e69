#include "app/gateway_messages.h"

#include <algorithm>

#include <livery/json.h>

#include "app/method_messages.h"

namespace livery::payments {

namespace {

using Json = nlohmann::ordered_json;

Json JsonOf(const Money& amount) {
    return {{"minor", amount.minor_units()}, {"currency", std::string(amount.currency().code())}};
}

const Json* Member(const Json& json, const char* name) {
    if (!json.is_object()) return nullptr;
    const auto found = json.find(name);
    return found == json.end() ? nullptr : &*found;
}

std::string TextIn(const Json& json, const char* name) {
    const Json* member = Member(json, name);
    return member != nullptr && member->is_string() ? member->get<std::string>() : "";
}

std::optional<Money> MoneyIn(const Json& json, const char* name) {
    const Json* money = Member(json, name);
    if (money == nullptr) return std::nullopt;
    const Json* minor = Member(*money, "minor");
    const auto currency = Currency::Parse(TextIn(*money, "currency"));
    if (minor == nullptr || !minor->is_number_integer() || !currency) return std::nullopt;
    return Money(minor->get<std::int64_t>(), *currency);
}

// Nobody means a longer one: what is more is another unit, or a moment.
constexpr std::chrono::seconds kLongestWait = std::chrono::days(30);

std::optional<Refusal> RefusalIn(const Json& json) {
    const Json* error = Member(json, "error");
    if (error == nullptr) return std::nullopt;
    Refusal refusal{TextIn(*error, "category"),
                    TextIn(*error, "reason"),
                    TextIn(*error, "hardness"),
                    TextIn(*error, "advice"),
                    std::nullopt,
                    TextIn(*error, "provider_code")};
    const Json* after = Member(*error, "retry_after_seconds");
    if (after != nullptr && after->is_number_integer())
        refusal.retry_after = std::chrono::seconds(
            std::clamp<std::int64_t>(after->get<std::int64_t>(), 0, kLongestWait.count()));
    return refusal;
}

void Put(Json& json, const char* name, const std::string& text) {
    if (!text.empty()) json[name] = text;
}

std::string_view InitiatorOf(const Payment& payment, const Payer& payer) {
    if (payment.origin == Origin::kAutomatic) return "merchant_recurring";
    return payer.token.empty() || payment.origin == Origin::kCustomer ? "customer"
                                                                      : "merchant_unscheduled";
}

}  // namespace

void Payer::ChargeOn(const PaymentMethod& kept) {
    token = kept.token;
    customer = kept.customer;
    mandate = kept.mandate;
    network_transaction_id = kept.network_transaction_id;
}

std::string StartMessage(const TenantId& tenant, const Payment& payment, const Payer& payer) {
    Json message{{"idempotency_key", payment.key.Idempotency(tenant)},
                 {"reference", payment.reference},
                 {"amount", JsonOf(payment.amount)},
                 {"capture", "automatic"},
                 {"initiator", InitiatorOf(payment, payer)}};
    Json method = Json::object();
    Put(method, "token", payer.token);
    Put(method, "mandate", payer.mandate);
    Put(method, "network_transaction_id", payer.network_transaction_id);
    if (!method.empty()) message["method"] = method;
    Put(message, "customer", payer.customer);
    Put(message, "return_url", payer.return_url);
    Put(message, "locale", payer.locale);
    if (payer.keep_method) message["keep_method"] = true;
    return message.dump();
}

std::string LookupMessage(const TenantId& tenant, const Payment& payment) {
    Json message{{"reference", payment.reference},
                 {"idempotency_key", payment.key.Idempotency(tenant)}};
    Put(message, "provider_id", payment.provider_id);
    return message.dump();
}

std::string ContinueMessage(const Payment& payment,
                            const std::map<std::string, std::string>& query) {
    Json message{{"reference", payment.reference}};
    Put(message, "provider_id", payment.provider_id);
    if (!query.empty()) message["query"] = query;
    return message.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string CancelMessage(const TenantId& tenant, const Payment& payment, const AttemptKey& key) {
    const Json message{{"idempotency_key", key.Idempotency(tenant)},
                       {"provider_id", payment.provider_id},
                       {"reference", payment.reference}};
    return message.dump();
}

std::string RefundMessage(const TenantId& tenant, const Payment& payment, const Refund& refund) {
    const Json message{{"idempotency_key", refund.key.Idempotency(tenant)},
                       {"provider_id", payment.provider_id},
                       {"reference", refund.reference},
                       {"amount", JsonOf(refund.amount)}};
    return message.dump();
}

std::string RefundLookupMessage(const TenantId& tenant, const Payment& payment,
                                const Refund& refund) {
    Json message{{"payment", payment.provider_id},
                 {"reference", refund.reference},
                 {"idempotency_key", refund.key.Idempotency(tenant)}};
    Put(message, "provider_id", refund.provider_id);
    return message.dump();
}

Heard HeardOf(const Gateways::Reply& reply) {
    switch (reply.fate) {
        case Gateways::Fate::kNothingSent:
            return {Fate::kNothingSent, std::nullopt, "", reply.fault};
        case Gateways::Fate::kUnknown:
            return {Fate::kUnknown, std::nullopt, "", reply.fault};
        case Gateways::Fate::kAnswered:
            break;
    }
    const Json json = Json::parse(reply.message, nullptr, false);
    if (!json.is_object())
        return {Fate::kUnknown, std::nullopt, "", "an answer that is no message"};
    Heard heard{Fate::kAnswered,
                Said{TextIn(json, "state"), TextIn(json, "provider_id"), MoneyIn(json, "amount"),
                     MoneyIn(json, "captured"), MoneyIn(json, "refunded"), RefusalIn(json),
                     MoneyIn(json, "charged_back")},
                "", ""};
    if (const Json* action = Member(json, "action")) heard.action_url = TextIn(*action, "url");
    heard.action_fields = ActionFieldsIn(json);
    heard.kept = KeptMethodIn(json);
    return heard;
}

}  // namespace livery::payments
