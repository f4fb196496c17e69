#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace livery::identity {

// Token buckets by key (tenant, class, address), in memory of this host. Full buckets are
// forgotten, so the memory is bounded by who asked lately. Thread: any.
class RateLimiter {
 public:
    struct Rate {
        double burst;
        double per_second;
    };
    bool Admit(const std::string& key, Rate rate, std::chrono::steady_clock::time_point now);

 private:
    struct Bucket {
        double tokens;
        std::chrono::steady_clock::time_point at;
    };
    std::mutex mutex_;  // guards buckets_
    std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace livery::identity
