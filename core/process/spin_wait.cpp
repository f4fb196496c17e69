#include "process/spin_wait.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include <poll.h>
#include <sched.h>

namespace livery::process {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::microseconds kLongest{100};
constexpr unsigned kMostDoublings = 10;

std::atomic<unsigned> spinning{0};

// A place among those that spin now.
class Place {
 public:
    Place() : taken_(spinning.fetch_add(1) < Most()) {}
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() { spinning.fetch_sub(1); }
    bool taken() const { return taken_; }

 private:
    static unsigned Most() {
        static const unsigned most = std::thread::hardware_concurrency() / 2;
        return most;
    }

    bool taken_;
};

}  // namespace

bool SpinWait::Look(int descriptor) {
    const auto until = Clock::now() + kLongest;
    do {
        pollfd waited{descriptor, POLLIN, 0};
        if (::poll(&waited, 1, 0) > 0) return true;
        // Who is waited for may stand behind us on this very processor.
        ::sched_yield();
    } while (Clock::now() < until);
    return false;
}

bool SpinWait::UntilReadable(int descriptor) {
    if (left_out_ > 0) {
        --left_out_;
        return false;
    }
    const Place place;
    if (!place.taken()) return false;
    const bool readable = Look(descriptor);
    in_vain_ = readable ? 0 : std::min(in_vain_ + 1, kMostDoublings);
    left_out_ = readable ? 0 : 1U << in_vain_;
    return readable;
}

}  // namespace livery::process
