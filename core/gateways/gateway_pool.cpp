#include "gateways/gateway_pool.h"

#include <algorithm>

#include <fmt/format.h>

#include "host/shared_library.h"
#include "log/log.h"

namespace livery::gateways {

namespace {

constexpr int kMostCalls = 1000;  // of one worker, before another takes its place

using End = GatewayPool::Outcome::End;

End EndOf(HelperProcess::End end) {
    switch (end) {
        case HelperProcess::End::kAnswered:
            return End::kAnswered;
        case HelperProcess::End::kDied:
            return End::kDied;
        case HelperProcess::End::kTooLate:
            return End::kTooLate;
    }
    return End::kDied;
}

// What the gateway itself did wrong; a provider that does not answer is none of it.
std::string FaultOf(const GatewayPool::Outcome& outcome) {
    if (outcome.end == End::kDied || outcome.end == End::kTooLate || outcome.end == End::kNoWorker)
        return outcome.why;
    const bool broke =
        outcome.end == End::kAnswered &&
        (outcome.answer.code == LIVERY_PLUGIN_FAULT || outcome.answer.code == LIVERY_BAD_MESSAGE);
    return broke ? "it gives no answers" : "";
}

GatewayPool::Outcome NotCalled(End end, std::string why) { return {end, {}, std::move(why)}; }

}  // namespace

std::string GatewayPool::Owner::OutOfOrder(Clock::time_point now) {
    std::erase_if(lost, [](const Worker& worker) { return !worker->Stuck(); });
    if (lost.size() < kMostLost) return breaker.OutOfOrder(now);
    return fmt::format("{} calls of it never came back: the host must be started again",
                       lost.size());
}

// False: the deadline passed first.
bool GatewayPool::WaitForTurn(std::unique_lock<std::mutex>& lock, Owner& owner,
                              const Wanted& wanted, Clock::time_point deadline) {
    if (!changed_.wait_until(lock, deadline, [&] { return owner.running < wanted.parallel; }))
        return false;
    ++owner.running;
    return true;
}

// One that knows the instance, else any; nullptr: none is free. What died meanwhile goes.
GatewayPool::Worker GatewayPool::TakeFree(Group& group, const std::string& key) {
    std::erase_if(group.free, [](const Worker& worker) { return !worker->Alive(); });
    if (group.free.empty()) return nullptr;
    auto best = std::find_if(group.free.begin(), group.free.end(), [&](const Worker& worker) {
        return worker->instances().contains(key);
    });
    if (best == group.free.end()) best = std::prev(best);
    Worker worker = std::move(*best);
    group.free.erase(best);
    return worker;
}

Result<GatewayPool::Worker> GatewayPool::Make(const Wanted& wanted, Clock::time_point deadline) {
    if (wanted.isolation == Isolation::kNone)
        return MakeWorkerInside(*LIVERY_TRY(host::OpenGateway(wanted.file)));
    HelperProcess::Options options{helper_program_, wanted.file, wanted.memory_mib};
    options.start_limit = wanted.start_limit;
    if (wanted.opened != nullptr) options.descriptor = wanted.opened->descriptor;
    auto helper = LIVERY_TRY(starter_.Start(options, deadline));
    return MakeHelperWorker(std::move(helper));
}

bool GatewayPool::IsWorn(GatewayWorker& worker) const {
    if (worker.calls() >= kMostCalls || worker.Worn() || !worker.Alive()) return true;
    return !keeps_all_ && !std::includes(kept_.begin(), kept_.end(), worker.instances().begin(),
                                         worker.instances().end());
}

void GatewayPool::GiveBack(const Wanted& wanted, Worker worker, const Outcome& outcome) {
    {
        const std::lock_guard lock(mutex_);
        std::erase_if(dying_, [](const Worker& dying) { return dying->Gone(); });
        Owner& owner = owners_[wanted.owner];
        --owner.running;
        const std::string fault = FaultOf(outcome);
        fault.empty() ? owner.breaker.Worked() : owner.breaker.Broke(Clock::now(), fault);
        Group& group = groups_[wanted.group];
        --group.lent;
        if (worker != nullptr && worker->Stuck()) {
            owner.breaker.Trip(Clock::now(), fault);
            owner.lost.push_back(std::move(worker));
            log::Write(log::Level::kError, "gateway.lost_thread",
                       {{"gateway", wanted.owner}, {"lost", std::to_string(owner.lost.size())}});
        } else if (worker != nullptr && !IsWorn(*worker)) {
            group.free.push_back(std::move(worker));
        } else if (worker != nullptr) {
            worker->Abandon();
            if (!worker->Gone()) dying_.push_back(std::move(worker));
        }
    }
    changed_.notify_all();
    // What was not given back ends here, outside of the lock.
}

GatewayPool::Outcome GatewayPool::Call(const Wanted& wanted, const GatewayInstance::Call& call,
                                       Clock::time_point deadline, ServiceDesk& desk) {
    Worker worker;
    {
        std::unique_lock lock(mutex_);
        Owner& owner = owners_[wanted.owner];
        // Looked at first: who is admitted must come to an end.
        if (owner.OutOfOrder(Clock::now()) != "" || !owner.breaker.Admit(Clock::now()))
            return NotCalled(End::kOutOfOrder, "it is out of order for a while");
        if (!WaitForTurn(lock, owner, wanted, deadline)) {
            owner.breaker.Withdraw();
            return NotCalled(End::kBusy, "none of it was free in time");
        }
        Group& group = groups_[wanted.group];
        ++group.lent;
        worker = TakeFree(group, wanted.key);
    }
    Outcome outcome;
    if (worker == nullptr) {
        auto made = Make(wanted, deadline);
        if (made) {
            worker = *std::move(made);
        } else {
            outcome = NotCalled(End::kNoWorker, made.error().message);
        }
    }
    if (worker != nullptr) {
        GatewayWorker::Outcome got = worker->Call(wanted.key, wanted.config, call, deadline, desk);
        outcome = {EndOf(got.end), std::move(got.answer), ""};
        if (outcome.end == End::kDied) outcome.why = "its process ended in the middle of the call";
        if (outcome.end == End::kTooLate)
            outcome.why = wanted.isolation == Isolation::kNone
                              ? "it gave no answer in time and was given up"
                              : "it gave no answer in time and was ended";
    }
    GiveBack(wanted, std::move(worker), outcome);
    return outcome;
}

void GatewayPool::KeepOnly(std::set<std::string> keys) {
    std::vector<Worker> ended;  // outside of the lock
    const std::lock_guard lock(mutex_);
    kept_ = std::move(keys);
    keeps_all_ = false;
    for (auto& [name, group] : groups_) {
        const auto worn = std::partition(group.free.begin(), group.free.end(),
                                         [this](const Worker& worker) { return !IsWorn(*worker); });
        std::move(worn, group.free.end(), std::back_inserter(ended));
        group.free.erase(worn, group.free.end());
    }
}

std::string GatewayPool::OutOfOrder(const std::string& owner) {
    const std::lock_guard lock(mutex_);
    const auto found = owners_.find(owner);
    return found == owners_.end() ? "" : found->second.OutOfOrder(Clock::now());
}

std::size_t GatewayPool::workers() {
    const std::lock_guard lock(mutex_);
    std::size_t count = 0;
    for (const auto& [name, group] : groups_)
        count += group.free.size() + static_cast<std::size_t>(group.lent);
    return count;
}

}  // namespace livery::gateways
