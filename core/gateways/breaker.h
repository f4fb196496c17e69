#pragma once

#include <chrono>
#include <deque>
#include <string>

namespace livery::gateways {

// Keeps calls away from a gateway that breaks again and again: five faults within a minute put it
// out of order for half a minute; then one call is let through to try, and its end decides. Pure.
// Thread: one at a time.
class Breaker {
 public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::size_t kMostFaults = 5;
    static constexpr std::chrono::seconds kWithin{60};
    static constexpr std::chrono::seconds kRest{30};

    // Whether a call may go; one that may must end with Worked, Broke or, when it never was made,
    // Withdraw.
    bool Admit(Time now);
    void Worked();
    void Withdraw() { probing_ = false; }
    void Broke(Time now, const std::string& why);
    // Out of order at once: a fault that costs too much to be seen five times.
    void Trip(Time now, const std::string& why);
    // The fault that put it out of order; empty: it is in order, or may be tried.
    std::string OutOfOrder(Time now) const;

 private:
    std::deque<Time> faults_;
    Time closed_until_{};
    bool open_ = false;     // out of order until a call has worked
    bool probing_ = false;  // one call is trying
    std::string why_;
};

}  // namespace livery::gateways
