#include "adapters/system_clock.h"

#include <sodium.h>

namespace livery::adapters {

Instant SystemClock::Now() const {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

Uuid SystemIdSource::Next() {
    std::array<std::uint8_t, 10> random{};
    randombytes_buf(random.data(), random.size());
    const auto since = clock_.Now().time_since_epoch();
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
    const std::lock_guard lock(mutex_);
    Uuid made = MakeUuidV7(static_cast<std::uint64_t>(milliseconds), random);
    if (made.bytes[0] == last_.bytes[0] && made <= last_) {
        // Same millisecond (or the clock stepped back): count on from the last one.
        made = last_;
        for (std::size_t i = made.bytes.size(); i-- > 9 && ++made.bytes[i] == 0;) {
        }
    }
    return last_ = made;
}

}  // namespace livery::adapters
