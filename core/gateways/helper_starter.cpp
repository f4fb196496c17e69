#include "gateways/helper_starter.h"

#include <algorithm>
#include <future>

namespace livery::gateways {

HelperStarter::~HelperStarter() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

HelperStarter::Started HelperStarter::Start(const HelperProcess::Options& options,
                                            HelperProcess::Clock::time_point deadline) {
    auto helper = LIVERY_TRY(Launch(options));
    const auto limit = std::min(deadline, HelperProcess::Clock::now() + options.start_limit);
    const std::string wrong = helper->AwaitReady(options, limit);
    if (!wrong.empty()) return Error{ErrorCode::kUnavailable, wrong, {}};
    return helper;
}

HelperStarter::Started HelperStarter::Launch(const HelperProcess::Options& options) {
    std::promise<Started> promise;
    auto started = promise.get_future();
    {
        const std::lock_guard lock(mutex_);
        if (!thread_.joinable()) thread_ = std::thread([this] { Run(); });
        wanted_.emplace([&] { promise.set_value(HelperProcess::Launch(options)); });
    }
    changed_.notify_all();
    return started.get();
}

void HelperStarter::Run() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stopping_ || !wanted_.empty(); });
        if (wanted_.empty()) return;
        const auto start = std::move(wanted_.front());
        wanted_.pop();
        lock.unlock();
        start();
        lock.lock();
    }
}

}  // namespace livery::gateways
