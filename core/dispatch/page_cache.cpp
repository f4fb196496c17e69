#include "dispatch/page_cache.h"

namespace livery::dispatch {

std::shared_ptr<const std::string> PageCache::Find(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    by_use_.splice(by_use_.begin(), by_use_, found->second);
    return found->second->page;
}

void PageCache::Keep(const std::string& key, std::shared_ptr<const std::string> page) {
    const std::lock_guard lock(mutex_);
    if (by_key_.contains(key)) return;
    by_use_.push_front({key, std::move(page)});
    bytes_ += SizeOf(by_use_.front());
    by_key_.emplace(key, by_use_.begin());
    while (bytes_ > max_bytes_ && !by_use_.empty()) {
        bytes_ -= SizeOf(by_use_.back());
        by_key_.erase(by_use_.back().key);
        by_use_.pop_back();
    }
}

std::size_t PageCache::bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
}

}  // namespace livery::dispatch
