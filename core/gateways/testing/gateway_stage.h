#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>

#include "gateways/config_check.h"
#include "gateways/tenant_gateways.h"
#include "gateways/testing/provider_double.h"

namespace livery::gateways::testing {

class MemoryStore final : public KeyValueStore {
 public:
    std::string Get(const TenantId& tenant, const std::string& instance,
                    const std::string& key) override {
        return values[tenant.value() + "/" + instance + "/" + key];
    }
    void Put(const TenantId& tenant, const std::string& instance, const std::string& key,
             const std::string& value) override {
        values[tenant.value() + "/" + instance + "/" + key] = value;
    }
    std::map<std::string, std::string> values;
};

class FixedTenantTime final : public TenantTime {
 public:
    Instant Now(const Tenant&) override { return now; }
    CivilTime ToCivil(const Tenant&, Instant instant) override {
        return CivilTime(std::chrono::floor<CivilTime::duration>(instant.time_since_epoch()));
    }
    Instant ToInstant(const Tenant&, CivilTime civil) override {
        return Instant(civil.time_since_epoch());
    }
    WallOffset OffsetAt(const Tenant&, Instant) override { return {}; }
    Instant now{std::chrono::seconds(1'800'000'000)};
};

// A folder of its own, gone with it.
class TemporaryFolder {
 public:
    TemporaryFolder() {
        std::string pattern = "/tmp/livery-gateways-XXXXXX";
        path = ::mkdtemp(pattern.data());
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    std::filesystem::path path;
};

// All of a host that gateways need, with the odd gateway and a provider of its own.
class GatewayStage {
 public:
    using Isolation = tenancy::ConfiguredGateway::Isolation;
    explicit GatewayStage(Isolation isolation) : isolation_(isolation) {
        WriteSecret("harbor", "odd-key", "s3cret-value");
        WriteSecret("harbor", "odd-hook", "hook-value");
        Configure("harbor", {});
    }

    void WriteSecret(const std::string& tenant, const std::string& name, const std::string& value) {
        std::filesystem::create_directories(folder.path / tenant);
        const auto path = folder.path / tenant / name;
        std::ofstream(path) << value << "\n";
        std::filesystem::permissions(path, std::filesystem::perms(0600));
    }
    // The tenant's gateway "cards", by a new house.
    void Configure(const std::string& tenant, tenancy::GatewayLimits limits,
                   nlohmann::json more = nlohmann::json::object(),
                   TenantMode mode = TenantMode::kSandbox) {
        nlohmann::json config{
            {"key", "odd-key"}, {"hook", "odd-hook"}, {"base_url", provider.url()}};
        config.update(more);
        auto site = std::make_shared<tenancy::Site>(tenancy::Site{
            .tenant = {.id = TenantId(tenant), .currency = *Currency::Parse("EUR"), .mode = mode}});
        site->gateways.push_back(std::make_shared<tenancy::ConfiguredGateway>(
            tenancy::ConfiguredGateway{"cards", "com.example.odd", isolation_, limits, config}));
        auto next =
            house ? std::make_shared<tenancy::House>(*house) : std::make_shared<tenancy::House>();
        ++next->revision;
        next->sites[tenant] = std::move(site);
        house = next;
    }
    const Tenant& TenantOf(const std::string& id) const { return house->sites.at(id)->tenant; }

    Gateways::Reply Call(const std::string& operation, const nlohmann::json& message,
                         std::chrono::milliseconds limit, const std::string& tenant = "harbor") {
        const std::string text = message.dump();
        return gateways.Call(TenantOf(tenant), {"cards", operation, text, limit});
    }
    // What the odd gateway is to do stands in the reference.
    static nlohmann::json Order(const std::string& what) {
        return {{"idempotency_key", "key-0123456789abcdef"},
                {"reference", what},
                {"amount", {{"minor", 1234}, {"currency", "EUR"}}},
                {"capture", "automatic"},
                {"initiator", "customer"}};
    }
    Gateways::Reply Do(const std::string& what,
                       std::chrono::milliseconds limit = std::chrono::seconds(10),
                       const std::string& tenant = "harbor") {
        return Call("payment.start/1", Order(what), limit, tenant);
    }

    TemporaryFolder folder;
    ProviderDouble provider;
    std::shared_ptr<const tenancy::House> house;
    SecretStore secrets{folder.path};
    // Whether a file is certified is asked of certificate_test.cpp alone.
    GatewayFiles files{std::string(LIVERY_BINARY_DIR) + "/testing", kHelper, true};
    MemoryStore store;
    FixedTenantTime tenant_time;
    FixedClock clock{Instant(std::chrono::seconds(1'700'000'000))};
    GatewayPool pool{kHelper};
    TenantGateways gateways{
        {[this] { return house; }, files, secrets, store, tenant_time, clock, pool}};

    static inline const std::string kHelper =
        std::string(LIVERY_BINARY_DIR) + "/livery-plugin-host";

 private:
    Isolation isolation_;
};

}  // namespace livery::gateways::testing
