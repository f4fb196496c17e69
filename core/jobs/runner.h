#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "jobs/daily_runs.h"
#include "tenancy/house.h"

namespace livery::jobs {

// Runs what is due, of every tenant, in a thread of its own. A job under way when this is destroyed
// is finished first.
class Runner {
 public:
    Runner(DailyRuns& runs, TenantTime& time, const tenancy::HouseKeeper& houses);
    ~Runner();

 private:
    void Run();
    void Round();
    bool stopping();

    DailyRuns& runs_;
    TenantTime& time_;
    const tenancy::HouseKeeper& houses_;
    std::mutex mutex_;  // guards stopping_
    std::condition_variable stop_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace livery::jobs
