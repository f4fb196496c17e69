#include "http/server/flight_counter.h"

namespace livery::http {

FlightCounter::Token FlightCounter::Begin() {
    {
        const std::lock_guard lock(mutex_);
        ++count_;
    }
    auto self = shared_from_this();
    return Token(nullptr, [self](void*) { self->End(); });
}

int FlightCounter::count() const {
    const std::lock_guard lock(mutex_);
    return count_;
}

bool FlightCounter::WaitForNone(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    return none_.wait_for(lock, limit, [this] { return count_ == 0; });
}

void FlightCounter::End() {
    {
        const std::lock_guard lock(mutex_);
        --count_;
    }
    none_.notify_all();
}

}  // namespace livery::http
