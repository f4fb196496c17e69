#include "tenant_calls.h"

#include <atomic>

#include <fmt/format.h>

#include "gateways/testing/gateway_stage.h"
#include "provider_words.h"

namespace livery::bench {

namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;
using gateways::testing::ProviderDouble;

// A house of one tenant whose gateway "cards" is the sandbox's.
struct House {
    explicit House(gateways::GatewayPool::Isolation isolation) {
        using Kept = tenancy::ConfiguredGateway::Isolation;
        for (const char* name : {"api_key", "hook_key"}) WriteSecret(name);
        auto site = std::make_shared<tenancy::Site>(
            tenancy::Site{.tenant = {.id = TenantId("harbor"),
                                     .currency = *Currency::Parse("EUR"),
                                     .mode = TenantMode::kSandbox}});
        const bool inside = isolation == gateways::GatewayPool::Isolation::kNone;
        site->gateways.push_back(std::make_shared<tenancy::ConfiguredGateway>(
            tenancy::ConfiguredGateway{"cards",
                                       "sandbox",
                                       inside ? Kept::kNone : Kept::kProcess,
                                       {},
                                       {{"base_url", provider.url()},
                                        {"merchant", "harbor"},
                                        {"api_key", "api_key"},
                                        {"hook_key", "hook_key"}}}));
        auto made = std::make_shared<tenancy::House>();
        made->revision = 1;
        made->sites["harbor"] = std::move(site);
        house = std::move(made);
    }
    void WriteSecret(const std::string& name) const {
        std::filesystem::create_directories(folder.path / "harbor");
        std::ofstream(folder.path / "harbor" / name) << "secret-of-the-bench\n";
        std::filesystem::permissions(folder.path / "harbor" / name, std::filesystem::perms(0600));
    }

    gateways::testing::TemporaryFolder folder;
    ProviderDouble provider;
    std::shared_ptr<const tenancy::House> house;
    gateways::SecretStore secrets{folder.path};
    gateways::GatewayFiles files{LIVERY_BINARY_DIR "/gateways",
                                 LIVERY_BINARY_DIR "/livery-plugin-host", true};
    gateways::testing::MemoryStore store;
    gateways::testing::FixedTenantTime tenant_time;
    FixedClock clock{Instant(std::chrono::seconds(1'700'000'000))};
    gateways::GatewayPool pool{LIVERY_BINARY_DIR "/livery-plugin-host"};
    gateways::TenantGateways gateways{
        {[this] { return house; }, files, secrets, store, tenant_time, clock, pool}};
};

Json CallsOf(House& house, std::string_view operation, int calls) {
    constexpr int kWarm = 50;
    std::atomic<Clock::rep> theirs{0};
    std::vector<Clock::duration> all;
    int wrong = 0;
    for (int call = -kWarm; call < calls; ++call) {
        const Json question =
            QuestionOf(operation, fmt::format("t-{}", call + kWarm), 100 + kWarm + call);
        house.provider.Say([&](const ProviderDouble::Heard& heard) {
            const auto begun = Clock::now();
            auto answer =
                ProviderDouble::Json(TheirAnswer(heard.target, TheirWords(question)).dump());
            theirs += (Clock::now() - begun).count();
            return answer;
        });
        const std::string message = question.dump();
        theirs = 0;
        const auto begun = Clock::now();
        const auto reply =
            house.gateways.Call(house.house->sites.at("harbor")->tenant,
                                {"cards", operation, message, std::chrono::seconds(20)});
        const auto took = Clock::now() - begun - Clock::duration(theirs);
        if (call < 0) continue;
        const bool right = reply.fate == Gateways::Fate::kAnswered &&
                           IsAnswerTo(operation, question, Json::parse(reply.message));
        right ? all.push_back(took) : void(++wrong);
    }
    Json found = Latencies(std::move(all));
    found["wrong"] = wrong;
    return found;
}

}  // namespace

Json TenantCalls(gateways::GatewayPool::Isolation isolation, int calls) {
    House house(isolation);
    Json found;
    for (const auto& [name, operation] :
         {std::pair{"start", kStart}, std::pair{"lookup", kLookup}, std::pair{"refund", kRefund}})
        found[name] = CallsOf(house, operation, calls);
    return found;
}

}  // namespace livery::bench
