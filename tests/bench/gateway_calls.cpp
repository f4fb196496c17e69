// What the house adds to a payment at a provider: the sandbox's gateway in this process and in its
// helper, its requests answered at once from memory, so that all that is measured is ours; and the
// whole of a call of the host (tenant_calls.h). Prints one JSON object. gateway_calls [CALLS]
#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <livery/gateway/abi.h>
#include <livery/json.h>

#include "cost.h"
#include "gateways/gateway_pool.h"
#include "hand_over.h"
#include "provider_words.h"
#include "tenant_calls.h"

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
    explicit TakesAll(const Json& question) : question_(question) {}
    std::int32_t Serve(std::string_view, std::string_view request, std::string& answer) override {
        const auto begun = Clock::now();
        const Json asked = Json::parse(request);
        // Of a payment that begins what was sent, so that crosstalk would show.
        const Json words = asked["path"] == "/v1/payments" && asked["method"] == "POST"
                               ? asked["body"]
                               : TheirWords(question_);
        const Json body = TheirAnswer(asked["path"].get<std::string>(), words);
        answer = Json{{"status", 201}, {"headers", Json::object()}, {"body", body.dump()}}.dump();
        theirs_ += Clock::now() - begun;
        return LIVERY_OK;
    }
    void Log(int, std::string_view) override {}
    Clock::duration theirs() const { return theirs_; }

 private:
    const Json& question_;
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

// One call; the time that was ours, or nullopt when the answer is not what was asked for.
std::optional<Clock::duration> Ask(GatewayPool& pool, const GatewayPool::Wanted& wanted,
                                   std::string_view operation, const Json& question) {
    const std::string message = question.dump();
    gateways::GatewayInstance::Call call;
    call.operation = operation;
    call.body = message;
    call.deadline = std::chrono::system_clock::now() + std::chrono::seconds(20);
    TakesAll desk(question);
    const auto begun = Clock::now();
    const auto outcome = pool.Call(wanted, call, begun + std::chrono::seconds(20), desk);
    const auto took = Clock::now() - begun - desk.theirs();
    if (outcome.end != GatewayPool::Outcome::End::kAnswered || outcome.answer.code != LIVERY_OK)
        return std::nullopt;
    return IsAnswerTo(operation, question, Json::parse(outcome.answer.text)) ? std::optional(took)
                                                                             : std::nullopt;
}

// Its helpers. They are children of the thread that started them, whichever it was.
std::vector<int> ChildrenOf(int process) {
    std::vector<int> pids;
    for (const auto& task :
         std::filesystem::directory_iterator(fmt::format("/proc/{}/task", process))) {
        std::ifstream children(task.path() / "children");
        for (int pid = 0; children >> pid;) pids.push_back(pid);
    }
    return pids;
}

// In KiB, this process and the largest of its helpers.
struct Resident {
    std::size_t host = ResidentKib();
    std::size_t helper = LargestHelper();

    static std::size_t LargestHelper() {
        std::size_t largest = 0;
        for (const int pid : ChildrenOf(::getpid())) {
            std::ifstream status(fmt::format("/proc/{}/status", pid));
            for (std::string line; std::getline(status, line);)
                if (line.starts_with("VmRSS:"))
                    largest = std::max<std::size_t>(largest, std::stoul(line.substr(6)));
        }
        return largest;
    }
};

// Both must be flat: neither has more than so many KiB more at the end.
constexpr std::size_t kMostGrowthKib = 2 << 10;

bool HasGrown(std::string_view what, std::size_t early, std::size_t end) {
    if (end <= early + kMostGrowthKib) return false;
    fmt::print(stderr, "WRONG: the {} grew from {} to {} KiB; {} more are allowed\n", what, early,
               end, kMostGrowthKib);
    return true;
}

