#include "gateways/breaker.h"

namespace livery::gateways {

bool Breaker::Admit(Time now) {
    if (!open_) return true;
    if (now < closed_until_ || probing_) return false;
    probing_ = true;
    return true;
}

void Breaker::Worked() {
    // One that was under way when it broke says nothing of what is now, unless it is the trial.
    if (open_ && !probing_) return;
    open_ = probing_ = false;
    faults_.clear();
}

void Breaker::Broke(Time now, const std::string& why) {
    why_ = why;
    faults_.push_back(now);
    while (!faults_.empty() && now - faults_.front() > kWithin) faults_.pop_front();
    if (probing_ || faults_.size() >= kMostFaults) Trip(now, why);
}

void Breaker::Trip(Time now, const std::string& why) {
    why_ = why;
    open_ = true;
    probing_ = false;
    closed_until_ = now + kRest;
}

std::string Breaker::OutOfOrder(Time now) const { return open_ && now < closed_until_ ? why_ : ""; }

}  // namespace livery::gateways
