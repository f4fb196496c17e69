#include "provider_stage.h"

#include <thread>

#include <gtest/gtest.h>

namespace livery::gateways::testing {

namespace {

const std::string kHelper = LIVERY_BINARY_DIR "/livery-plugin-host";

std::shared_ptr<const tenancy::House> HouseOf(const std::string& gateway, const Json& config) {
    auto site = std::make_shared<tenancy::Site>(
        tenancy::Site{.tenant = {.id = TenantId("harbor"),
                                 .currency = *Currency::Parse("EUR"),
                                 .mode = TenantMode::kSandbox}});
    site->gateways.push_back(
        std::make_shared<tenancy::ConfiguredGateway>(tenancy::ConfiguredGateway{
            "cards", gateway, tenancy::ConfiguredGateway::Isolation::kProcess, {}, config}));
    auto house = std::make_shared<tenancy::House>();
    house->revision = 1;
    house->sites["harbor"] = std::move(site);
    return house;
}

Json ConfigOf(const ProviderStage::Setting& setting, const std::string& url) {
    Json config = setting.config;
    config["base_url"] = url + setting.path;
    for (const auto& [key, value] : setting.secrets) config[key] = key;
    return config;
}

}  // namespace

ProviderStage::ProviderStage(const Setting& setting)
    : double_(setting.gateway, folder_.path.string()),
      house_(HouseOf(setting.gateway, ConfigOf(setting, double_.url()))),
      secrets_(folder_.path),
      files_(LIVERY_BINARY_DIR "/gateways", kHelper),
      pool_(kHelper),
      gateways_(
          {[this] { return house_; }, files_, secrets_, store_, tenant_time_, clock_, pool_}) {
    WriteSecrets(setting.secrets);
    hooks_.Say(ProviderDouble::Json("{}"));
    double_.Act("hooks", {{"url", hooks_.url() + "/hooks/cards"}});
}

void ProviderStage::WriteSecrets(const std::map<std::string, std::string>& secrets) {
    std::filesystem::create_directories(folder_.path / "harbor");
    for (const auto& [name, value] : secrets) {
        const auto path = folder_.path / "harbor" / name;
        std::ofstream(path) << value;
        std::filesystem::permissions(path, std::filesystem::perms(0600));
    }
}

Gateways::Reply ProviderStage::Call(const std::string& operation, const Json& message) {
    const std::string text = message.dump();
    return gateways_.Call(tenant(), {"cards", operation, text});
}

Json ProviderStage::Ask(const std::string& operation, const Json& message) {
    const Gateways::Reply reply = Call(operation, message);
    EXPECT_EQ(reply.fate, Gateways::Fate::kAnswered) << operation << ": " << reply.fault;
    return reply.fate == Gateways::Fate::kAnswered ? Json::parse(reply.message) : Json::object();
}

Json ProviderStage::Order(const std::string& reference, std::int64_t minor,
                          const std::string& currency) {
    return {{"idempotency_key", "key-of-" + reference + "-0123456789"},
            {"reference", reference},
            {"amount", {{"minor", minor}, {"currency", currency}}},
            {"capture", "automatic"},
            {"initiator", "customer"},
            {"descriptor", "Harbor Wi-Fi"},
            {"locale", "de-DE"},
            {"return_url", "https://harbor.example/payments/back"}};
}

Json ProviderStage::Kept(const std::string& reference, std::int64_t minor, const Json& method,
                         const std::string& initiator) {
    Json order = Order(reference, minor);
    order["method"] = {{"token", method.at("token")}};
    if (method.contains("customer")) order["customer"] = method.at("customer");
    order["initiator"] = initiator;
    return order;
}

Json ProviderStage::SetUp(const std::string& reference) {
    return {{"idempotency_key", "key-of-" + reference + "-0123456789"},
            {"reference", reference},
            {"email", "greta@seeblick.example"},
            {"currency", "EUR"},
            {"locale", "de-DE"},
            {"return_url", "https://harbor.example/back"}};
}

Json ProviderStage::Lookup(const std::string& provider_id, const std::string& reference) {
    Json query{{"reference", reference}};
    if (!provider_id.empty()) query["provider_id"] = provider_id;
    return Ask("payment.lookup/1", query);
}

Json ProviderStage::Refund(const Json& payment, const std::string& reference, std::int64_t minor) {
    return Ask("refund.create/1",
               {{"idempotency_key", "key-of-" + reference + "-0123456789"},
                {"provider_id", payment.at("provider_id")},
                {"reference", reference},
                {"amount", {{"minor", minor}, {"currency", payment.at("amount").at("currency")}}}});
}

Result<Gateways::Delivered> ProviderStage::NextEvent() {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < end) {
        const auto heard = hooks_.heard();
        if (heard.size() > taken_) {
            const auto& hook = heard[taken_++];
            return gateways_.Receive(
                tenant(), {"cards", hooks_.url() + hook.target, hook.headers, hook.body});
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return Error{ErrorCode::kUnavailable, "no webhook came", {}};
}

bool ProviderStage::Hears(const std::string& about, const std::string& reference) {
    const std::pair wanted(about, reference);
    while (true) {
        if (const auto found = heard_.find(wanted); found != heard_.end()) {
            heard_.erase(found);
            return true;
        }
        const auto delivered = NextEvent();
        if (!delivered) return false;
        for (const Gateways::Event& event : delivered->events)
            heard_.emplace(event.about, event.reference);
    }
}

}  // namespace livery::gateways::testing
