#include "jobs/heartbeat.h"

#include <chrono>
#include <exception>

#include "log/log.h"

namespace livery::jobs {

Heartbeat::Heartbeat(std::function<void()> renew)
    : renew_(std::move(renew)), thread_([this] { Run(); }) {}

Heartbeat::~Heartbeat() {
    {
        const std::lock_guard lock(mutex_);
        over_ = true;
    }
    stop_.notify_all();
    thread_.join();
}

void Heartbeat::Run() {
    std::unique_lock lock(mutex_);
    while (!stop_.wait_for(lock, std::chrono::seconds(15), [this] { return over_; })) {
        try {
            renew_();
        } catch (const std::exception& failure) {
            log::Write(log::Level::kWarn, "job.not_renewed", {{"what", failure.what()}});
        }
    }
}

}  // namespace livery::jobs
