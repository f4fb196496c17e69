#include "jobs/runner.h"

#include "log/log.h"

namespace livery::jobs {

Runner::Runner(DailyRuns& runs, TenantTime& time, const tenancy::HouseKeeper& houses)
    : runs_(runs), time_(time), houses_(houses), thread_([this] { Run(); }) {}

Runner::~Runner() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    stop_.notify_all();
    thread_.join();
}

bool Runner::stopping() {
    const std::lock_guard lock(mutex_);
    return stopping_;
}

// One tenant that cannot be served stops no other.
void Runner::Round() {
    const auto house = houses_.Current();
    for (const auto& [id, site] : house->sites) {
        if (stopping()) return;
        try {
            runs_.RunDue(site->tenant, time_.Now(site->tenant));
        } catch (const std::exception& failure) {
            log::Write(log::Level::kError, "job.round_failed",
                       {{"tenant", id}, {"what", failure.what()}});
        }
    }
}

void Runner::Run() {
    constexpr std::chrono::seconds kEvery{20};
    std::unique_lock lock(mutex_);
    do {
        lock.unlock();
        Round();
        lock.lock();
    } while (!stop_.wait_for(lock, kEvery, [this] { return stopping_; }));
}

}  // namespace livery::jobs