// One after the other; memory after a tenth of them and before the last hundredth. A helper serves
// a thousand calls: of 10,000 the first figure is that of a young one, the second of an old one, so
// that what it leaks is not taken away with it.
Json OneAfterTheOther(GatewayPool& pool, Isolation isolation, std::string_view operation,
                      int calls) {
    const auto wanted = Wanted(isolation, "harbor");
    for (int call = 0; call < 50; ++call)
        Ask(pool, wanted, operation, QuestionOf(operation, fmt::format("warm-{}", call), 100));
    std::vector<Clock::duration> all;
    std::optional<Resident> early;
    std::optional<Resident> end;
    int wrong = 0;
    for (int call = 0; call < calls; ++call) {
        const Json question = QuestionOf(operation, fmt::format("r-{}", call), 100 + call);
        const auto took = Ask(pool, wanted, operation, question);
        took ? all.push_back(*took) : void(++wrong);
        if (call == calls / 10) early.emplace();
        if (call == calls - 1 - calls / 100) end.emplace();
    }
    wrong += HasGrown(fmt::format("host of {}", operation), early->host, end->host) ? 1 : 0;
    wrong += HasGrown(fmt::format("helper of {}", operation), early->helper, end->helper) ? 1 : 0;
    Json found = Latencies(std::move(all));
    found["wrong"] = wrong;
    found["resident_early_kib"] = early->host + early->helper;
    found["resident_end_kib"] = end->host + end->helper;
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
                if (!Ask(pool, wanted, kStart,
                         QuestionOf(kStart, fmt::format("p-{}-{}", one, call),
                                    1000 * one + call + 1)))
                    ++wrong;
        });
    }
    for (std::thread& thread : threads) thread.join();
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    return {{"wrong", wrong.load()}, {"calls_per_second", (calls / 64) * 64 / seconds}};
}

// A helper is struck; from then to the answer of the next call, which needs another one.
Json Restarts(int times) {
    GatewayPool pool(LIVERY_BINARY_DIR "/livery-plugin-host");
    const auto wanted = Wanted(Isolation::kProcess, "harbor");
    std::vector<Clock::duration> all;
    int wrong = 0;
    for (int one = 0; one < times; ++one) {
        const Json question = QuestionOf(kStart, fmt::format("k-{}", one), 100 + one);
        if (!Ask(pool, wanted, kStart, question)) ++wrong;
        const auto begun = Clock::now();
        for (const int helper : ChildrenOf(::getpid())) {
            ::kill(helper, SIGKILL);
            siginfo_t ended;  // not reaped: that is the pool's
            ::waitid(P_PID, static_cast<id_t>(helper), &ended, WEXITED | WNOWAIT);
        }
        if (!Ask(pool, wanted, kStart, question)) ++wrong;
        all.push_back(Clock::now() - begun);
    }
    Json found = Latencies(std::move(all));
    found["wrong"] = wrong;
    return found;
}

bool AnyWrong(const Json& found) {
    if (!found.is_object()) return false;
    if (found.value("wrong", 0) != 0) return true;
    return std::any_of(found.begin(), found.end(), [](const Json& one) { return AnyWrong(one); });
}

}  // namespace

}  // namespace livery::bench

int main(int argc, char** argv) {
    using namespace livery::bench;
    const int calls = argc > 1 ? std::stoi(argv[1]) : 10'000;
    Json all{{"bare", BareHandOvers(calls)}};
    for (const auto& [name, isolation] :
         {std::pair{"inside", Isolation::kNone}, std::pair{"helper", Isolation::kProcess}}) {
        GatewayPool pool(LIVERY_BINARY_DIR "/livery-plugin-host");
        all[name] = OneAfterTheOther(pool, isolation, kStart, calls);
        all[name]["parallel"] = SixtyFourAtATime(pool, isolation, calls);
        all[name]["lookup"] = OneAfterTheOther(pool, isolation, kLookup, calls);
        all[name]["refund"] = OneAfterTheOther(pool, isolation, kRefund, calls);
        all[name]["whole"] = TenantCalls(isolation, calls);
    }
    all["restart"] = Restarts(200);
    std::printf("%s\n", all.dump(2).c_str());
    // A figure of answers that belong to other questions is worth nothing, nor is one that is
    // bought with memory.
    return AnyWrong(all) ? 1 : 0;
}
