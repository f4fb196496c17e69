#pragma once

#include <mutex>

#include <livery/ids.h>
#include <livery/time/clock.h>

namespace livery::adapters {

// The machine's clock.
class SystemClock final : public Clock {
 public:
    Instant Now() const override;
};

// UUIDv7 from a clock and the system's randomness; increasing within one process.
class SystemIdSource final : public IdSource {
 public:
    explicit SystemIdSource(const Clock& clock) : clock_(clock) {}
    Uuid Next() override;

 private:
    const Clock& clock_;
    std::mutex mutex_;  // guards last_
    Uuid last_;
};

}  // namespace livery::adapters
