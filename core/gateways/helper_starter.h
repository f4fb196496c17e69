#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>

#include "gateways/helper_process.h"

namespace livery::gateways {

// Starts helper processes from one thread that lives as long as they: the kernel ends a child with
// the thread that started it, and callers' threads come and go. The thread begins with the first
// start. Thread: any.
class HelperStarter {
 public:
    using Started = Result<std::unique_ptr<HelperProcess>>;

    HelperStarter() = default;
    ~HelperStarter();
    HelperStarter(const HelperStarter&) = delete;
    HelperStarter& operator=(const HelperStarter&) = delete;

    // As HelperProcess::Start. Whoever asks waits himself, until `deadline` at most, for a file
    // that is slow to open: nobody else does.
    Started Start(const HelperProcess::Options& options, HelperProcess::Clock::time_point deadline);

 private:
    Started Launch(const HelperProcess::Options& options);
    void Run();

    std::mutex mutex_;  // guards those below
    std::condition_variable changed_;
    std::queue<std::function<void()>> wanted_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace livery::gateways
