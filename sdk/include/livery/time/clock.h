#pragma once

#include <livery/time/instant.h>

namespace livery {

// The machine's time: sessions, locks, leases. What time it is for a tenant, which may have a test
// clock, says the port TenantTime. Injected everywhere. Thread: any.
class Clock {
 public:
    virtual ~Clock();
    virtual Instant Now() const = 0;
};

// A clock that stands where it is put: tests and the demo generator.
class FixedClock final : public Clock {
 public:
    explicit FixedClock(Instant now) : now_(now) {}
    Instant Now() const override { return now_; }
    void Set(Instant now) { now_ = now; }

 private:
    Instant now_;
};

}  // namespace livery
