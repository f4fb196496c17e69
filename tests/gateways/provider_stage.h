#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "adapters/system_clock.h"
#include "double_program.h"
#include "gateways/testing/gateway_stage.h"

namespace livery::gateways::testing {

// A tenant `harbor` with the gateway `cards`, which is one that we ship, its provider's double, and
// a place where the double's webhooks arrive. Thread: one at a time.
class ProviderStage {
 public:
    // `config`: all but `base_url` (which is the double's, with `path`) and secrets. `secrets`: key
    // of the configuration to value.
    struct Setting {
        std::string gateway;
        std::string path;
        Json config = Json::object();
        std::map<std::string, std::string> secrets;
    };
    explicit ProviderStage(const Setting& setting);

    Gateways::Reply Call(const std::string& operation, const Json& message);
    // The result; a failure of the test where there is none.
    Json Ask(const std::string& operation, const Json& message);

    static Json Order(const std::string& reference, std::int64_t minor,
                      const std::string& currency = "EUR");
    static Json Kept(const std::string& reference, std::int64_t minor, const Json& method,
                     const std::string& initiator = "customer");
    // A method is to be kept, on the provider's page.
    static Json SetUp(const std::string& reference);
    Json Lookup(const std::string& provider_id, const std::string& reference);
    Json Refund(const Json& payment, const std::string& reference, std::int64_t minor);

    // Takes the next webhook as the host does; waits for it. kUnavailable: none came.
    Result<Gateways::Delivered> NextEvent();
    // Takes webhooks until one is about `about` of `reference`, in whatever order they come; each
    // counts once. False: none came.
    bool Hears(const std::string& about, const std::string& reference);

    DoubleProgram& provider() { return double_; }
    std::string Moved(const std::string& reference) { return double_.Moved(reference); }
    const Tenant& tenant() const { return house_->sites.at("harbor")->tenant; }
    Gateways& gateways() { return gateways_; }

 private:
    void WriteSecrets(const std::map<std::string, std::string>& secrets);

    TemporaryFolder folder_;
    DoubleProgram double_;
    ProviderDouble hooks_;
    std::size_t taken_ = 0;
    std::multiset<std::pair<std::string, std::string>> heard_;
    std::shared_ptr<const tenancy::House> house_;
    SecretStore secrets_;
    GatewayFiles files_;
    MemoryStore store_;
    FixedTenantTime tenant_time_;
    adapters::SystemClock clock_;
    GatewayPool pool_;
    TenantGateways gateways_;
};

}  // namespace livery::gateways::testing
