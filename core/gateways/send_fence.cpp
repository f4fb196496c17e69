#include "gateways/send_fence.h"

#include <algorithm>

namespace livery::gateways {

SendFence::Request SendFence::Begin(Kind kind) {
    const std::lock_guard lock(mutex_);
    entries_.push_back({kind, true});
    return entries_.size() - 1;
}

void SendFence::NotSent(Request request) {
    const std::lock_guard lock(mutex_);
    entries_.at(request).sent = false;
}

SendFence::Verdict SendFence::Judge() const {
    const std::lock_guard lock(mutex_);
    const bool left = std::any_of(entries_.begin(), entries_.end(), [](const Entry& entry) {
        return entry.kind == Kind::kUnsafe && entry.sent;
    });
    return left ? Verdict::kUnknown : Verdict::kNothingSent;
}

std::size_t SendFence::requests() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

}  // namespace livery::gateways
