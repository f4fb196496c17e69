#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace livery::dispatch {

// Rendered pages that may be shown again to the same session while nothing they show has changed.
// The key names everything a page depends on (see Dispatcher), so an entry is never wrong, only
// unused; the least recently used go when the room is full. Thread: any.
class PageCache {
 public:
    explicit PageCache(std::size_t max_bytes) : max_bytes_(max_bytes) {}
    std::shared_ptr<const std::string> Find(const std::string& key);
    void Keep(const std::string& key, std::shared_ptr<const std::string> page);
    std::size_t bytes() const;

 private:
    struct Entry {
        std::string key;
        std::shared_ptr<const std::string> page;
    };
    static std::size_t SizeOf(const Entry& entry) {
        return entry.key.size() + entry.page->size() + 128;
    }

    const std::size_t max_bytes_;
    mutable std::mutex mutex_;  // guards all below
    std::list<Entry> by_use_;   // most recent first
    std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
    std::size_t bytes_ = 0;
};

}  // namespace livery::dispatch
