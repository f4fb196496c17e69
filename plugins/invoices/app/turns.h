#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>

namespace livery::invoices {

// Pieces of work that are prepared side by side and finished one after the other: each has a
// number, counted from 0, and its turn when all before it are done. Thread: any.
class Turns {
 public:
    // Throws what GiveUp was told.
    void Await(std::size_t number);
    // False: its turn did not come within `patience`.
    bool Await(std::size_t number, std::chrono::milliseconds patience);
    void Done();  // by the one whose turn it is
    // Some work died and will never be done: nobody waits for its turn any more.
    void GiveUp(std::exception_ptr reason);

 private:
    bool Comes(std::size_t number) const { return reason_ || done_ == number; }

    std::mutex mutex_;  // guards all below
    std::condition_variable changed_;
    std::size_t done_ = 0;
    std::exception_ptr reason_;
};

}  // namespace livery::invoices
