#include "gateways/gateway_manifest.h"

#include <fmt/format.h>

#include <livery/gateway/abi.h>

#include "gateways/message_book.h"
#include "schema/bounded_json.h"

namespace livery::gateways {

using Json = nlohmann::json;

namespace {

Error Bad(std::string message) { return {ErrorCode::kInvalidArgument, std::move(message), {}}; }

// First of all: the manifest of another major version need not fit our schema.
std::string AbiObjection(const Json& json) {
    const Json abi = json.value("abi", Json::object());
    if (!abi.is_object() || !abi.contains("major") || !abi["major"].is_number_integer())
        return "has a manifest that does not say which version of the contract it keeps";
    const auto major = abi["major"].get<std::int64_t>();
    if (major != LIVERY_GATEWAY_ABI_MAJOR)
        return fmt::format(
            "keeps version {} of the gateway contract, this host version {}; build it with an SDK "
            "of that version",
            major, LIVERY_GATEWAY_ABI_MAJOR);
    const Json minor = abi.value("minor", Json(0));
    if (minor.is_number_integer() && minor.get<std::int64_t>() > LIVERY_GATEWAY_ABI_MINOR)
        return fmt::format(
            "keeps version {}.{} of the gateway contract, this host only {}.{}; update the host, "
            "or build the gateway with an older SDK",
            major, minor.get<std::int64_t>(), LIVERY_GATEWAY_ABI_MAJOR, LIVERY_GATEWAY_ABI_MINOR);
    return "";
}

SignedItems ItemsFrom(const Json& json) {
    return {json.at("items").get<std::string>(), json.at("item").get<std::string>(),
            json.at("signature").get<std::string>(),
            json.at("fields").get<std::vector<std::string>>()};
}

WebhookScheme SchemeFrom(const Json& json) {
    WebhookScheme scheme;
    scheme.secret = json.at("secret").get<std::string>();
    scheme.key = json.value("key", "text");
    scheme.hash = json.at("hash").get<std::string>();
    scheme.encoding = json.at("encoding").get<std::string>();
    scheme.accepted = json.at("accepted").get<int>();
    scheme.accepted_body = json.value("accepted_body", "");
    if (json.at("scheme") == "hmac_items") {
        scheme.items = ItemsFrom(json);
        return scheme;
    }
    scheme.header = json.at("header").get<std::string>();
    scheme.signs = json.at("signs").get<std::string>();
    scheme.form = json.at("form").get<std::string>();
    scheme.time_header = json.value("time_header", "");
    scheme.tolerance = std::chrono::seconds(json.at("tolerance_seconds").get<int>());
    return scheme;
}

GatewayManifest ManifestFrom(const Json& json) {
    GatewayManifest manifest;
    json.at("id").get_to(manifest.id);
    json.at("version").get_to(manifest.version);
    json.at("name").get_to(manifest.name);
    json.at("abi").at("major").get_to(manifest.abi_major);
    json.at("abi").at("minor").get_to(manifest.abi_minor);
    manifest.concurrent = json.at("concurrency") == "multi";
    manifest.sandbox_only = json.value("sandbox_only", false);
    json.at("methods").get_to(manifest.methods);
    json.at("currencies").get_to(manifest.currencies);
    for (const Json& word : json.at("can")) manifest.can.insert(word.get<std::string>());
    const Json amounts = json.value("amounts", Json::object());
    for (const auto& [currency, bounds] : amounts.items())
        manifest.amounts[currency] = {bounds.at("least").get<std::int64_t>(),
                                      bounds.at("most").get<std::int64_t>()};
    if (json.contains("webhook")) manifest.webhook = SchemeFrom(json.at("webhook"));
    if (json.contains("idempotency_hours"))
        manifest.idempotency = std::chrono::hours(json.at("idempotency_hours").get<int>());
    manifest.finds_after = std::chrono::seconds(json.value("finds_after_seconds", 0));
    manifest.decides_within = std::chrono::hours(json.value("decides_within_hours", 24));
    manifest.config = json.at("config");
    return manifest;
}

// What no schema can say: its own schema must be one, and the webhook's secret a key of it.
std::string Objection(const GatewayManifest& manifest) {
    try {
        const schema::Checker checker(manifest.config);
    } catch (const std::exception& error) {
        return fmt::format("has a `config` that is no JSON Schema: {}", error.what());
    }
    if (!manifest.webhook) return "";
    const Json key = manifest.config["properties"].value(manifest.webhook->secret, Json::object());
    if (!key.is_object() || !key.value("x-secret", false))
        return fmt::format("signs webhooks with `{}`, which is no secret of its configuration",
                           manifest.webhook->secret);
    return "";
}

}  // namespace

Result<GatewayManifest> GatewayManifest::Parse(std::string_view text) {
    const Json json = schema::ParsedBounded(text);
    if (!json.is_object()) return Bad("has a manifest that is no JSON object");
    if (std::string wrong = AbiObjection(json); !wrong.empty()) return Bad(std::move(wrong));
    if (const std::string wrong = MessageBook::V1().Objection("manifest", json); !wrong.empty())
        return Bad(fmt::format("has a manifest that is not as it should be: {}", wrong));
    GatewayManifest manifest = ManifestFrom(json);
    if (std::string wrong = Objection(manifest); !wrong.empty()) return Bad(std::move(wrong));
    return manifest;
}

}  // namespace livery::gateways
