#include "gateways/call_desk.h"

#include <fmt/format.h>

#include <livery/failpoint.h>
#include <livery/gateway/abi.h>

#include "gateways/mac.h"
#include "gateways/masking.h"
#include "gateways/outgoing.h"
#include "log/log.h"
#include "schema/bounded_json.h"

namespace livery::gateways {

using Json = nlohmann::json;

namespace {

constexpr int kMostLines = 50;
constexpr std::size_t kMostLine = 2000;

std::string TextOf(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string Dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

log::Level LevelOf(int level) {
    if (level <= 1) return log::Level::kDebug;
    if (level == 2) return log::Level::kInfo;
    return level == 3 ? log::Level::kWarn : log::Level::kError;
}

}  // namespace

std::string CallDesk::Masked(std::string_view text) const {
    return gateways::Masked(text, used_secrets_);
}

bool CallDesk::HoldsSecret(const std::string& text) const {
    return WithoutSecrets(text, used_secrets_) != text;
}

std::int32_t CallDesk::Refuse(std::int32_t code, std::string why) {
    fault_ = Masked(why);
    return code;
}

std::int32_t CallDesk::Serve(std::string_view service, std::string_view request,
                             std::string& answer) {
    if (++served_ > kMostServices) return Refuse(LIVERY_REFUSED, "it asks the host without end");
    if (Clock::now() >= deadline_) return Refuse(LIVERY_DEADLINE, "the time is over");
    if (request.size() > kMostRequest) return Refuse(LIVERY_BAD_MESSAGE, "the request is too long");
    const Json json = schema::ParsedBounded(request);
    if (!json.is_object())
        return Refuse(LIVERY_BAD_MESSAGE, "the request is no JSON object, or nests too deeply");
    Json told = Json::object();
    std::int32_t code = LIVERY_OK;
    try {
        code = Answer(service, json, told);
    } catch (const std::exception& failure) {
        // The gateway's own code stands between here and who could handle it.
        return Refuse(LIVERY_REFUSED, fmt::format("{}: {}", service, failure.what()));
    }
    if (code == LIVERY_OK) answer = Dumped(told);
    return code;
}

std::int32_t CallDesk::Answer(std::string_view service, const Json& request, Json& answer) {
    if (service == "http.send/1") return SendHttp(request, answer);
    if (service == "crypto.hmac/1") return SignHmac(request, answer);
    if (service == "clock.now/1") return TellTime(answer);
    if (service == "kv.get/1") return Recall(request, answer);
    if (service == "kv.put/1") return Remember(request);
    return Refuse(LIVERY_UNSUPPORTED, fmt::format("there is no service {}", service));
}

Result<std::string> CallDesk::SecretNamed(const std::string& name) {
    if (!instance_.secrets.contains(name))
        return Error{ErrorCode::kInvalidArgument,
                     fmt::format("`{}` is no secret of this configuration", name),
                     {}};
    auto value = services_.secrets.Read(instance_.tenant, name);
    if (value) used_secrets_.push_back(*value);
    return value;
}

std::int32_t CallDesk::SendHttp(const Json& request, Json& answer) {
    auto made = MakeOutgoing(request, instance_.urls,
                             [this](const std::string& name) { return SecretNamed(name); });
    if (!made) return Refuse(LIVERY_REFUSED, made.error().message);
    used_secrets_.insert(used_secrets_.end(), made->secrets.begin(), made->secrets.end());
    made->request.time_limit =
        std::chrono::ceil<std::chrono::milliseconds>(deadline_ - Clock::now());
    if (made->request.time_limit.count() <= 0) return Refuse(LIVERY_DEADLINE, "the time is over");
    if (!made->safe) LIVERY_FAILPOINT("gateway.sending");
    const auto kind = made->safe ? SendFence::Kind::kSafe : SendFence::Kind::kUnsafe;
    const http::Exchanged exchanged =
        services_.client.Send(made->request, [&] { fence_.Begin(kind); });
    if (!made->safe) LIVERY_FAILPOINT("gateway.sent");
    if (const auto* not_sent = std::get_if<http::NotSent>(&exchanged))
        return Refuse(LIVERY_NO_ANSWER, "nothing was sent: " + not_sent->why);
    if (const auto* no_answer = std::get_if<http::NoAnswer>(&exchanged))
        return Refuse(LIVERY_NO_ANSWER, "it was sent, no answer came: " + no_answer->why);
    const auto& got = std::get<http::IncomingAnswer>(exchanged);
    answer = {{"status", got.status}, {"headers", Json::object()}};
    // A provider that repeats our key must not give it to the gateway by that.
    const auto without_secrets = [this](const std::string& text) {
        return gateways::WithoutSecrets(text, used_secrets_);
    };
    for (const auto& [name, value] : got.headers) answer["headers"][name] = without_secrets(value);
    answer["body"] = without_secrets(got.body);
    return LIVERY_OK;
}

std::int32_t CallDesk::SignHmac(const Json& request, Json& answer) {
    const auto secret = SecretNamed(TextOf(request, "secret"));
    if (!secret) return Refuse(LIVERY_REFUSED, secret.error().message);
    const auto mac = Mac(TextOf(request, "hash"), *secret, TextOf(request, "text"));
    const auto text = mac ? Encoded(*mac, TextOf(request, "encoding")) : std::nullopt;
    if (!text) return Refuse(LIVERY_BAD_MESSAGE, "hmac takes sha256 or sha512, hex or base64");
    answer = {{"mac", *text}};
    return LIVERY_OK;
}

std::int32_t CallDesk::TellTime(Json& answer) const {
    answer = {{"seconds", services_.now().count()}};
    return LIVERY_OK;
}

std::int32_t CallDesk::Recall(const Json& request, Json& answer) {
    answer = {
        {"value", services_.store.Get(instance_.tenant, instance_.id, TextOf(request, "key"))}};
    return LIVERY_OK;
}

std::int32_t CallDesk::Remember(const Json& request) {
    const std::string key = TextOf(request, "key");
    const std::string value = TextOf(request, "value");
    if (key.empty() || key.size() > KeyValueStore::kMostKey ||
        value.size() > KeyValueStore::kMostValue)
        return Refuse(LIVERY_REFUSED,
                      fmt::format("a key has 1 to {} bytes, a value at most {}",
                                  KeyValueStore::kMostKey, KeyValueStore::kMostValue));
    if (HoldsSecret(key) || HoldsSecret(value))
        return Refuse(LIVERY_REFUSED, "a secret cannot be remembered");
    services_.store.Put(instance_.tenant, instance_.id, key, value);
    return LIVERY_OK;
}

void CallDesk::Log(int level, std::string_view line) {
    if (++lines_ > kMostLines) return;
    // Cut after it was masked: a part of a secret is not recognised as one.
    const std::string text = Masked(line.substr(0, 4 * kMostLine)).substr(0, kMostLine);
    log::Write(LevelOf(level), "gateway.said",
               {{"tenant", instance_.tenant.value()}, {"gateway", instance_.id}, {"what", text}});
}

}  // namespace livery::gateways
