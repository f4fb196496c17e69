#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "gateways/breaker.h"
#include "gateways/gateway_files.h"
#include "gateways/gateway_worker.h"
#include "gateways/helper_starter.h"
#include "tenancy/gateway_config.h"

namespace livery::gateways {

// Lends workers to calls. Workers of one group run the same file within the same limits; a call
// gets a free one that knows its instance, else any free one, else a new one; and waits where its
// gateway has as many calls as may run at once. A worker that died is replaced when next one is
// wanted, one that has served many calls before something in it grows old. One in this process that
// is given up keeps its thread, so its gateway is out of order at once; with kMostLost of them,
// until one comes back or the host is started again. Thread: any; what a call asks of the host runs
// on its caller's.
class GatewayPool {
 public:
    using Clock = GatewayWorker::Clock;
    using Isolation = tenancy::ConfiguredGateway::Isolation;
    static constexpr std::size_t kMostLost = 5;  // threads, of one owner

    struct Wanted {
        std::string owner;  // of breaker and `parallel`: one gateway of one tenant
        std::string key;    // of the instance; another configuration has another
        std::string group;  // workers that it may share
        std::string file;
        std::string config;
        Isolation isolation = Isolation::kProcess;
        int memory_mib = 128;
        int parallel = 8;
        std::shared_ptr<const OpenFile> opened = nullptr;  // of `file`; nullptr: by its path
        std::chrono::milliseconds start_limit{5'000};      // of a process that is started for it
    };
    struct Outcome {
        enum class End {
            kAnswered,    // `answer`, whose code may be a fault
            kOutOfOrder,  // was not called: it broke too often of late
            kBusy,        // was not called: none was free in time
            kNoWorker,    // was not called: its process cannot be started
            kDied,
            kTooLate,
        };
        End end = End::kNoWorker;
        GatewayInstance::Answer answer;
        std::string why;  // of all but kAnswered
    };

    explicit GatewayPool(std::string helper_program) : helper_program_(std::move(helper_program)) {}

    Outcome Call(const Wanted& wanted, const GatewayInstance::Call& call,
                 Clock::time_point deadline, ServiceDesk& desk);
    // These instances may still be called; workers that hold others end, now or after their call.
    void KeepOnly(std::set<std::string> keys);
    std::string OutOfOrder(const std::string& owner);
    // Processes that may be called now, for tests and measurements.
    std::size_t workers();

 private:
    using Worker = std::unique_ptr<GatewayWorker>;
    struct Group {
        std::vector<Worker> free;
        int lent = 0;
    };
    struct Owner {
        int running = 0;
        Breaker breaker;
        std::vector<Worker> lost;  // calls that were given up, and are still under way
        std::string OutOfOrder(Clock::time_point now);
    };

    bool WaitForTurn(std::unique_lock<std::mutex>& lock, Owner& owner, const Wanted& wanted,
                     Clock::time_point deadline);
    Worker TakeFree(Group& group, const std::string& key);
    Result<Worker> Make(const Wanted& wanted, Clock::time_point deadline);
    bool IsWorn(GatewayWorker& worker) const;
    void GiveBack(const Wanted& wanted, Worker worker, const Outcome& outcome);

    std::string helper_program_;
    HelperStarter starter_;
    std::mutex mutex_;  // guards those below
    std::condition_variable changed_;
    std::map<std::string, Group> groups_;
    std::map<std::string, Owner> owners_;
    std::vector<Worker> dying_;  // nobody waits for them
    std::set<std::string> kept_;
    bool keeps_all_ = true;
};

}  // namespace livery::gateways
