// Asks the providers' own sandboxes whether our credentials work and of a payment that cannot be
// there, which only Stripe can say of a reference; with Stripe also charges a test card and gives
// it back. Credentials come from the environment; see README.md.
#include <cstdio>
#include <cstdlib>

#include "adapters/system_clock.h"
#include "gateways/testing/gateway_stage.h"

namespace livery::gateways::testing {

namespace {

struct Provider {
    std::string gateway;
    nlohmann::json config;
    std::map<std::string, std::string> secrets;
    // Of a payment that is not there: says so, rather than that it cannot know.
    bool finds = false;
};

std::string Variable(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

std::vector<Provider> Wanted() {
    std::vector<Provider> wanted;
    if (const std::string key = Variable("STRIPE_TEST_KEY"); !key.empty())
        wanted.push_back({"stripe", {}, {{"api_key", key}, {"hook_key", "unused"}}, true});
    if (const std::string key = Variable("ADYEN_TEST_KEY"); !key.empty())
        wanted.push_back({"adyen",
                          {{"base_url", "https://checkout-test.adyen.com/v72"},
                           {"merchant_account", Variable("ADYEN_TEST_MERCHANT")}},
                          {{"api_key", key}, {"hook_key", "00"}}});
    if (const std::string token = Variable("GOCARDLESS_TEST_TOKEN"); !token.empty())
        wanted.push_back({"gocardless",
                          {{"base_url", "https://api-sandbox.gocardless.com"}},
                          {{"access_token", token}, {"hook_key", "unused"}}});
    return wanted;
}

// The gateway of one provider, in a helper, and nothing of this machine in reach of it.
class Remote {
 public:
    explicit Remote(const Provider& provider) {
        nlohmann::json config = provider.config;
        if (config.is_null()) config = nlohmann::json::object();
        std::filesystem::create_directories(folder_.path / "harbor");
        for (const auto& [name, value] : provider.secrets) {
            config[name] = name;
            std::ofstream(folder_.path / "harbor" / name) << value;
            std::filesystem::permissions(folder_.path / "harbor" / name,
                                         std::filesystem::perms(0600));
        }
        // At a provider's own sandbox no real money moves: a file fresh from the build will do.
        auto site = std::make_shared<tenancy::Site>(
            tenancy::Site{.tenant = {.id = TenantId("harbor"),
                                     .currency = *Currency::Parse("EUR"),
                                     .mode = TenantMode::kSandbox}});
        site->gateways.push_back(std::make_shared<tenancy::ConfiguredGateway>(
            tenancy::ConfiguredGateway{"cards",
                                       provider.gateway,
                                       tenancy::ConfiguredGateway::Isolation::kProcess,
                                       {},
                                       config}));
        auto house = std::make_shared<tenancy::House>();
        house->revision = 1;
        house->sites["harbor"] = std::move(site);
        house_ = house;
    }
    bool Ask(const std::string& operation, const nlohmann::json& message, nlohmann::json& result) {
        const std::string text = message.dump();
        const auto reply =
            gateways_.Call(house_->sites.at("harbor")->tenant, {"cards", operation, text});
        std::printf("  %s: %s\n", operation.c_str(),
                    reply.message.empty() ? reply.fault.c_str() : reply.message.c_str());
        result = nlohmann::json::parse(reply.message, nullptr, false);
        return reply.fate == Gateways::Fate::kAnswered;
    }

 private:
    const std::string helper_ = LIVERY_BINARY_DIR "/livery-plugin-host";
    TemporaryFolder folder_;
    std::shared_ptr<const tenancy::House> house_;
    SecretStore secrets_{folder_.path};
    GatewayFiles files_{LIVERY_BINARY_DIR "/gateways", helper_};
    MemoryStore store_;
    FixedTenantTime tenant_time_;
    adapters::SystemClock clock_;
    GatewayPool pool_{helper_};
    TenantGateways gateways_{
        {[this] { return house_; }, files_, secrets_, store_, tenant_time_, clock_, pool_}};
};

bool ChargesAndGivesBack(Remote& stripe) {
    const std::string reference =
        "livery-" + std::to_string(adapters::SystemClock().Now().time_since_epoch().count());
    nlohmann::json paid;
    if (!stripe.Ask("payment.start/1",
                    {{"idempotency_key", "key-of-" + reference},
                     {"reference", reference},
                     {"amount", {{"minor", 1'234}, {"currency", "EUR"}}},
                     {"capture", "automatic"},
                     {"initiator", "merchant_unscheduled"},
                     {"method", {{"token", "pm_card_visa"}}}},
                    paid) ||
        paid.value("state", "") != "captured")
        return false;
    nlohmann::json back;
    return stripe.Ask("refund.create/1",
                      {{"idempotency_key", "key-of-refund-" + reference},
                       {"provider_id", paid.at("provider_id")},
                       {"reference", reference + "-r"},
                       {"amount", {{"minor", 1'234}, {"currency", "EUR"}}}},
                      back) &&
           back.value("state", "") == "succeeded";
}

// What was never asked for: never a payment, whoever is asked, and however.
bool MissesWhatIsNotThere(Remote& remote, bool finds) {
    nlohmann::json found;
    const bool answered =
        remote.Ask("payment.lookup/1", {{"reference", "livery-no-such-payment"}}, found);
    if (answered != finds) return false;
    return !finds || found.value("state", "") == "not_found";
}

bool Works(const Provider& provider) {
    std::printf("%s\n", provider.gateway.c_str());
    Remote remote(provider);
    nlohmann::json checked;
    if (!remote.Ask("check_config/1", nlohmann::json::object(), checked) ||
        checked.contains("error"))
        return false;
    if (!MissesWhatIsNotThere(remote, provider.finds)) return false;
    return provider.gateway != "stripe" || ChargesAndGivesBack(remote);
}

}  // namespace

}  // namespace livery::gateways::testing

int main() {
    const auto wanted = livery::gateways::testing::Wanted();
    if (wanted.empty()) std::puts("no credentials in the environment: nothing was asked");
    int failed = 0;
    for (const auto& provider : wanted)
        failed += livery::gateways::testing::Works(provider) ? 0 : 1;
    std::printf("%zu asked, %d failed\n", wanted.size(), failed);
    return failed == 0 ? 0 : 1;
}
