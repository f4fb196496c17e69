#include "db/timings.h"

#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace livery::db {

namespace {

using std::chrono::microseconds;

struct Ledger {
    std::mutex mutex;  // guards the map; its slots never move
    std::map<std::string, std::unique_ptr<TimingSlot>, std::less<>> slots;
};

// Never destroyed: connections may end after any other static.
Ledger& TheLedger() {
    static auto& ledger = *new Ledger;
    return ledger;
}

std::uint64_t Read(const std::atomic<std::uint64_t>& number) {
    return number.load(std::memory_order_relaxed);
}

}  // namespace

TimingSlot& TimingSlot::Of(std::string_view name) {
    Ledger& ledger = TheLedger();
    const std::lock_guard lock(ledger.mutex);
    auto found = ledger.slots.find(name);
    if (found == ledger.slots.end())
        found = ledger.slots.emplace(std::string(name), std::make_unique<TimingSlot>()).first;
    return *found->second;
}

void TimingSlot::Add(microseconds spent, bool failed) {
    const auto us = static_cast<std::uint64_t>(spent.count());
    count_.fetch_add(1, std::memory_order_relaxed);
    total_.fetch_add(us, std::memory_order_relaxed);
    if (failed) errors_.fetch_add(1, std::memory_order_relaxed);
    std::uint64_t longest = Read(longest_);
    while (us > longest &&
           !longest_.compare_exchange_weak(longest, us, std::memory_order_relaxed)) {
    }
}

void TimingSlot::AddTo(StatementTiming& timing) const {
    timing.count += Read(count_);
    timing.errors += Read(errors_);
    timing.total += microseconds(Read(total_));
    timing.longest = std::max(timing.longest, microseconds(Read(longest_)));
}

StatementTimings Snapshot() {
    StatementTimings timings;
    Ledger& ledger = TheLedger();
    const std::lock_guard lock(ledger.mutex);
    timings.reserve(ledger.slots.size());
    for (const auto& [name, slot] : ledger.slots) {
        timings.push_back({name});
        slot->AddTo(timings.back());
    }
    return timings;
}

StatementWatch::StatementWatch()
    : begun_(std::chrono::steady_clock::now()), exceptions_(std::uncaught_exceptions()) {}

StatementWatch::~StatementWatch() {
    if (slot_ == nullptr) return;
    const auto spent = std::chrono::steady_clock::now() - begun_;
    slot_->Add(std::chrono::duration_cast<microseconds>(spent),
               std::uncaught_exceptions() > exceptions_);
}

}  // namespace livery::db
