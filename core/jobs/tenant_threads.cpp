#include "jobs/tenant_threads.h"

#include <algorithm>

#include "log/log.h"

namespace livery::jobs {

TenantThreads::TenantThreads(std::vector<TenantWork> works, int threads,
                             const tenancy::HouseKeeper& houses)
    : works_(std::move(works)), houses_(houses) {
    if (works_.empty()) return;
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Run(); });
}

TenantThreads::~TenantThreads() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

// Tenants come and go with reloads; those that stay keep their time.
void TenantThreads::FollowHouse() {
    auto house = houses_.Current();
    if (house == house_) return;
    house_ = std::move(house);
    std::map<Key, Slot> slots;
    for (const auto& [id, site] : house_->sites) {
        for (std::size_t work = 0; work < works_.size(); ++work) {
            const std::string& plugin = works_[work].plugin;
            if (!plugin.empty() && !site->tenant.Enables(plugin)) continue;
            const auto known = slots_.find({id, work});
            slots[{id, work}] = known == slots_.end() ? Slot{} : known->second;
        }
    }
    slots_ = std::move(slots);
}

std::map<TenantThreads::Key, TenantThreads::Slot>::iterator TenantThreads::Earliest() {
    auto earliest = slots_.end();
    for (auto slot = slots_.begin(); slot != slots_.end(); ++slot) {
        if (slot->second.running) continue;
        if (earliest == slots_.end() || slot->second.next < earliest->second.next) earliest = slot;
    }
    return earliest;
}

// A tenant that cannot be served stops no other.
void TenantThreads::RunOne(const Key& key, const tenancy::House& house) {
    const auto& [id, work] = key;
    try {
        works_[work].run(house.sites.at(id)->tenant);
    } catch (const std::exception& failure) {
        log::Write(log::Level::kError, "job.round_failed",
                   {{"tenant", id}, {"what", failure.what()}});
    }
}

void TenantThreads::Run() {
    // The longest that a reload goes unnoticed.
    constexpr std::chrono::seconds kLongest{5};
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        FollowHouse();
        const auto slot = Earliest();
        const auto now = Clock::now();
        if (slot == slots_.end() || slot->second.next > now) {
            const auto until =
                slot == slots_.end() ? now + kLongest : std::min(slot->second.next, now + kLongest);
            changed_.wait_until(lock, until);
            continue;
        }
        const Key key = slot->first;
        const auto house = house_;
        slot->second.running = true;
        lock.unlock();
        RunOne(key, *house);
        lock.lock();
        // It may be gone with its tenant meanwhile.
        if (const auto ended = slots_.find(key); ended != slots_.end())
            ended->second = {Clock::now() + works_[std::get<1>(key)].every, false};
    }
}

}  // namespace livery::jobs
