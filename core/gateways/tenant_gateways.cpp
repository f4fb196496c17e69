#include "gateways/tenant_gateways.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gateways/call_check.h"
#include "gateways/webhook.h"
#include "http/page_thread.h"
#include "log/log.h"
#include "schema/bounded_json.h"

namespace livery::gateways {

using Json = nlohmann::json;
using End = GatewayPool::Outcome::End;

namespace {

using Fate = Gateways::Fate;

// Of what a caller waits, so much is left to the gateway to make something of the host's last word.
constexpr std::chrono::milliseconds kMostGrace{500};
constexpr std::size_t kMostFault = 1'000;
constexpr const char* kReadEvents = "event.parse/1";

Gateways::Reply NothingSent(std::string why) {
    return {Fate::kNothingSent, "", std::move(why), {}};
}

// When to ask again, of a call that was kept away from its provider.
constexpr std::chrono::seconds kSoonFree{5};
std::optional<std::chrono::seconds> RestAfter(End end) {
    if (end == End::kOutOfOrder) return Breaker::kRest;
    if (end == End::kBusy) return kSoonFree;
    return std::nullopt;
}

std::string OwnerOf(const TenantId& tenant, const std::string& instance) {
    return tenant.value() + "/" + instance;
}

std::set<std::string> SecretsOf(const GatewayManifest& manifest, const Json& config) {
    std::set<std::string> names;
    for (const auto& [key, property] : manifest.config.at("properties").items()) {
        const auto value = config.find(key);
        if (property.value("x-secret", Json()) == true && value != config.end() &&
            value->is_string())
            names.insert(value->get<std::string>());
    }
    return names;
}

// What a provider said in the words of an error goes to people: no number of a card may be in it.
void MaskError(const CallDesk& desk, Json& result) {
    const auto error = result.find("error");
    if (error == result.end() || !error->is_object()) return;
    for (auto& [key, value] : error->items())
        if (value.is_string()) value = desk.Masked(value.get<std::string>());
}

// What a gateway says of itself are bytes until somebody looks, and cut anywhere; a fault is kept
// in a table, as text.
std::string AsText(const std::string& bytes) {
    const Json replaced =
        Json::parse(Json(bytes).dump(-1, ' ', false, Json::error_handler_t::replace));
    return replaced.get<std::string>();
}

std::string WordsOf(std::int32_t code) {
    switch (code) {
        case LIVERY_PLUGIN_FAULT:
            return "the gateway failed";
        case LIVERY_BAD_MESSAGE:
            return "the gateway could not read what it was asked, or is configured wrong";
        case LIVERY_UNSUPPORTED:
            return "the gateway does not do what its manifest promises";
        case LIVERY_DEADLINE:
            return "there was no time left";
        case LIVERY_NO_ANSWER:
            return "the provider did not answer";
        default:
            return fmt::format("the gateway ended with {}", code);
    }
}

bool MayBePassedOn(const std::string& header) {
    static constexpr std::array kOurs{"cookie", "authorization", "proxy-authorization"};
    return std::find(kOurs.begin(), kOurs.end(), header) == kOurs.end();
}

std::string EventMessage(const Gateways::Delivery& delivery) {
    Json headers = Json::object();
    for (const auto& [name, value] : delivery.headers)
        if (MayBePassedOn(name)) headers[name] = value;
    return Json{{"body", delivery.body}, {"headers", std::move(headers)}}.dump(
        -1, ' ', false, Json::error_handler_t::replace);
}

std::vector<Gateways::Event> EventsOf(const std::string& message) {
    std::vector<Gateways::Event> events;
    const Json result = Json::parse(message);
    for (const Json& event : result.at("events"))
        events.push_back({event.at("id").get<std::string>(), event.at("about").get<std::string>(),
                          event.value("provider_id", ""), event.value("reference", "")});
    return events;
}

}  // namespace

TenantGateways::TenantGateways(Parts parts)
    : parts_(std::move(parts)),
      outside_({parts_.ca_file, false}),
      with_loopback_({parts_.ca_file, true}),
      bulkhead_(parts_.most_calls) {}

std::shared_ptr<const tenancy::Site> TenantGateways::SiteOf(const Tenant& tenant) {
    const auto house = parts_.house();
    if (house == nullptr) return nullptr;
    FollowHouse(*house);
    const auto found = house->sites.find(tenant.id.value());
    return found == house->sites.end() ? nullptr : found->second;
}

TenantGateways::Found TenantGateways::Complete(
    const Tenant& tenant, std::shared_ptr<const tenancy::ConfiguredGateway> configured) {
    Found found{std::move(configured), nullptr, ""};
    found.file = parts_.files.Find(found.configured->gateway);
    if (found.file == nullptr) {
        found.refused = fmt::format("gateway `{}` is not installed", found.configured->gateway);
    } else {
        found.refused =
            found.file->RefusedFor(tenant.IsPlayMoney(), parts_.files.allow_uncertified());
        if (found.refused.empty()) found.refused = found.configured->waits_for;
    }
    return found;
}

TenantGateways::Found TenantGateways::Find(const Tenant& tenant, std::string_view instance) {
    if (const auto site = SiteOf(tenant)) {
        for (const auto& configured : site->gateways)
            if (configured->id == instance) return Complete(tenant, configured);
    }
    return {nullptr, nullptr, fmt::format("the tenant has no gateway `{}`", instance)};
}

void TenantGateways::FollowHouse(const tenancy::House& house) {
    {
        const std::lock_guard lock(mutex_);
        if (house.revision <= followed_) return;
        followed_ = house.revision;
    }
    std::set<std::string> keys;
    for (const auto& [id, site] : house.sites) {
        for (const auto& configured : site->gateways) {
            const Found found = Complete(site->tenant, configured);
            if (found.file != nullptr) keys.insert(WantedFor(TenantId(id), found).key);
        }
    }
    parts_.pool.KeepOnly(std::move(keys));
}

GatewayPool::Wanted TenantGateways::WantedFor(const TenantId& tenant, const Found& found) const {
    using Isolation = tenancy::ConfiguredGateway::Isolation;
    const tenancy::ConfiguredGateway& configured = *found.configured;
    const tenancy::GatewayLimits& limits = configured.limits;
    const bool shared = configured.isolation != Isolation::kProcessPerTenant;
    GatewayPool::Wanted wanted;
    wanted.owner = OwnerOf(tenant, configured.id);
    wanted.config = configured.config.dump();
    wanted.key = fmt::format("{} {} {}", wanted.owner, found.file->stamp, wanted.config);
    wanted.file = found.file->path.string();
    wanted.opened = found.file->opened;
    wanted.group =
        fmt::format("{} {} {} {} {}", static_cast<int>(configured.isolation), wanted.file,
                    found.file->stamp, limits.memory_mib, shared ? "" : tenant.value());
    wanted.isolation = configured.isolation;
    wanted.memory_mib = limits.memory_mib;
    wanted.parallel = limits.parallel;
    return wanted;
}

Gateways::Instance TenantGateways::Described(const Tenant& tenant, const Found& found) {
    Instance instance;
    instance.id = found.configured->id;
    instance.gateway = found.configured->gateway;
    instance.out_of_order = found.refused;
    if (found.file == nullptr) return instance;
    const GatewayManifest& manifest = found.file->manifest;
    instance.name = manifest.name;
    instance.methods = manifest.methods;
    for (const std::string& code : manifest.currencies)
        if (const auto currency = Currency::Parse(code)) instance.currencies.push_back(*currency);
    instance.can = manifest.can;
    instance.idempotency = manifest.idempotency;
    instance.finds_after = manifest.finds_after;
    instance.decides_within = manifest.decides_within;
    if (instance.out_of_order.empty())
        instance.out_of_order = parts_.pool.OutOfOrder(OwnerOf(tenant.id, instance.id));
    return instance;
}

std::vector<Gateways::Instance> TenantGateways::Of(const Tenant& tenant) {
    std::vector<Instance> instances;
    if (const auto site = SiteOf(tenant)) {
        for (const auto& configured : site->gateways)
            instances.push_back(Described(tenant, Complete(tenant, configured)));
    }
    return instances;
}

Gateways::Reply TenantGateways::Call(const Tenant& tenant, const Question& question) {
    const Found found = Find(tenant, question.instance);
    if (!found.refused.empty()) return NothingSent(found.refused);
    const Json message = Json::parse(question.message, nullptr, false);
    std::string wrong = CallObjection(found.file->manifest, question.operation, message);
    if (!wrong.empty()) return NothingSent(std::move(wrong));
    const MessageBook::Operation& operation = *MessageBook::V1().Find(question.operation);
    if (http::PageThread::Here())
        log::Write(log::Level::kWarn, "gateway.holds_up_pages",
                   {{"tenant", tenant.id.value()}, {"operation", question.operation}});
    // An event is only read; all else asks the provider, who may hang.
    const auto place = operation.event ? std::nullopt : bulkhead_.Enter(tenant.id.value());
    if (!operation.event && !place)
        return {Fate::kNothingSent, "", "too many calls wait for providers", kSoonFree};
    Reply reply = Ask(tenant, found, question, operation);
    if (reply.fate != Fate::kAnswered)
        log::Write(log::Level::kWarn, "gateway.fault",
                   {{"tenant", tenant.id.value()},
                    {"gateway", question.instance},
                    {"operation", question.operation},
                    {"fate", reply.fate == Fate::kUnknown ? "unknown" : "nothing sent"},
                    {"what", reply.fault}});
    return reply;
}

Gateways::Reply TenantGateways::Ask(const Tenant& tenant, const Found& found,
                                    const Question& question,
                                    const MessageBook::Operation& operation) {
    const tenancy::ConfiguredGateway& configured = *found.configured;
    const auto limit =
        std::min(question.limit, std::chrono::milliseconds(configured.limits.call_timeout_ms));
    const auto deadline = GatewayPool::Clock::now() + limit;
    const CallDesk::Instance instance{
        tenant.id, configured.id, AllowedUrls(found.file->manifest.config, tenant.IsPlayMoney()),
        SecretsOf(found.file->manifest, configured.config)};
    const CallDesk::Services services{tenant.IsPlayMoney() ? with_loopback_ : outside_,
                                      parts_.secrets, parts_.store, [&] {
                                          return std::chrono::floor<std::chrono::seconds>(
                                              parts_.tenant_time.Now(tenant).time_since_epoch());
                                      }};
    CallDesk desk(instance, services, deadline - std::min(kMostGrace, limit / 10));
    GatewayInstance::Call call;
    call.operation = question.operation;
    call.body = question.message;
    call.id = next_call_++;
    call.deadline = parts_.clock.Now() + limit;
    return Told(desk, parts_.pool.Call(WantedFor(tenant.id, found), call, deadline, desk),
                operation);
}

Gateways::Reply TenantGateways::Told(const CallDesk& desk, const GatewayPool::Outcome& outcome,
                                     const MessageBook::Operation& operation) const {
    std::string fault = outcome.why;
    if (outcome.end == End::kAnswered && outcome.answer.code == LIVERY_OK) {
        const MessageBook& book = MessageBook::V1();
        Json result = schema::ParsedBounded(outcome.answer.text);
        book.ReadUnknownWords(operation.result, result);
        std::string wrong = book.Objection(operation.result, result);
        if (wrong.empty()) wrong = ActionObjection(result);
        if (wrong.empty()) {
            MaskError(desk, result);
            return {Fate::kAnswered, result.dump(), "", {}};
        }
        fault = "the gateway's answer is not as its schema says: " + wrong;
    } else if (outcome.end == End::kAnswered) {
        fault = WordsOf(outcome.answer.code);
        // Cut after it was masked: a part of a card's number is not recognised as one.
        const std::string said =
            desk.Masked(std::string_view(outcome.answer.text).substr(0, 4 * kMostFault));
        if (!said.empty()) fault += ": " + said.substr(0, kMostFault);
    }
    if (!desk.fault().empty()) fault += " (" + desk.fault() + ")";
    fault = AsText(desk.Masked(fault));
    const bool unknown = desk.fence().Judge() == SendFence::Verdict::kUnknown;
    if (unknown) return {Fate::kUnknown, "", std::move(fault), {}};
    return {Fate::kNothingSent, "", std::move(fault), RestAfter(outcome.end)};
}

Result<Gateways::Delivered> TenantGateways::Receive(const Tenant& tenant,
                                                    const Delivery& delivery) {
    const Found found = Find(tenant, delivery.instance);
    if (found.configured == nullptr) return NotFound(found.refused);
    if (!found.refused.empty()) return Error{ErrorCode::kUnavailable, found.refused, {}};
    const auto refuse = [](std::string why) {
        return Error{ErrorCode::kUnauthenticated, std::move(why), {}};
    };
    const auto& scheme = found.file->manifest.webhook;
    if (!scheme) return refuse("this gateway declares no webhook");
    const auto secrets = parts_.secrets.Active(
        tenant.id, found.configured->config.value(scheme->secret, std::string()));
    if (!secrets) return Error{ErrorCode::kUnavailable, secrets.error().message, {}};
    const auto now =
        std::chrono::floor<std::chrono::seconds>(parts_.clock.Now().time_since_epoch());
    if (std::string wrong = WebhookObjection(
            *scheme, {delivery.url, delivery.headers, delivery.body}, *secrets, now);
        !wrong.empty())
        return refuse(std::move(wrong));
    const Reply reply = Call(tenant, {delivery.instance, kReadEvents, EventMessage(delivery)});
    if (reply.fate != Fate::kAnswered) return Error{ErrorCode::kUnavailable, reply.fault, {}};
    return Delivered{EventsOf(reply.message), scheme->accepted, scheme->accepted_body};
}

}  // namespace livery::gateways
