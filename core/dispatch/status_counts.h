#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace livery::dispatch {

// Answers counted by the first digit of their status. Thread: any.
class StatusCounts {
 public:
    static constexpr int kGroups = 5;
    void Add(int status) {
        const int group = status / 100;
        if (group >= 1 && group <= kGroups)
            counts_[static_cast<std::size_t>(group - 1)].fetch_add(1, std::memory_order_relaxed);
    }
    std::uint64_t Of(int group) const {
        return counts_.at(static_cast<std::size_t>(group - 1)).load(std::memory_order_relaxed);
    }

 private:
    std::array<std::atomic<std::uint64_t>, kGroups> counts_{};
};

}  // namespace livery::dispatch
