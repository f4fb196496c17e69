#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace livery::jobs {

// Renews the lease of a run every fifteen seconds for as long as it lives. A renewal that throws is
// logged; the next may work.
class Heartbeat {
 public:
    explicit Heartbeat(std::function<void()> renew);
    ~Heartbeat();
    Heartbeat(const Heartbeat&) = delete;
    Heartbeat& operator=(const Heartbeat&) = delete;

 private:
    void Run();

    std::function<void()> renew_;
    std::mutex mutex_;  // guards over_
    std::condition_variable stop_;
    bool over_ = false;
    std::thread thread_;
};

}  // namespace livery::jobs
