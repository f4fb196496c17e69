#include "app/method_messages.h"

#include <livery/json.h>
namespace livery::payments {

namespace {

using Json = nlohmann::ordered_json;

void Put(Json& json, const char* name, const std::string& text) {
    if (!text.empty()) json[name] = text;
}

std::string TextIn(const Json& json, const char* name) {
    if (!json.is_object()) return "";
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

int NumberIn(const Json& json, const char* name, int least, int most) {
    const auto found = json.find(name);
    if (found == json.end() || !found->is_number_integer()) return 0;
    const auto number = found->get<std::int64_t>();
    return number >= least && number <= most ? static_cast<int>(number) : 0;
}

void ReadMethod(const Json& method, SetUpSaid& said) {
    said.token = TextIn(method, "token");
    said.kind = TextIn(method, "kind");
    said.brand = TextIn(method, "brand");
    said.last4 = TextIn(method, "last4");
    said.customer = TextIn(method, "customer");
    said.mandate = TextIn(method, "mandate");
    said.network_transaction_id = TextIn(method, "network_transaction_id");
    said.expiry_month = NumberIn(method, "expiry_month", 1, 12);
    said.expiry_year = NumberIn(method, "expiry_year", 2000, 2199);
    if (said.expiry_year == 0) said.expiry_month = 0;
}

}  // namespace

std::string SetUpMessage(const TenantId& tenant, const PaymentMethod& method,
                         const SetUpFacts& facts) {
    Json message{{"idempotency_key", method.key.Idempotency(tenant)},
                 {"reference", method.key.Reference()}};
    Put(message, "return_url", facts.return_url);
    Put(message, "locale", facts.locale);
    Put(message, "email", facts.email);
    Put(message, "currency", facts.currency);
    return message.dump();
}

std::string SetUpLookupMessage(const PaymentMethod& method) {
    Json message{{"reference", method.key.Reference()}};
    Put(message, "provider_id", method.provider_id);
    return message.dump();
}

std::string DetachMessage(const TenantId& tenant, const PaymentMethod& method) {
    const AttemptKey key{AttemptKey::Kind::kDetach, method.id.uuid(), 1};
    Json message{{"idempotency_key", key.Idempotency(tenant)}, {"token", method.token}};
    Put(message, "customer", method.customer);
    return message.dump();
}

std::optional<SetUpSaid> KeptMethodIn(const Json& answer) {
    const auto method = answer.find("method");
    if (method == answer.end() || !method->is_object()) return std::nullopt;
    SetUpSaid said;
    ReadMethod(*method, said);
    return said.token.empty() ? std::nullopt : std::optional(said);
}

std::map<std::string, std::string> ActionFieldsIn(const Json& answer) {
    std::map<std::string, std::string> fields;
    const auto action = answer.find("action");
    if (action == answer.end() || !action->is_object()) return fields;
    const auto found = action->find("fields");
    if (found == action->end() || !found->is_object()) return fields;
    for (const auto& [name, value] : found->items())
        if (value.is_string()) fields[name] = value.get<std::string>();
    return fields;
}

SetUpHeard SetUpHeardOf(const Gateways::Reply& reply) {
    if (reply.fate == Gateways::Fate::kNothingSent) return {Fate::kNothingSent, std::nullopt};
    const Json json = reply.fate == Gateways::Fate::kAnswered
                          ? Json::parse(reply.message, nullptr, false)
                          : Json();
    if (!json.is_object()) return {Fate::kUnknown, std::nullopt};
    SetUpSaid said;
    said.state = TextIn(json, "state");
    said.provider_id = TextIn(json, "provider_id");
    if (json.contains("action")) said.action_url = TextIn(json["action"], "url");
    said.action_fields = ActionFieldsIn(json);
    if (json.contains("method") && json["method"].is_object()) ReadMethod(json["method"], said);
    return {Fate::kAnswered, said};
}

}  // namespace livery::payments
