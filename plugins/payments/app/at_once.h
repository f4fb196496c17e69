#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace livery::payments {

// Does `work` for each item, up to `width` of them at a time, in threads that end before this
// returns; one by one in the caller's where that is all there is to do. Providers take their time
// over each call, and a day's work of many accounts would wait for all of them in turn. An
// exception ends it: no other item is begun, and the first one is thrown when all threads are done.
template <typename Item, typename Work>
void AtOnce(const std::vector<Item>& items, std::size_t width, const Work& work) {
    std::atomic<std::size_t> next{0};
    std::mutex failing;  // guards failure
    std::exception_ptr failure;
    const auto worker = [&] {
        for (std::size_t i = next++; i < items.size(); i = next++) {
            try {
                work(items[i]);
            } catch (...) {
                const std::lock_guard lock(failing);
                if (!failure) failure = std::current_exception();
                next = items.size();
            }
        }
    };
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < width && i < items.size(); ++i) others.emplace_back(worker);
    worker();
    for (std::thread& other : others) other.join();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace livery::payments
