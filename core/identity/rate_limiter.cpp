#include "identity/rate_limiter.h"

#include <algorithm>

namespace livery::identity {

bool RateLimiter::Admit(const std::string& key, Rate rate, TimePoint now) {
    const std::lock_guard lock(mutex_);
    ForgetFull(now);
    const bool known = buckets_.contains(key);
    if (!known && buckets_.size() >= most_) ForgetSoonestFull();
    const auto at = buckets_.try_emplace(key, Bucket{rate.burst, now, now}).first;
    Bucket& bucket = at->second;
    if (known) by_full_at_.erase({bucket.full_at, &at->first});
    // A caller may have read the clock before another that came in first.
    const std::chrono::duration<double> passed = std::max(now, bucket.at) - bucket.at;
    bucket.tokens = std::min(rate.burst, bucket.tokens + passed.count() * rate.per_second);
    bucket.at = std::max(now, bucket.at);
    const bool admitted = bucket.tokens >= 1.0;
    if (admitted) bucket.tokens -= 1.0;
    const std::chrono::duration<double> until_full((rate.burst - bucket.tokens) / rate.per_second);
    bucket.full_at =
        bucket.at + std::chrono::duration_cast<std::chrono::steady_clock::duration>(until_full);
    by_full_at_.emplace(bucket.full_at, &at->first);
    return admitted;
}

std::size_t RateLimiter::size() const {
    const std::lock_guard lock(mutex_);
    return buckets_.size();
}

// A few at a time: each call adds one at the most, so they are soon gone, and nobody waits long.
void RateLimiter::ForgetFull(TimePoint now) {
    for (int i = 0; i < 4 && !by_full_at_.empty() && by_full_at_.begin()->first <= now; ++i) {
        ForgetSoonestFull();
    }
}

void RateLimiter::ForgetSoonestFull() {
    if (by_full_at_.empty()) return;
    const auto soonest = by_full_at_.begin();
    buckets_.erase(buckets_.find(*soonest->second));
    by_full_at_.erase(soonest);
}

}  // namespace livery::identity
