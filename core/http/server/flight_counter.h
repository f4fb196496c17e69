#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace livery::http {

// Counts requests from their last byte in to their last byte out. Thread: any.
class FlightCounter : public std::enable_shared_from_this<FlightCounter> {
 public:
    // Counts until the last copy of the token is gone.
    using Token = std::shared_ptr<void>;
    Token Begin();
    int count() const;
    // False when something is still in flight after `limit`.
    bool WaitForNone(std::chrono::milliseconds limit);

 private:
    void End();

    mutable std::mutex mutex_;  // guards count_
    std::condition_variable none_;
    int count_ = 0;
};

}  // namespace livery::http
