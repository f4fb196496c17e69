// What the house adds to a payment at a provider: the sandbox's gateway in this process and in its
// helper, its requests answered at once from memory, so that all that is measured is ours. Prints
// one JSON object. gateway_calls [CALLS]
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <livery/gateway/abi.h>

#include "cost.h"
#include "gateways/gateway_pool.h"

namespace livery::bench {

namespace {

using Json = nlohmann::json;
using gateways::GatewayPool;
using Isolation = GatewayPool::Isolation;
using Clock = std::chrono::steady_clock;

// A provider that takes every payment, and needs no time for it but that of its own JSON, which is
// kept apart.
class TakesAll final : public gateways::ServiceDesk {
 public:
    std::int32_t Serve(std::string_view, std::string_view request, std::string& answer) override {
        const auto begun = Clock::now();
        const Json asked = Json::parse(request)["body"];
        const Json payment{{"id", "pay_" + asked["reference"].get<std::string>()},
                           {"reference", asked["reference"]},
                           {"state", "paid"},
                           {"amount", asked["amount"]},
                           {"captured", asked["amount"]},
                           {"refunded", 0},
                           {"currency", asked["currency"]}};
        answer =
            Json{{"status", 201}, {"headers", Json::object()}, {"body", payment.dump()}}.dump();
        theirs_ += Clock::now() - begun;
        return LIVERY_OK;
    }
    void Log(int, std::string_view) override {}
    Clock::duration theirs() const { return theirs_; }

 private:
    Clock::duration theirs_{};
};

GatewayPool::Wanted Wanted(Isolation isolation, const std::string& tenant) {
    GatewayPool::Wanted wanted;
    wanted.owner = tenant + "/cards";
    wanted.key = wanted.owner;
    wanted.group = isolation == Isolation::kNone ? "inside" : "helpers";
    wanted.file = LIVERY_BINARY_DIR "/gateways/sandbox.so";
    wanted.config = Json{
        {"base_url", "http://127.0.0.1:1"},
        {"merchant", tenant},
        {"api_key", "k"},
        {"hook_key",
         "h"}}.dump();
    wanted.isolation = isolation;
    wanted.parallel = 64;
    return wanted;
}

// One payment; the time that was ours, or nullopt when it was not paid as it was asked.
std::optional<Clock::duration> Pay(GatewayPool& pool, const GatewayPool::Wanted& wanted,
                                   const std::string& reference, std::int64_t minor) {
    const std::string message = Json{
        {"idempotency_key", "key-" + reference},
        {"reference", reference},
        {"amount", {{"minor", minor}, {"currency", "EUR"}}},
        {"capture", "automatic"},
        {"initiator", "customer"},
        {"method", {{"token", "tok_ok"}}},
        {"locale", "de"}}.dump();
    gateways::GatewayInstance::Call call;
    call.operation = "payment.start/1";
    call.body = message;
    call.deadline = std::chrono::system_clock::now() + std::chrono::seconds(20);
    TakesAll desk;
    const auto begun = Clock::now();
    const auto outcome = pool.Call(wanted, call, begun + std::chrono::seconds(20), desk);
    const auto took = Clock::now() - begun - desk.theirs();
    if (outcome.end != GatewayPool::Outcome::End::kAnswered || outcome.answer.code != LIVERY_OK)
        return std::nullopt;
    const Json result = Json::parse(outcome.answer.text);
    const bool ours = result["state"] == "captured" && result["amount"]["minor"] == minor &&
                      result["provider_id"] == "pay_" + reference;
    return ours ? std::optional(took) : std::nullopt;
}

// This process and its helpers, in KiB.
std::size_t ResidentOfAll(int helpers_of) {
    std::size_t total = ResidentKib();
    std::ifstream children(fmt::format("/proc/{0}/task/{0}/children", helpers_of));
    for (int pid = 0; children >> pid;) {
        std::ifstream status(fmt::format("/proc/{}/status", pid));
        for (std::string line; std::getline(status, line);)
            if (line.starts_with("VmRSS:")) total += std::stoul(line.substr(6));
    }
    return total;
}

double Microseconds(Clock::duration duration) {
    return std::chrono::duration<double, std::micro>(duration).count();
}

Json Latencies(std::vector<Clock::duration> all) {
    std::sort(all.begin(), all.end());
    const auto at = [&](double share) {
        return Microseconds(
            all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1))]);
    };
    return {{"p50_us", at(0.5)}, {"p99_us", at(0.99)}, {"most_us", at(1)}};
}

// One after the other; memory after a tenth of them and at the end.
Json OneAfterTheOther(GatewayPool& pool, Isolation isolation, int calls) {
    const auto wanted = Wanted(isolation, "harbor");
    for (int call = 0; call < 50; ++call) Pay(pool, wanted, fmt::format("warm-{}", call), 100);
    std::vector<Clock::duration> all;
    std::size_t early = 0;
    int wrong = 0;
    for (int call = 0; call < calls; ++call) {
        const auto took = Pay(pool, wanted, fmt::format("r-{}", call), 100 + call);
        took ? all.push_back(*took) : void(++wrong);
        if (call == calls / 10) early = ResidentOfAll(::getpid());
    }
    Json found = Latencies(std::move(all));
    found["wrong"] = wrong;
    found["resident_early_kib"] = early;
    found["resident_end_kib"] = ResidentOfAll(::getpid());
    return found;
}

// 64 at a time, of two tenants: every answer must be that of its own question.
Json SixtyFourAtATime(GatewayPool& pool, Isolation isolation, int calls) {
    std::atomic<int> wrong{0};
    const auto begun = Clock::now();
    std::vector<std::thread> threads;
    for (int one = 0; one < 64; ++one) {
        threads.emplace_back([&, one] {
            const auto wanted = Wanted(isolation, one % 2 == 0 ? "harbor" : "lumen");
            for (int call = 0; call < calls / 64; ++call)
                if (!Pay(pool, wanted, fmt::format("p-{}-{}", one, call), 1000 * one + call + 1))
                    ++wrong;
        });
    }
    for (std::thread& thread : threads) thread.join();
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    return {{"wrong", wrong.load()}, {"calls_per_second", (calls / 64) * 64 / seconds}};
}

}  // namespace

}  // namespace livery::bench

int main(int argc, char** argv) {
    using namespace livery::bench;
    const int calls = argc > 1 ? std::stoi(argv[1]) : 10'000;
    Json all;
    for (const auto& [name, isolation] :
         {std::pair{"inside", Isolation::kNone}, std::pair{"helper", Isolation::kProcess}}) {
        GatewayPool pool(LIVERY_BINARY_DIR "/livery-plugin-host");
        all[name] = OneAfterTheOther(pool, isolation, calls);
        all[name]["parallel"] = SixtyFourAtATime(pool, isolation, calls);
    }
    std::printf("%s\n", all.dump(2).c_str());
    return 0;
}
