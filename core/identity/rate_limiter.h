#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

namespace livery::identity {

// Token buckets by key (tenant, class, address), in memory of this host. A bucket that is full
// again says nothing and is forgotten. When there are `most` of them, the one that would be full
// the soonest goes first: who comes with ever new keys pushes out those, not the bucket of a key
// that has used its burst up. Thread: any.
class RateLimiter {
 public:
    using TimePoint = std::chrono::steady_clock::time_point;
    struct Rate {
        double burst;
        double per_second;  // more than 0
    };
    explicit RateLimiter(std::size_t most = 50'000) : most_(most) {}
    bool Admit(const std::string& key, Rate rate, TimePoint now);
    std::size_t size() const;

 private:
    struct Bucket {
        double tokens;
        TimePoint at;
        TimePoint full_at;
    };
    void ForgetFull(TimePoint now);
    void ForgetSoonestFull();

    const std::size_t most_;
    mutable std::mutex mutex_;  // guards all below
    std::unordered_map<std::string, Bucket> buckets_;
    std::set<std::pair<TimePoint, const std::string*>> by_full_at_;  // keys of buckets_
};

}  // namespace livery::identity
