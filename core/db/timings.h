#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace livery::db {

// What the statements of one name have cost since the process began, the time on the wire and the
// reading of the result included.
struct StatementTiming {
    std::string name;
    std::uint64_t count = 0;   // errors included
    std::uint64_t errors = 0;  // each one was an exception for the caller
    std::chrono::microseconds total{0};
    std::chrono::microseconds longest{0};
};
using StatementTimings = std::vector<StatementTiming>;

// All statements that have been sent, by name. Thread: any; nobody waits for it.
StatementTimings Snapshot();

// Where statements of a name are added up; it lives as long as the process. Thread: any, without
// a lock: sums that are read meanwhile may be one statement apart.
class TimingSlot {
 public:
    void Add(std::chrono::microseconds spent, bool failed);
    void AddTo(StatementTiming& timing) const;

    // Takes a lock and may allocate: asked once per connection and statement.
    static TimingSlot& Of(std::string_view name);

 private:
    std::atomic<std::uint64_t> count_{0};
    std::atomic<std::uint64_t> errors_{0};
    std::atomic<std::uint64_t> total_{0};
    std::atomic<std::uint64_t> longest_{0};
};

// Times from its making to its end; an exception that passes by makes it an error.
class StatementWatch {
 public:
    StatementWatch();
    ~StatementWatch();
    StatementWatch(const StatementWatch&) = delete;
    StatementWatch& operator=(const StatementWatch&) = delete;
    void CountsFor(TimingSlot& slot) { slot_ = &slot; }

 private:
    std::chrono::steady_clock::time_point begun_;
    int exceptions_;
    TimingSlot* slot_ = nullptr;
};

}  // namespace livery::db
