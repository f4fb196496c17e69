#include "process/supervisor.h"

#include <algorithm>
#include <exception>

#include <fmt/format.h>
#include <signal.h>

namespace livery::process {

Supervisor::Supervisor(Options options) : options_(std::move(options)) {
    thread_ = std::thread([this] { Run(); });
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return started_; });
    if (first_failure_) {
        lock.unlock();
        thread_.join();
        std::rethrow_exception(first_failure_);
    }
}

Supervisor::~Supervisor() { Stop(); }

void Supervisor::Stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Supervisor::Signal(int signal) {
    const pid_t pid = pid_;
    if (pid > 0) ::kill(pid, signal);
}

bool Supervisor::SleepOrStop(std::chrono::milliseconds delay) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, delay, [this] { return stopping_; });
}

// One life of the program. False when it must not be started again.
bool Supervisor::RunOnce(bool first) {
    try {
        ChildProcess child = ChildProcess::Start(options_.command());
        pid_ = child.pid();
        {
            const std::lock_guard lock(mutex_);
            started_ = true;
        }
        changed_.notify_all();
        while (!child.WaitFor(std::chrono::milliseconds(0))) {
            if (!SleepOrStop(std::chrono::milliseconds(50))) continue;
            child.Stop(options_.stop_signal, options_.stop_grace);
            pid_ = 0;
            return false;
        }
        pid_ = 0;
        const int status = *child.WaitFor(std::chrono::milliseconds(0));
        options_.report(
            fmt::format("{} {}; starting it again", options_.name, DescribeStatus(status)));
    } catch (const std::exception& failure) {
        const std::lock_guard lock(mutex_);
        if (first) {
            first_failure_ = std::current_exception();
            started_ = true;
            changed_.notify_all();
            return false;
        }
        options_.report(fmt::format("{} cannot be started: {}", options_.name, failure.what()));
    }
    return true;
}

void Supervisor::Run() {
    constexpr std::chrono::milliseconds kFirstDelay{100};
    constexpr std::chrono::milliseconds kLongestDelay{10'000};
    auto delay = kFirstDelay;
    for (bool first = true;; first = false) {
        const auto begun = std::chrono::steady_clock::now();
        if (!RunOnce(first)) return;
        if (std::chrono::steady_clock::now() - begun > std::chrono::minutes(1)) delay = kFirstDelay;
        if (SleepOrStop(delay)) return;
        delay = std::min(delay * 2, kLongestDelay);
        ++restarts_;
    }
}

}  // namespace livery::process
