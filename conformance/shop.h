#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "adapters/system_clock.h"
#include "conformance/double.h"
#include "conformance/wire_fault.h"
#include "gateways/gateway_files.h"
#include "gateways/gateway_pool.h"
#include "gateways/helper_process.h"
#include "gateways/send_fence.h"

namespace livery::conformance {

// What a call came to, by the host's rules (core/gateways/README.md).
struct Reply {
    enum class Fate { kAnswered, kNothingSent, kUnknown };
    Fate fate = Fate::kUnknown;
    Json message = Json::object();  // of kAnswered: the result, as its schema has it
    std::string fault;              // of the others
    std::int32_t code = 0;          // of abi.h; 0 also when the helper ended
    bool alive = true;              // the helper is

    bool answered() const { return fate == Fate::kAnswered; }
    std::string state() const { return answered() ? message.value("state", "") : ""; }
    std::string category() const;
    std::string Words() const;  // for a report
};

// A request that left, or should have.
struct Sent {
    std::string method;
    std::string url;
    std::string key;  // the header that carries the idempotency key
    std::string body;
    bool operator==(const Sent&) const = default;
};

// One tenant with the gateway under test, which runs in the real helper as it is shipped, against a
// double of its provider. Thread: one.
class Shop {
 public:
    struct Options {
        std::string file;            // the gateway
        std::string helper_program;  // livery-plugin-host; livery-vandal.so stands beside it
    };
    // Throws std::runtime_error when the file cannot be used at all, or the double has no method
    // that pays: whatever a check asks of it would then be no question.
    Shop(Options options, Double& provider);
    ~Shop();
    // Another tenant with the same file, which is not looked at again, and nothing else in common.
    std::unique_ptr<Shop> Neighbour() const;

    // Which request of a call meets with what; the others go through.
    struct Plan {
        std::size_t request = 0;  // 0 is the first
        const WireFault* fault = nullptr;
        // What is done to the helper once the provider has answered that request.
        std::function<void(pid_t helper)> strike = {};
    };
    Reply Call(const std::string& operation, const Json& message, Plan plan);
    Reply Call(const std::string& operation, const Json& message) {
        return Call(operation, message, Plan{});
    }
    // With another configuration, or none of the schema's checks: what a helper makes of it.
    Reply CallWith(const Json& config, const std::string& operation, const Json& message);

    // As one call of many that may run at once in the workers of a host's pool, as many as there
    // are callers: any of them may have served another shop before.
    Reply CallThrough(gateways::GatewayPool& pool, const std::string& operation,
                      const Json& message);

    // The instance is made anew; the answer is that of making it.
    Reply Recreate(const Json& config);
    // The helper ends as if it had crashed, or the host with it: nothing is remembered.
    void Crash();

    // All that the gateway remembers now.
    const std::map<std::string, std::string>& kept() const { return *store_; }
    // What the gateway remembers it has in common with that one, as two processes of one host.
    void ShareMemory(const Shop& other) { store_ = other.store_; }

    bool wrong_secrets = false;    // every secret is another than the provider's
    std::int64_t clock_shift = 0;  // seconds, of the time that the gateway is told

    // Of the last call.
    const std::vector<Sent>& sent() const { return sent_; }
    // Answers of the host's services to the last call, by their order; while `replay` is set the
    // gateway gets these and nothing is sent.
    using Served = std::vector<std::pair<std::int32_t, std::string>>;
    const Served& served() const { return served_; }
    const Served* replay = nullptr;
    // What the last call took beside the services that it asked for.
    std::chrono::nanoseconds own_time() const { return own_time_; }
    // Of it, what a processor was at work for the gateway: the same on a machine that is busy.
    std::chrono::nanoseconds own_work() const { return own_work_; }
    std::int64_t resident_bytes();  // of the helper
    pid_t helper();                 // runs
    // What the gateway ever wrote to the log, or gave as its fault.
    const std::string& logged() const { return logged_; }
    // What webhooks named: our reference to the provider's id.
    std::map<std::string, std::string> told;
    // For the report: what a check that passed saw.
    std::string seen;
    // Everything that the gateway ever said: answers, log lines, requests without their secrets.
    const std::string& said() const { return said_; }

    const std::string& sha256() const { return file_.sha256; }
    const gateways::GatewayManifest& manifest() const { return file_.manifest; }
    const Options& options() const { return options_; }
    bool Can(const char* word) const { return file_.manifest.can.contains(word); }
    bool Takes(const std::string& currency) const;
    Double& provider() { return provider_; }
    std::string NewReference();
    std::int64_t Now() const;  // Unix seconds of this machine

    std::chrono::milliseconds limit{10'000};  // of a call

 private:
    friend class Desk;
    Shop(Options options, Double& provider, gateways::GatewayFile file);
    void StartHelper();
    Json WithOwner(Json message) const;
    Reply Invoke(const std::string& config, const std::string& operation, const Json& message,
                 Plan plan);
    Reply ReplyTo(const std::string& operation, bool alive,
                  const gateways::GatewayInstance::Answer& answer,
                  const gateways::SendFence& fence);

    Options options_;
    Double& provider_;
    gateways::GatewayFile file_;
    http::Client client_;
    std::unique_ptr<gateways::HelperProcess> helper_;
    std::set<std::string> made_;  // instances of the helper, by their configuration
    std::vector<Sent> sent_;
    std::string said_;
    std::string logged_;
    Served served_;
    std::chrono::nanoseconds own_time_{0};
    std::chrono::nanoseconds own_work_{0};
    std::shared_ptr<std::map<std::string, std::string>> store_ =
        std::make_shared<std::map<std::string, std::string>>();
    adapters::SystemClock clock_;
    int references_ = 0;
};

}  // namespace livery::conformance
