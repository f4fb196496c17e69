#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "process/child_process.h"

namespace livery::process {

// Keeps one program running: starts it, and starts it again when it ends, after 100 ms, 200 ms, …
// at most 10 s (reset once it has run for a minute). Owns a thread, from which the child is
// started. Thread: any.
class Supervisor {
 public:
    struct Options {
        std::string name;                         // for messages: "mariadbd"
        std::function<Command()> command;         // asked before every start
        std::function<void(std::string)> report;  // told of every unexpected end and failed start
        int stop_signal = 15;
        std::chrono::milliseconds stop_grace{10'000};
    };

    // Starts the program; throws std::system_error when the first start fails.
    explicit Supervisor(Options options);
    ~Supervisor();  // Stop()

    void Stop();  // stops the program and the thread; idempotent
    void Signal(int signal);
    pid_t pid() const { return pid_; }  // 0 while it is down
    int restarts() const { return restarts_; }

 private:
    void Run();
    bool RunOnce(bool first);
    bool SleepOrStop(std::chrono::milliseconds delay);

    Options options_;
    std::atomic<pid_t> pid_{0};
    std::atomic<int> restarts_{0};
    std::mutex mutex_;  // guards the fields below
    std::condition_variable changed_;
    bool stopping_ = false;
    bool started_ = false;
    std::exception_ptr first_failure_;
    std::thread thread_;
};

}  // namespace livery::process
