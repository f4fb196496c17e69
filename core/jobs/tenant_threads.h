#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "tenancy/house.h"

namespace livery::jobs {

// What a host does for its tenants every so often; what is due then, the database says.
struct TenantWork {
    std::string plugin;  // of the tenants that have it; "" = of all
    std::chrono::seconds every{};
    std::function<void(const Tenant&)> run;
};

// The threads of a serving host that do so. There are a few, so that work of one tenant that takes
// long, or waits for somebody, holds up no other tenant: as long as fewer wait than there are
// threads. Work under way when this is destroyed is finished first.
class TenantThreads {
 public:
    TenantThreads(std::vector<TenantWork> works, int threads, const tenancy::HouseKeeper& houses);
    ~TenantThreads();

 private:
    using Clock = std::chrono::steady_clock;
    // When this host looks next.
    struct Slot {
        Clock::time_point next{};
        bool running = false;
    };
    using Key = std::tuple<std::string, std::size_t>;  // tenant, which of the works

    void Run();
    void FollowHouse();
    std::map<Key, Slot>::iterator Earliest();
    void RunOne(const Key& key, const tenancy::House& house);

    const std::vector<TenantWork> works_;
    const tenancy::HouseKeeper& houses_;
    std::mutex mutex_;  // guards those below
    std::condition_variable changed_;
    bool stopping_ = false;
    std::shared_ptr<const tenancy::House> house_;
    std::map<Key, Slot> slots_;
    std::vector<std::thread> threads_;
};

}  // namespace livery::jobs
