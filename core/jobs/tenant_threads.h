#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <tuple>
#include <vector>

#include <livery/ports/tenant_time.h>

#include "jobs/recurring_runs.h"
#include "tenancy/house.h"

namespace livery::jobs {

// The threads of a serving host that run recurring jobs, of every tenant, when their time has come.
// There are a few, so that one tenant's job that waits for somebody holds up no other tenant. Jobs
// under way when this is destroyed are finished first.
class RecurringRunner {
 public:
    static constexpr int kThreads = 4;
    RecurringRunner(RecurringRuns& runs, TenantTime& time, const tenancy::HouseKeeper& houses);
    ~RecurringRunner();

 private:
    using Clock = std::chrono::steady_clock;
    // When this host looks next; whether it is due then, the database says.
    struct Slot {
        Clock::time_point next{};
        bool running = false;
    };
    using Key = std::tuple<std::string, std::size_t>;  // tenant, which of the jobs

    void Run();
    void FollowHouse();
    std::map<Key, Slot>::iterator Earliest();
    void RunOne(const Key& key, const tenancy::House& house);

    RecurringRuns& runs_;
    TenantTime& time_;
    const tenancy::HouseKeeper& houses_;
    std::mutex mutex_;  // guards those below
    std::condition_variable changed_;
    bool stopping_ = false;
    std::shared_ptr<const tenancy::House> house_;
    std::map<Key, Slot> slots_;
    std::vector<std::thread> threads_;
};

}  // namespace livery::jobs
