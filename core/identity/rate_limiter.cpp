#include "identity/rate_limiter.h"

#include <algorithm>

namespace livery::identity {

bool RateLimiter::Admit(const std::string& key, Rate rate,
                        std::chrono::steady_clock::time_point now) {
    constexpr std::size_t kMostBuckets = 50'000;
    const std::lock_guard lock(mutex_);
    if (buckets_.size() >= kMostBuckets) {
        std::erase_if(buckets_, [&](const auto& entry) {
            return now - entry.second.at > std::chrono::minutes(10);
        });
        if (buckets_.size() >= kMostBuckets) buckets_.clear();
    }
    auto [at, fresh] = buckets_.try_emplace(key, Bucket{rate.burst, now});
    Bucket& bucket = at->second;
    const std::chrono::duration<double> passed = now - bucket.at;
    bucket.tokens = std::min(rate.burst, bucket.tokens + passed.count() * rate.per_second);
    bucket.at = now;
    if (bucket.tokens < 1.0) return false;
    bucket.tokens -= 1.0;
    return true;
}

}  // namespace livery::identity
